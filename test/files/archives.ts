import { crc32 } from "node:zlib";

/** An archive whose entries are stored as they are. */
export function zipOf(entries: Record<string, string | Uint8Array>): Buffer {
  const locals: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const [path, content] of Object.entries(entries)) {
    const name = Buffer.from(path);
    const data = Buffer.from(content as Uint8Array);
    const facts = Buffer.alloc(26);
    facts.writeUInt16LE(20, 0);
    facts.writeUInt32LE(crc32(data), 10);
    facts.writeUInt32LE(data.length, 14);
    facts.writeUInt32LE(data.length, 18);
    facts.writeUInt16LE(name.length, 22);
    const local = Buffer.concat([Buffer.from("PK\x03\x04"), facts, name, data]);
    const localHeader = Buffer.alloc(14);
    localHeader.writeUInt32LE(offset, 10);
    directory.push(Buffer.concat([Buffer.from("PK\x01\x02\x14\x00"), facts, localHeader, name]));
    locals.push(local);
    offset += local.length;
  }
  const index = Buffer.concat(directory);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(directory.length, 4);
  end.writeUInt16LE(directory.length, 6);
  end.writeUInt32LE(index.length, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...locals, index, Buffer.from("PK\x05\x06"), end]);
}

const main = {
  docx: ["word/document.xml", "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"],
  xlsx: ["xl/workbook.xml", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"],
  pptx: ["ppt/presentation.xml", "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"],
  docm: ["word/document.xml", "application/vnd.ms-word.document.macroEnabled.main+xml"],
  xlsm: ["xl/workbook.xml", "application/vnd.ms-excel.sheet.macroEnabled.main+xml"],
  pptm: ["ppt/presentation.xml", "application/vnd.ms-powerpoint.presentation.macroEnabled.main+xml"],
} as const;

/** A document as an office program writes it, as far as anybody looks who does not open it. */
export function officeOf(kind: keyof typeof main, more: Record<string, string> = {}): Buffer {
  const [part, type] = main[kind];
  return zipOf({
    "[Content_Types].xml": `<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/${part}" ContentType="${type}"/></Types>`,
    [part]: "<?xml version='1.0'?><document/>",
    ...more,
  });
}

/** An archive of so many empty parts, without an index. */
export function manyParts(count: number): Buffer {
  const part = zipOf({ a: "" }).subarray(0, 31);
  return Buffer.concat(Array<Buffer>(count).fill(part));
}
