import { randomUUID } from "node:crypto";
import { link, open, readFile, rename, rm, stat, utimes } from "node:fs/promises";
import { join } from "node:path";
import { AppError } from "@vero/contracts";
import { checkKey } from "./keys.js";

/** How long a lock holds that is not renewed. */
const lockLastsMs = 60_000;
/** How often a lock is tried for that others take and release meanwhile. */
const maxAttempts = 10;

export const codeOf = (error: unknown): string | undefined => (error as NodeJS.ErrnoException | null)?.code;

/** Undefined where there is none. */
async function ifThere<T>(work: Promise<T>): Promise<T | undefined> {
  return work.catch((error: unknown) => {
    if (codeOf(error) === "ENOENT") return undefined;
    throw error;
  });
}

/** A file each, with a token in it that says whose it is. */
export function createDiskLocks(folder: string, temporaryFolder: string) {
  async function take(path: string, token: string): Promise<boolean> {
    const temporary = join(temporaryFolder, token);
    const file = await open(temporary, "wx", 0o600);
    try {
      await file.writeFile(token).finally(() => file.close());
      // Complete from the moment that it has its name.
      await link(temporary, path);
      return true;
    } catch (error) {
      if (codeOf(error) === "EEXIST") return false;
      throw error;
    } finally {
      await rm(temporary, { force: true });
    }
  }

  /** Takes the lock with that token away, and no other: who took it over meanwhile gets theirs back. */
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
   * Whoever makes the file has the lock, on whichever machine; one that nobody touches any more was left by a dead
   * process. Returns what releases it.
   */
  return async function lock(key: string): Promise<() => Promise<void>> {
    const path = join(folder, checkKey(key).replaceAll("/", "_"));
    const token = randomUUID();
    for (let attempt = 0; !(await take(path, token)); attempt += 1) {
      const [there, holder] = await Promise.all([ifThere(stat(path)), ifThere(readFile(path, "utf8"))]);
      const isHeld = there !== undefined && there.mtimeMs > Date.now() - lockLastsMs;
      if (isHeld || attempt === maxAttempts) throw new AppError("upload_in_progress", { retryAfter: 5 });
      // One that is not there any more was released, not left.
      if (there !== undefined && holder !== undefined) await remove(path, holder);
    }
    const renewal = setInterval(async () => {
      const now = new Date();
      try {
        if ((await readFile(path, "utf8")) === token) await utimes(path, now, now);
      } catch {
        // The next one may succeed; finishing does not depend on it.
      }
    }, lockLastsMs / 4).unref();
    return async () => {
      clearInterval(renewal);
      await remove(path, token);
    };
  };
}
