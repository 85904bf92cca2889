import { createHash } from "node:crypto";
import type { Readable } from "node:stream";
import { setImmediate } from "node:timers/promises";
import { AppError } from "@vero/contracts";
import { fileTypeFromTokenizer } from "file-type";
import { fromStream, type ITokenizer } from "strtok3";

const asOffice = ["application/x-cfb"];

/** Types that detection names otherwise, because a container does not say what it contains. */
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

/** An archive may consist of millions of small parts; no document that is found by the names of its parts does. */
const maxReads = 20_000;
/** After so many, others have their turn: what is there already is read without any pause. */
const readsInARow = 200;

class TooManyParts extends Error {
  override readonly name = "TooManyParts";
}

/** The tokenizer, which gives up after so many reads. */
function bounded(tokenizer: ITokenizer): ITokenizer {
  let count = 0;
  return new Proxy(tokenizer, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name);
      if (name !== "readBuffer" && name !== "peekBuffer") return value;
      return async (...args: Parameters<ITokenizer["readBuffer"]>) => {
        count += 1;
        if (count > maxReads) throw new TooManyParts();
        if (count % readsInARow === 0) await setImmediate();
        return target[name](...args);
      };
    },
  });
}

const archive = "application/zip";
const archiveMagic = [0x50, 0x4b, 0x03, 0x04] as const;

/** By the bytes at its beginning or, for what is made of several files, by their names. */
export async function checkMagic(given: Readable, size: number, type: string): Promise<void> {
  const tokenizer = bounded(await fromStream(given, { fileInfo: { size } }));
  try {
    const start = new Uint8Array(archiveMagic.length);
    await tokenizer.peekBuffer(start, { mayBeLess: true });
    const isArchive = archiveMagic.every((byte, index) => start[index] === byte);
    const found = await fileTypeFromTokenizer(tokenizer).catch((cause: unknown) => {
      // The bytes are unreadable, unless the read itself has failed.
      if (given.errored !== null) throw cause;
      return cause instanceof TooManyParts && isArchive ? { mime: archive } : undefined;
    });
    const mime = found?.mime.split(";", 1)[0] ?? "";
    if (!(foundAs[type] ?? [type]).includes(mime)) throw mismatch();
  } finally {
    await tokenizer.close();
    given.destroy();
  }
}

/** Matches text that browsers take for a page or an image with scripts (WHATWG MIME Sniffing, section 7.1). */
const markup =
  /^\s*<(?:!doctype|\?xml|!--|(?:html|head|body|script|iframe|svg|style|title|table|div|font|img|br|a|b|p|h1)[\s/>])/i;

const isControl = (byte: number): boolean => byte < 0x20 && !(byte >= 0x07 && byte <= 0x0d) && byte !== 0x1b;

/** A plain loop: a function called for each of 100 million bytes takes a second of everybody's time. */
function hasControl(bytes: Buffer): boolean {
  for (let at = 0; at < bytes.length; at += 1) if (isControl(bytes[at] ?? 0)) return true;
  return false;
}

/**
 * Tells whether bytes are text, which has no magic bytes: they have no controls, in any encoding that keeps ASCII, and
 * are no page.
 */
export async function checkText(stream: Readable): Promise<void> {
  let isFirst = true;
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    if (isFirst) {
      const start = chunk.toString("utf8", 0, 1_024).replace(/^\ufeff/, "");
      if (markup.test(start)) throw mismatch();
    }
    isFirst = false;
    if (hasControl(chunk)) throw mismatch();
  }
}

export async function checkHash(stream: Readable, sha256: string): Promise<void> {
  const hash = createHash("sha256");
  for await (const chunk of stream) hash.update(chunk as Buffer);
  if (hash.digest("hex") !== sha256) throw new AppError("checksum_mismatch");
}
