import sharp, { type Sharp } from "sharp";

export type Format = "jpeg" | "png" | "gif" | "webp" | "avif";

export const plain = (width: number, height: number, background = "teal"): Sharp =>
  sharp({ create: { width, height, channels: 3, background } });

export const picture = (format: Format, width = 64, height = 48): Promise<Buffer> =>
  plain(width, height).toFormat(format).toBuffer();

/** Taken by somebody, somewhere, with the camera held upright: 40 by 60 for who looks at it. */
export const photograph = (): Promise<Buffer> =>
  plain(60, 40)
    .withExif({
      IFD0: { Copyright: "canary of a person", Make: "canary of a camera" },
      IFD3: {
        GPSLatitudeRef: "N",
        GPSLatitude: "51/1 30/1 3230/100",
        GPSLongitudeRef: "W",
        GPSLongitude: "0/1 7/1 0/1",
      },
    })
    .withMetadata({ orientation: 6 })
    .jpeg()
    .toBuffer();

/** Three frames of 40 by 30. */
export async function animation(format: "gif" | "webp"): Promise<Buffer> {
  const frames = await Promise.all(["red", "green", "blue"].map((colour) => plain(40, 30, colour).png().toBuffer()));
  const joined = sharp(frames, { join: { animated: true } });
  const timing = { delay: [100, 200, 300], loop: 2 };
  return format === "gif" ? joined.gif(timing).toBuffer() : joined.webp(timing).toBuffer();
}

const chunk = (name: string, data: Buffer): Buffer => {
  const head = Buffer.alloc(8);
  head.write(name, "latin1");
  head.writeUInt32LE(data.length, 4);
  return Buffer.concat([head, data, Buffer.alloc(data.length % 2)]);
};

/** So many frames of 8 by 8, each in as few bytes as it takes. */
export async function flood(format: "gif" | "webp", count: number): Promise<Buffer> {
  if (format === "gif") {
    const head = Buffer.from("GIF89a\x08\0\x08\0\x80\0\0\0\0\0\xff\xff\xff", "latin1");
    const frame = Buffer.from([0x2c, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 0x44, 0x01, 0]);
    return Buffer.concat([head, ...Array<Buffer>(count).fill(frame), Buffer.from(";")]);
  }
  const still = (await plain(8, 8).webp({ lossless: true }).toBuffer()).subarray(12);
  const frame = chunk("ANMF", Buffer.concat([Buffer.from([0, 0, 0, 0, 0, 0, 7, 0, 0, 7, 0, 0, 10, 0, 0, 0]), still]));
  const head = [chunk("VP8X", Buffer.from([2, 0, 0, 0, 7, 0, 0, 7, 0, 0])), chunk("ANIM", Buffer.alloc(6))];
  const body = Buffer.concat([Buffer.from("WEBP"), ...head, ...Array<Buffer>(count).fill(frame)]);
  return chunk("RIFF", body);
}

/** The same bytes, which claim to be as large as their type can say. */
export async function boasting(format: Exclude<Format, "avif">): Promise<Buffer> {
  const bytes = await picture(format);
  if (format === "png") {
    bytes.writeUInt32BE(60_000, 16);
    bytes.writeUInt32BE(60_000, 20);
  } else if (format === "gif") {
    bytes.writeUInt16LE(65_535, 6);
    bytes.writeUInt16LE(65_535, 8);
    const frame = bytes.indexOf(Buffer.from([0x2c, 0, 0, 0, 0]));
    bytes.writeUInt16LE(65_535, frame + 5);
    bytes.writeUInt16LE(65_535, frame + 7);
  } else if (format === "webp") {
    const size = bytes.indexOf(Buffer.from([0x9d, 0x01, 0x2a]));
    bytes.writeUInt16LE(16_383, size + 3);
    bytes.writeUInt16LE(16_383, size + 5);
  } else {
    const frame = bytes.indexOf(Buffer.from([0xff, 0xc0]));
    bytes.writeUInt16BE(65_500, frame + 5);
    bytes.writeUInt16BE(65_500, frame + 7);
  }
  return bytes;
}
