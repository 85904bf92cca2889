import { createHash } from "node:crypto";
import type { Readable } from "node:stream";
import { AppError } from "@vero/contracts";
import { fileTypeFromTokenizer } from "file-type";
import { fromStream } from "strtok3";

const asOffice = ["application/x-cfb"];

/** What the bytes may be found to be, where that is called otherwise; a container does not say what is in it. */
const foundAs: Record<string, readonly string[]> = {
  "image/png": ["image/png", "image/apng"],
  "video/mp4": ["video/mp4", "video/x-m4v"],
  "audio/mp4": ["audio/mp4", "audio/x-m4a", "video/mp4"],
  "audio/ogg": ["audio/ogg", "application/ogg"],
  "audio/webm": ["audio/webm", "video/webm"],
  "application/msword": asOffice,
  "application/vnd.ms-excel": asOffice,
  "application/vnd.ms-powerpoint": asOffice,
};

const mismatch = (): AppError => new AppError("content_type_mismatch");

export const isText = (type: string): boolean => type.startsWith("text/");

/** By the bytes at its beginning or, for what is made of several files, by their names. */
export async function checkMagic(given: Readable, size: number, type: string): Promise<void> {
  const tokenizer = await fromStream(given, { fileInfo: { size } });
  try {
    const found = await fileTypeFromTokenizer(tokenizer).catch((cause: unknown) => {
      // Nobody can make sense of the bytes, unless they did not come at all.
      if (given.errored !== null) throw cause;
      return undefined;
    });
    const mime = found?.mime.split(";", 1)[0] ?? "";
    if (!(foundAs[type] ?? [type]).includes(mime)) throw mismatch();
  } finally {
    await tokenizer.close();
    given.destroy();
  }
}

/** What browsers would take for a page or an image that can hold scripts (after WHATWG MIME Sniffing, section 7.1). */
const markup =
  /^\s*<(?:!doctype|\?xml|!--|(?:html|head|body|script|iframe|svg|style|title|table|div|font|img|br|a|b|p|h1)[\s/>])/i;

const isControl = (byte: number): boolean => byte < 0x20 && !(byte >= 0x07 && byte <= 0x0d) && byte !== 0x1b;

/** Text has no magic bytes: it is what has no controls, in whatever encoding that keeps ASCII, and is no page. */
export async function checkText(stream: Readable): Promise<void> {
  let isFirst = true;
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    if (isFirst) {
      const start = chunk.toString("utf8", 0, 1_024).replace(/^\ufeff/, "");
      if (markup.test(start)) throw mismatch();
    }
    isFirst = false;
    if (chunk.some(isControl)) throw mismatch();
  }
}

export async function checkHash(stream: Readable, sha256: string): Promise<void> {
  const hash = createHash("sha256");
  for await (const chunk of stream) hash.update(chunk as Buffer);
  if (hash.digest("hex") !== sha256) throw new AppError("checksum_mismatch");
}
