import type { ErrorCode } from "@vero/contracts";
import type { File } from "../harness/files.js";
import { manyParts, officeOf, zipOf } from "./archives.js";
import { animation, boasting, flood, picture, plain } from "./pictures.js";

/**
 * A hostile file and its expected outcome: refused at the request or the confirmation, or served so that it does no
 * harm.
 */
export interface Hostile {
  name: string;
  file: () => File | Promise<File>;
  outcome: Extract<ErrorCode, `media_${string}` | "validation_failed"> | Refusal | Harmless;
}
type Refusal = "content_type_mismatch" | "image_too_large";
/** Under that name. Images without what was hidden in them; all else to be saved only. */
export interface Harmless {
  as: string;
}

export const script = "<script>alert('canary script')</script>";
const page = `<!DOCTYPE html><html><body>${script}</body></html>`;
const svg = `<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)">${script}</svg>`;
const word = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
const excel = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
const powerpoint = "application/vnd.openxmlformats-officedocument.presentationml.presentation";

const elf = Buffer.concat([Buffer.from("\x7fELF\x02\x01\x01", "latin1"), Buffer.alloc(200)]);
const exe = Buffer.concat([Buffer.from("MZ\x90\x00", "latin1"), Buffer.alloc(200), Buffer.from("This program")]);
const pdf = "%PDF-1.7\n1 0 obj\n<</OpenAction<</S/JavaScript/JS(app.alert(1))>>>>\nendobj\ntrailer\n<<>>\n%%EOF\n";

const mismatch = "content_type_mismatch";
const as = (name: string): Harmless => ({ as: name });
const of = (content_type: string, bytes: File["bytes"], file_name = "file"): File => ({
  content_type,
  bytes,
  file_name,
});

const wrongMagic: [type: string, what: string, bytes: string | Buffer][] = [
  ["image/png", "a page", page],
  ["image/jpeg", "a page", page],
  ["image/gif", "a page", page],
  ["image/webp", "an SVG", svg],
  ["image/avif", "an SVG", svg],
  ["image/png", "an SVG", svg],
  ["image/png", "a Windows program", exe],
  ["video/mp4", "a page", page],
  ["video/webm", "a Linux program", elf],
  ["audio/mpeg", "a page", page],
  ["audio/ogg", "a shell script", "#!/bin/sh\nrm -rf ~\n"],
  ["application/pdf", "a page", page],
  ["application/pdf", "a page that mentions PDF", `${page}%PDF-1.7`],
  ["application/zip", "a Windows program", exe],
  ["application/zip", "a Linux program", elf],
  ["application/msword", "a page", page],
  ["application/vnd.ms-excel", "a Windows program", exe],
  [word, "a page", page],
  [word, "an archive of something else", zipOf({ "run.exe": exe })],
  [word, "a spreadsheet", officeOf("xlsx")],
  [word, "a document with macros", officeOf("docm", { "word/vbaProject.bin": "macros" })],
  [excel, "a spreadsheet with macros", officeOf("xlsm", { "xl/vbaProject.bin": "macros" })],
  [powerpoint, "a presentation with macros", officeOf("pptm", { "ppt/vbaProject.bin": "macros" })],
  ["text/plain", "a page", page],
  ["text/plain", "a page after spaces and a byte order mark", `\ufeff\n\t ${page}`],
  ["text/plain", "a script element", script],
  ["text/plain", "an SVG", svg],
  ["text/plain", "XML that may be an SVG", `<?xml version="1.0"?>${svg}`],
  ["text/plain", "a page after a comment", `<!-- -->${page}`],
  ["text/plain", "a Linux program", elf],
  ["text/plain", "a Windows program", exe],
  ["text/plain", "text with NUL at its end", `${"a".repeat(100_000)}\0`],
  ["text/csv", "a page", page],
  ["text/csv", "an archive", zipOf({ "a.csv": "a" })],
];

