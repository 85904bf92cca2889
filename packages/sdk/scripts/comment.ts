/** Makes one line of the text of a document a doc comment; the text may hold what would end it. */
export const commentOf = (text: string | undefined, indent = ""): string =>
  text === undefined ? "" : `${indent}/** ${text.replaceAll("*/", "*\\/")} */\n`;
