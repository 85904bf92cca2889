import contentDisposition from "content-disposition";
import type { DownloadTerms } from "./store.js";

/**
 * Builds Content-Disposition (RFC 6266) in ASCII, because not every store lets other characters through. Half of a
 * surrogate pair, which has no encoding, becomes U+FFFD.
 */
export function dispositionOf({ file_name, disposition }: Pick<DownloadTerms, "file_name" | "disposition">): string {
  const name = file_name.toWellFormed();
  return contentDisposition(name, { type: disposition, fallback: name.replace(/[^\x20-\x7e]/g, "?") });
}
