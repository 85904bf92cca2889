import { AppError } from "@vero/contracts";
import sharp, { type Metadata, type Sharp } from "sharp";

/** Images are few at once, each on one core; and none is like the one before. */
sharp.concurrency(1);
sharp.cache(false);

/** In all frames together: what one image may take of our memory, at four bytes each. */
const mostPixels = 50_000_000;

const thumbnailSide = 480;

export interface CleanImage {
  body: Buffer;
  thumbnail: Buffer;
  width: number;
  height: number;
}

/** How each type is written: as good as what came, and not much slower than it could be. */
const writers: Record<string, (image: Sharp) => Sharp> = {
  "image/jpeg": (image) => image.jpeg({ quality: 90 }),
  "image/png": (image) => image.png({ compressionLevel: 6 }),
  "image/gif": (image) => image.gif({ effort: 3 }),
  "image/webp": (image) => image.webp({ quality: 90, effort: 1 }),
  "image/avif": (image) => image.avif({ quality: 70, effort: 0 }),
};

async function headerOf(bytes: Buffer): Promise<Metadata> {
  // Reads no pixels, so that it may be told of any number of them.
  return sharp(bytes, { animated: true, limitInputPixels: false }).metadata();
}

/**
 * The image written anew, with what can be seen of it and nothing else: no EXIF, no place, nothing appended. Colours are
 * those of sRGB. What cannot be decoded to its end is no image.
 */
export async function cleanImage(bytes: Buffer, type: string): Promise<CleanImage> {
  const unreadable = (cause: unknown) => {
    throw new AppError("content_type_mismatch", { detail: "The image cannot be read.", cause });
  };
  const { width, height, pages = 1, orientation = 1 } = await headerOf(bytes).catch(unreadable);
  // The height is that of all frames together.
  if (width * height > mostPixels) throw new AppError("image_too_large");
  const options = { failOn: "error", limitInputPixels: mostPixels } as const;
  const still = pages === 1;
  const input = sharp(bytes, { ...options, animated: !still });
  const write = writers[type] as NonNullable<(typeof writers)[string]>;
  try {
    const body = await write(still && orientation > 1 ? input.autoOrient() : input).toBuffer({
      resolveWithObject: true,
    });
    const thumbnail = await sharp(body.data, options)
      .resize({ width: thumbnailSide, height: thumbnailSide, fit: "inside", withoutEnlargement: true })
      .webp({ quality: 80, effort: 2 })
      .toBuffer();
    return { body: body.data, thumbnail, width: body.info.width, height: body.info.pageHeight ?? body.info.height };
  } catch (cause) {
    return unreadable(cause);
  }
}
