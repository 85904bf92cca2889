import { randomUUID } from "node:crypto";
import { link, open, readFile, rename, rm, stat, utimes } from "node:fs/promises";
import { join } from "node:path";
import { AppError } from "@vero/contracts";
import { checkKey } from "./keys.js";

/** How long a lock is held without being renewed, in milliseconds. */
const lockLastsMs = 60_000;
/** How many times a lock is tried for that others take and release meanwhile. */
const maxAttempts = 10;

export const codeOf = (error: unknown): string | undefined => (error as NodeJS.ErrnoException | null)?.code;

/** Returns undefined where the file does not exist. */
async function ifThere<T>(work: Promise<T>): Promise<T | undefined> {
  return work.catch((error: unknown) => {
    if (codeOf(error) === "ENOENT") return undefined;
    throw error;
  });
}

/** Creates locks that hold between processes, also on several machines. Each is a file with the token of its owner. */
export function createDiskLocks(folder: string, temporaryFolder: string) {
  async function take(path: string, token: string): Promise<boolean> {
    const temporary = join(temporaryFolder, token);
    const file = await open(temporary, "wx", 0o600);
    try {
      await file.writeFile(token).finally(() => file.close());
      // The file gets its name once it is complete, so that nobody reads a lock without a token.
      await link(temporary, path);
      return true;
    } catch (error) {
      if (codeOf(error) === "EEXIST") return false;
      throw error;
    } finally {
      await rm(temporary, { force: true });
    }
  }

  /**
   * Removes the lock if it still holds that token. It is moved aside first, and put back where another process took it
   * over in between.
   */
  async function remove(path: string, token: string): Promise<void> {
    if ((await ifThere(readFile(path, "utf8"))) !== token) return;
    const aside = join(temporaryFolder, randomUUID());
    if ((await ifThere(rename(path, aside).then(() => true))) === undefined) return;
    try {
      if ((await readFile(aside, "utf8")) === token) return;
      await link(aside, path).catch((error: unknown) => {
        if (codeOf(error) !== "EEXIST") throw error;
      });
    } finally {
      await rm(aside, { force: true });
    }
  }

  /**
   * Takes the lock of a key and returns the function that releases it; fails with `upload_in_progress` while somebody
   * else holds it. The process that creates the file holds the lock; a file that is no longer renewed was left by a
   * process that died, and is taken over.
   */
  return async function lock(key: string): Promise<() => Promise<void>> {
    const path = join(folder, checkKey(key).replaceAll("/", "_"));
    const token = randomUUID();
    for (let attempt = 0; !(await take(path, token)); attempt += 1) {
      const [there, holder] = await Promise.all([ifThere(stat(path)), ifThere(readFile(path, "utf8"))]);
      const isHeld = there !== undefined && there.mtimeMs > Date.now() - lockLastsMs;
      if (isHeld || attempt === maxAttempts) throw new AppError("upload_in_progress", { retryAfter: 5 });
      // A file that has vanished was released, so there is nothing to take over.
      if (there !== undefined && holder !== undefined) await remove(path, holder);
    }
    const renewal = setInterval(async () => {
      const now = new Date();
      try {
        if ((await readFile(path, "utf8")) === token) await utimes(path, now, now);
      } catch {
        // The next renewal may succeed. No upload depends on it: two that finish cannot both create the object.
      }
    }, lockLastsMs / 4).unref();
    return async () => {
      clearInterval(renewal);
      await remove(path, token);
    };
  };
}