const notAllowed = [
  "text/html",
  "image/svg+xml",
  "application/xhtml+xml",
  "text/xml",
  "text/javascript",
  "application/x-msdownload",
  "application/vnd.android.package-archive",
  "application/java-archive",
  "application/x-sh",
  "image/x-icon",
  "application/vnd.ms-word.document.macroEnabled.12",
  "multipart/form-data",
  "constructor",
];

const named: [what: string, given: string, shown: string][] = [
  ["a path", "../../../etc/passwd", "passwd.txt"],
  ["a Windows path", "..\\..\\Windows\\win.ini", "win.ini.txt"],
  ["only dots", "..", "_.txt"],
  ["only a separator", "/", "_.txt"],
  ["a program behind a reversed direction", "invoice\u202etxt.exe", "invoicetxt.exe.txt"],
  ["isolates and marks", "\u2066a\u2069\u200fb\u200e.txt", "ab.txt"],
  ["line breaks, as in a header", "a\r\nSet-Cookie: b=c.txt", "aSet-Cookie_ b=c.txt"],
  ["quotes, as in a header", 'a"; filename="b.exe', "a_; filename=_b.exe.txt"],
  ["a script", "run.bat", "run.bat.txt"],
  ["a page", "index.html", "index.html.txt"],
  ["a hidden file", ".bashrc", "bashrc.txt"],
  ["a device", "CON", "CON_.txt"],
  ["markup", `${script}.txt`, "script_.txt"],
];

const pictures: [what: string, type: string, make: () => Promise<Buffer>, outcome: Hostile["outcome"]][] = [
  ["a GIF that is a script too", "image/gif", async () => Buffer.from(`GIF89a=1;${script}`), mismatch],
  [
    "a JPEG that is an archive too",
    "image/jpeg",
    async () => both(await picture("jpeg"), zipOf({ "a.js": script })),
    as("file.jpg"),
  ],
  ["a JPEG that is a page too", "image/jpeg", async () => both(await picture("jpeg"), page), as("file.jpg")],
  ["a PNG that is a page too", "image/png", async () => both(await picture("png"), page), as("file.png")],
  ["a GIF that is a page too", "image/gif", async () => both(await picture("gif"), page), as("file.gif")],
  ["an animation that is a page too", "image/gif", async () => both(await animation("gif"), page), as("file.gif")],
  ["a WebP with a script in its metadata", "image/webp", () => tagged("webp"), as("file.webp")],
  ["a JPEG with a script in its metadata", "image/jpeg", () => tagged("jpeg"), as("file.jpg")],
  ["a PNG with a script in its metadata", "image/png", () => tagged("png"), as("file.png")],
  ["a PNG that says JPEG", "image/jpeg", () => picture("png"), mismatch],
  ["a GIF that says WebP", "image/webp", () => picture("gif"), mismatch],
  ["a JPEG cut in the middle", "image/jpeg", () => half("jpeg"), mismatch],
  ["a PNG cut in the middle", "image/png", () => half("png"), mismatch],
  ["a GIF cut in the middle", "image/gif", () => half("gif"), mismatch],
  ["a WebP cut in the middle", "image/webp", () => half("webp"), mismatch],
  [
    "the signature of a PNG and nothing else",
    "image/png",
    async () => (await picture("png")).subarray(0, 16),
    mismatch,
  ],
  ["a PNG of 3.6 billion pixels", "image/png", () => boasting("png"), "image_too_large"],
  ["a JPEG of 4.2 billion pixels", "image/jpeg", () => boasting("jpeg"), "image_too_large"],
  ["a GIF of 4.2 billion pixels", "image/gif", () => boasting("gif"), "image_too_large"],
  ["a WebP of 268 million pixels", "image/webp", () => boasting("webp"), "image_too_large"],
  ["a GIF of 700,000 frames", "image/gif", () => flood("gif", 700_000), "image_too_large"],
  ["a GIF of 501 frames", "image/gif", () => flood("gif", 501), "image_too_large"],
  ["a WebP of 100,000 frames", "image/webp", () => flood("webp", 100_000), "image_too_large"],
  ["a WebP of 501 frames", "image/webp", () => flood("webp", 501), "image_too_large"],
  ["a PNG with really so many pixels", "image/png", () => plain(7_100, 7_100).png().toBuffer(), "image_too_large"],
];

