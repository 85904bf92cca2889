import { type MediaType, mediaTypes } from "@vero/contracts";
import filenamify from "filenamify";

/** Longer than anybody reads, and short enough for every file system in UTF-8. */
const maxNameLength = 60;

/**
 * What a file may be called: no path, nothing that cannot be seen or turns the reading direction, nothing that a file
 * system reserves; and it ends like what it is, so that nobody saves a text that their system would run.
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
