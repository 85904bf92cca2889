import { type MediaType, mediaTypes } from "@vero/contracts";
import filenamify from "filenamify";

/** Longer than anybody reads, and short enough for every file system in UTF-8. */
const maxNameLength = 60;

/**
 * Makes the name of a file from the one given: without path, invisible characters, marks of direction and characters
 * that file systems reserve. It ends with an extension of the file's type, so that no system runs a file saved as text.
 */
export function fileNameOf(given: string, type: MediaType): string {
  const last = given.slice(Math.max(given.lastIndexOf("/"), given.lastIndexOf("\\")) + 1);
  // Dots at the beginning would hide it.
  const visible = last.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, "").replace(/^[.\s]+/, "");
  const name = filenamify(visible, { replacement: "_", maxLength: maxNameLength });
  const endings: readonly string[] = mediaTypes[type];
  const ending = /\.([^.]+)$/.exec(name)?.[1]?.toLowerCase();
  return ending !== undefined && endings.includes(ending) ? name : `${name}.${endings[0]}`;
}
