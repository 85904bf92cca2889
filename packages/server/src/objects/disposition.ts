import contentDisposition from "content-disposition";
import type { DownloadTerms } from "./store.js";

/** RFC 6266; a name of half a surrogate pair has no encoding, and gets U+FFFD in its place. */
export const dispositionOf = ({ file_name, disposition }: Pick<DownloadTerms, "file_name" | "disposition">): string =>
  contentDisposition(file_name.toWellFormed(), { type: disposition });
