const format = new Intl.ListFormat("en");

/** Joins names as a sentence does: "Ada, Grace, and Linus". */
export const listText = (names: readonly string[]): string => format.format(names);
