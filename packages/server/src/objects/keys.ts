const pattern = /^[a-z0-9-]+(\/[a-z0-9-]+)*$/;
/** A key is also the name of a file, which file systems end at 255 bytes. */
const maxLength = 200;

/** Names of letters, digits and hyphens, between slashes: no `..`, no NUL, nothing that a path or a URL would change. */
export function checkKey(key: string): string {
  if (key.length > maxLength || !pattern.test(key)) throw new Error("Not a key of the object store.");
  return key;
}
