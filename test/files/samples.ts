import { type MediaType, mediaTypes } from "@vero/contracts";
import { officeOf, zipOf } from "./archives.js";
import { type Format, picture } from "./pictures.js";

const box = (brand: string): Buffer =>
  Buffer.from(`\x00\x00\x00\x18ftyp${brand}\x00\x00\x02\x00${brand}mp41`, "latin1");
const matroska = Buffer.from([0x1a, 0x45, 0xdf, 0xa3, 0x87, 0x42, 0x82, 0x84, ...Buffer.from("webm")]);
const compound = Buffer.concat([Buffer.from("d0cf11e0a1b11ae1", "hex"), Buffer.alloc(1_528)]);

/** The least that is of each type. */
const makers: Record<MediaType, () => Buffer | Promise<Buffer>> = {
  ...(Object.fromEntries(
    (["jpeg", "png", "gif", "webp", "avif"] as const).map((format: Format) => [
      `image/${format}`,
      () => picture(format),
    ]),
  ) as Record<`image/${Format}`, () => Promise<Buffer>>),
  "video/mp4": () => box("isom"),
  "video/webm": () => matroska,
  "video/quicktime": () => box("qt  "),
  "audio/mpeg": () => Buffer.concat([Buffer.from([0xff, 0xfb, 0x90, 0x64]), Buffer.alloc(413)]),
  "audio/mp4": () => box("M4A "),
  "audio/ogg": () => Buffer.from(`OggS\x00\x02${"\x00".repeat(22)}OpusHead\x01\x01${"\x00".repeat(20)}`, "latin1"),
  "audio/wav": () => Buffer.from("RIFF\x24\x00\x00\x00WAVEfmt \x10\x00\x00\x00\x01\x00\x01\x00", "latin1"),
  "audio/webm": () => matroska,
  "application/pdf": () => Buffer.from("%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"),
  "application/zip": () => zipOf({ "a.txt": "a" }),
  "text/plain": () => Buffer.from("Grüße, and 1 < 2.\n\tEnd\r\n"),
  "text/csv": () => Buffer.from("name,amount\nAda,3\n"),
  "application/msword": () => compound,
  "application/vnd.ms-excel": () => compound,
  "application/vnd.ms-powerpoint": () => compound,
  "application/vnd.openxmlformats-officedocument.wordprocessingml.document": () => officeOf("docx"),
  "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": () => officeOf("xlsx"),
  "application/vnd.openxmlformats-officedocument.presentationml.presentation": () => officeOf("pptx"),
};

export const sampleOf = async (type: MediaType): Promise<Buffer> => makers[type]();
export const allTypes = Object.keys(mediaTypes) as MediaType[];
