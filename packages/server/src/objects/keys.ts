const pattern = /^[a-z0-9-]+(\/[a-z0-9-]+)*$/;
/** Bounds keys, which are also names of files: file systems allow these 255 bytes. */
const maxLength = 200;

/**
 * Returns the key, or throws where it is malformed. A key has lower-case letters, digits and hyphens between slashes:
 * no `..`, no NUL, and nothing that a path or a URL would change.
 */
export function checkKey(key: string): string {
  if (key.length > maxLength || !pattern.test(key)) throw new Error("Not a key of the object store.");
  return key;
}
