import { AppError } from "@vero/contracts";
import sjson from "secure-json-parse";

/** The 32 levels that metadata may have, and those around them: the input, a batch or a frame. */
const maxDepth = 36;
const utf8 = new TextDecoder("utf-8", { fatal: true });

/** Brackets outside of strings; cheaper than a parser, and before it: a deep value must not reach recursive code. */
function depthOf(text: string): number {
  let depth = 0;
  let deepest = 0;
  let inString = false;
  for (let at = 0; at < text.length; at += 1) {
    const char = text.charCodeAt(at);
    if (inString) {
      if (char === 0x5c) at += 1;
      else if (char === 0x22) inString = false;
    } else if (char === 0x22) inString = true;
    else if (char === 0x7b || char === 0x5b) deepest = Math.max(deepest, ++depth);
    else if (char === 0x7d || char === 0x5d) depth -= 1;
  }
  return deepest;
}

/** JSON as RFC 8259 wants it between systems: UTF-8, no byte order mark, and nothing that reaches for a prototype. */
export function parseJson(bytes: Buffer): unknown {
  try {
    const text = utf8.decode(bytes);
    if (depthOf(text) > maxDepth) throw new Error(`nested deeper than ${maxDepth}`);
    return sjson.parse(text, undefined, { protoAction: "error", constructorAction: "error" });
  } catch (cause) {
    throw new AppError("malformed_json", { cause });
  }
}
