import { randomInt } from "node:crypto";

const maxSlugLength = 40;
/** The alphabet of suffixes: RFC 4648 base32 in lower case, without digits that look like letters. */
const alphabet = "abcdefghijklmnopqrstuvwxyz234567";

const trimmed = (slug: string, length: number): string => slug.slice(0, length).replace(/-+$/, "");

export function slugOf(name: string): string {
  const ascii = name.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const words = ascii.replace(/[^a-z0-9]+/g, "-").replace(/^-+/, "");
  return trimmed(words, maxSlugLength) || "workspace";
}

/** Yields the plain slug first, then ones with ever longer random suffixes, of which one is soon free. */
export function* slugCandidates(name: string): Generator<string> {
  const slug = slugOf(name);
  yield slug;
  for (let length = 4; length <= 16; length += 2) {
    const suffix = Array.from({ length }, () => alphabet[randomInt(alphabet.length)]).join("");
    yield `${trimmed(slug, maxSlugLength - length - 1)}-${suffix}`;
  }
}
