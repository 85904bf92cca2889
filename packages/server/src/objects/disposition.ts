import contentDisposition from "content-disposition";
import type { DownloadTerms } from "./store.js";

/**
 * RFC 6266, in ASCII: not every store lets more than that through. A name of half a surrogate pair has no encoding, and
 * gets U+FFFD in its place.
 */
export function dispositionOf({ file_name, disposition }: Pick<DownloadTerms, "file_name" | "disposition">): string {
  const name = file_name.toWellFormed();
  return contentDisposition(name, { type: disposition, fallback: name.replace(/[^\x20-\x7e]/g, "?") });
}