const both = (image: Buffer, other: string | Buffer): Buffer => Buffer.concat([image, Buffer.from(other)]);
const tagged = (format: "webp" | "jpeg" | "png"): Promise<Buffer> =>
  plain(20, 20)
    .withExif({ IFD0: { ImageDescription: script } })
    .toFormat(format)
    .toBuffer();
async function half(format: "jpeg" | "png" | "gif" | "webp"): Promise<Buffer> {
  const noise = { type: "gaussian" as const, mean: 128, sigma: 40 };
  const bytes = await plain(96, 96)
    .composite([{ input: await noisy(noise), blend: "over" }])
    .toFormat(format)
    .toBuffer();
  return bytes.subarray(0, bytes.length / 2);
}
async function noisy(noise: { type: "gaussian"; mean: number; sigma: number }): Promise<Buffer> {
  const { default: sharp } = await import("sharp");
  return sharp({ create: { width: 96, height: 96, channels: 3, background: "black", noise } })
    .png()
    .toBuffer();
}

export const hostile: Hostile[] = [
  ...wrongMagic.map(
    ([type, what, bytes]): Hostile => ({
      name: `${what}, said to be ${type}`,
      file: () => of(type, bytes),
      outcome: mismatch,
    }),
  ),
  ...notAllowed.map(
    (type): Hostile => ({ name: `of type ${type}`, file: () => of(type, page), outcome: "media_type_not_allowed" }),
  ),
  ...named.map(
    ([what, given, shown]): Hostile => ({
      name: `named like ${what}`,
      file: () => of("text/plain", "harmless", given),
      outcome: as(shown),
    }),
  ),
  ...pictures.map(
    ([name, type, make, outcome]): Hostile => ({ name, file: async () => of(type, await make()), outcome }),
  ),
  { name: "named with NUL", file: () => of("text/plain", "a", "a.txt\0.exe"), outcome: "validation_failed" },
  {
    name: "named with half a character",
    file: () => of("text/plain", "a", "\ud800.txt"),
    outcome: "validation_failed",
  },
  { name: "without a name", file: () => of("text/plain", "a", ""), outcome: "validation_failed" },
  {
    name: "with a name of 256 characters",
    file: () => of("text/plain", "a", "a".repeat(256)),
    outcome: "validation_failed",
  },
  { name: "empty", file: () => of("text/plain", ""), outcome: "validation_failed" },
  { name: "a PDF with a script", file: () => of("application/pdf", pdf), outcome: as("file.pdf") },
  { name: "a PDF that is a page too", file: () => of("application/pdf", `${pdf}${page}`), outcome: as("file.pdf") },
  {
    name: "an archive with a path out of it",
    file: () => of("application/zip", zipOf({ "../../x": "x" })),
    outcome: as("file.zip"),
  },
  {
    name: "an archive of programs",
    file: () => of("application/zip", zipOf({ "run.exe": exe })),
    outcome: as("file.zip"),
  },
  {
    name: "an archive of 100,000 files",
    file: () => of("application/zip", manyParts(100_000)),
    outcome: as("file.zip"),
  },
  {
    name: "an archive of 100,000 files, said to be a document",
    file: () => of(word, manyParts(100_000)),
    outcome: mismatch,
  },
  { name: "formulas in a table", file: () => of("text/csv", "=cmd|'/c calc'!A1,2\n"), outcome: as("file.csv") },
  { name: "a page in the middle of a text", file: () => of("text/plain", `See:\n${page}`), outcome: as("file.txt") },
];
