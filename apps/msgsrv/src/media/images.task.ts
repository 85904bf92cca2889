/**
 * The limits of an image in each of two lanes, so that small images never wait for large ones: pixels in all frames
 * together, at four bytes of memory each, and CPU time. An image that exceeds the quick lane is `demanding`.
 */
export const imageLanes = {
  quick: { maxPixels: 2_000_000, cpuMs: 2_000, excess: "demanding" },
  slow: { maxPixels: 50_000_000, cpuMs: 10_000, excess: "too_large" },
} as const;

export type ImageLane = keyof typeof imageLanes;

/** An image to be written anew, by names of files. */
export interface ImageTask {
  source: string;
  image: string;
  thumbnail: string;
  /** As it was announced. */
  type: string;
  lane: ImageLane;
  /** The limit of CPU time. */
  cpuMs: number;
}

export interface CleanImage {
  size_bytes: number;
  thumbnail_bytes: number;
  /** The size of one frame, upright. */
  width: number;
  height: number;
}

/**
 * - `unreadable`: no image of its type.
 * - `too_large`: more pixels, frames or work than an image may have.
 * - `demanding`: too much for the quick lane.
 * - `unavailable`: the machine is short of something, or the process has died.
 */
export type ImageProblem = "unreadable" | "too_large" | "demanding" | "unavailable";

export class ImageRefusal extends Error {
  override readonly name = "ImageRefusal";

  constructor(
    readonly problem: ImageProblem,
    options?: ErrorOptions,
  ) {
    super(`The image is ${problem}.`, options);
  }
}

/** `isStuck`: the process is still at work on what was given up, and good for nothing else. */
export type ImageReply = { image: CleanImage } | { problem: ImageProblem; detail: string; isStuck: boolean };
