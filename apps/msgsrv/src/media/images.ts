import { createReadStream } from "node:fs";
import { mkdtemp, readdir, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { AppError, type ErrorCode } from "@vero/contracts";
import pLimit from "p-limit";
import { createImageProcess } from "./images.process.js";
import { type CleanImage, type ImageLane, type ImageProblem, ImageRefusal, imageLanes } from "./images.task.js";

/** Longer than the work may take of a processor, because others may use it meanwhile. */
const wallMs = 45_000;

const prefix = "vero-image-";
/** Older folders were left by a process that was killed. */
const abandonedMs = 60 * 60_000;

async function removeAbandonedFolders(): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    if (!name.startsWith(prefix)) continue;
    const path = join(tmpdir(), name);
    const { mtimeMs } = await stat(path).catch(() => ({ mtimeMs: Number.POSITIVE_INFINITY }));
    // Another user's cannot be removed, and need not be.
    if (mtimeMs < Date.now() - abandonedMs) await rm(path, { recursive: true, force: true }).catch(() => {});
  }
}

const codes: Record<ImageProblem, ErrorCode> = {
  unreadable: "content_type_mismatch",
  too_large: "image_too_large",
  demanding: "image_too_large",
  unavailable: "unavailable",
};

function asAppError(error: unknown): unknown {
  if (!(error instanceof ImageRefusal)) return error;
  const code = codes[error.problem];
  if (code === "content_type_mismatch")
    return new AppError(code, { detail: "The image cannot be read.", cause: error });
  return new AppError(code, { cause: error, ...(code === "unavailable" && { retryAfter: 2 }) });
}

interface ImageFiles {
  image: () => Readable;
  thumbnail: () => Readable;
}

export type Images = Awaited<ReturnType<typeof createImages>>;

/** Writes images anew, each of two lanes one at a time, in processes of their own. */
export async function createImages() {
  await removeAbandonedFolders();
  const lane = () => ({ process: createImageProcess({ wallMs }), turn: pLimit(1) });
  const lanes: Record<ImageLane, ReturnType<typeof lane>> = { quick: lane(), slow: lane() };

  async function clean(folder: string, source: string, type: string): Promise<CleanImage & ImageFiles> {
    const [image, thumbnail] = [join(folder, "image"), join(folder, "thumbnail")];
    const cleanIn = (name: ImageLane) =>
      lanes[name].turn(() => {
        const { cpuMs } = imageLanes[name];
        return lanes[name].process.clean({ source, image, thumbnail, type, lane: name, cpuMs });
      });
    const done = await cleanIn("quick").catch((error: unknown) => {
      if (error instanceof ImageRefusal && error.problem === "demanding") return cleanIn("slow");
      throw error;
    });
    return { ...done, image: () => createReadStream(image), thumbnail: () => createReadStream(thumbnail) };
  }

  return {
    /** Runs some work in a folder that is removed when the work has ended. */
    async inFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
      const folder = await mkdtemp(join(tmpdir(), prefix));
      try {
        return await work(folder);
      } finally {
        await rm(folder, { recursive: true, force: true });
      }
    },
    /** Throws what is wrong with the image, which is a file named `source`; puts what it has become into the folder. */
    clean: (folder: string, source: string, type: string) =>
      clean(folder, source, type).catch((error: unknown) => {
        throw asAppError(error);
      }),
    close(): void {
      for (const { process } of Object.values(lanes)) process.end();
    },
  };
}
