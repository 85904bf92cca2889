import { readFile } from "node:fs/promises";
import sharp, { type Metadata, type Sharp } from "sharp";
import { countFrames } from "./images.frames.js";
import { type CleanImage, type ImageProblem, ImageRefusal, type ImageTask, imageLanes } from "./images.task.js";

/** Images are few at once, each on one core; and none is like the one before. */
sharp.concurrency(1);
sharp.cache(false);

/** Only the formats that may be uploaded are enabled in libvips: each further one is more code to attack. */
sharp.block({ operation: ["VipsForeignLoad"] });
sharp.unblock({
  operation: ["Jpeg", "Png", "Nsgif", "Webp", "Heif"].map((format) => `VipsForeignLoad${format}`),
});

const maxFrames = 500;

const thumbnailSide = 480;

interface Format {
  /** As libvips calls it. */
  name: string;
  isAnimated: boolean;
  /** As good as what came, and not much slower than it could be. */
  write(image: Sharp): Sharp;
}

const formats: Record<string, Format> = {
  "image/jpeg": { name: "jpeg", isAnimated: false, write: (image) => image.jpeg({ quality: 90 }) },
  "image/png": { name: "png", isAnimated: false, write: (image) => image.png({ compressionLevel: 6 }) },
  "image/gif": { name: "gif", isAnimated: true, write: (image) => image.gif({ effort: 3 }) },
  "image/webp": { name: "webp", isAnimated: true, write: (image) => image.webp({ quality: 90, effort: 1 }) },
  "image/avif": { name: "heif", isAnimated: false, write: (image) => image.avif({ quality: 70, effort: 0 }) },
};

/** Errors of the machine, which say nothing about the image. */
const shortage = /out of memory|cannot allocate|bad[_ ]?alloc|insufficient memory|no space left|too many open files/i;

/** Whether the image or the machine is to blame for what went wrong while it was read or written. */
export function problemOf(error: unknown): ImageProblem {
  if (error instanceof ImageRefusal) return error.problem;
  return shortage.test(String(error)) ? "unavailable" : "unreadable";
}

async function headerOf(bytes: Buffer, { name, isAnimated }: Format): Promise<Metadata & { pages: number }> {
  // Only metadata is read here, so no limit of pixels is needed.
  const { pages = 1, ...header } = await sharp(bytes, { animated: isAnimated, limitInputPixels: false }).metadata();
  if (header.format !== name) throw new ImageRefusal("unreadable");
  return { ...header, pages: isAnimated ? pages : 1 };
}

/**
 * Writes an image anew with its pixels and nothing else: no EXIF, no location, nothing appended. Colours are converted
 * to sRGB. An image that cannot be decoded to its end is refused. Runs in a process of its own (`images.worker.ts`).
 */
export async function cleanImage({ source, image, thumbnail, type, lane }: ImageTask): Promise<CleanImage> {
  const bytes = await readFile(source);
  const format = formats[type];
  if (format === undefined) throw new ImageRefusal("unreadable");
  if (countFrames(bytes, type, maxFrames) > maxFrames) throw new ImageRefusal("too_large");
  // The height is that of all frames together.
  const { width, height, pages, orientation = 1 } = await headerOf(bytes, format);
  const { maxPixels, excess } = imageLanes[lane];
  if (pages > maxFrames) throw new ImageRefusal("too_large");
  if (width * height > maxPixels)
    throw new ImageRefusal(width * height > imageLanes.slow.maxPixels ? "too_large" : excess);
  const options = { failOn: "error", limitInputPixels: maxPixels } as const;
  const input = sharp(bytes, { ...options, animated: pages > 1 });
  const info = await format.write(pages === 1 && orientation > 1 ? input.autoOrient() : input).toFile(image);
  const { size } = await sharp(image, options)
    .resize({ width: thumbnailSide, height: thumbnailSide, fit: "inside", withoutEnlargement: true })
    .webp({ quality: 80, effort: 2 })
    .toFile(thumbnail);
  return { size_bytes: info.size, thumbnail_bytes: size, width: info.width, height: info.pageHeight ?? info.height };
}
