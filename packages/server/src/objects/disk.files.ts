import { createHash, randomUUID } from "node:crypto";
import { mkdir, open, readdir, rename, rm, stat, utimes, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Readable } from "node:stream";
import { AppError } from "@vero/contracts";
import type { Logger } from "../log/logger.js";
import { exactly } from "./body.js";
import { checkKey } from "./keys.js";
import { ObjectMissing } from "./store.js";

/** A name that no key has. */
const incoming = ".incoming";
/** How long a lock holds that is not renewed. */
const lockLastsMs = 60_000;
/** Nothing is written for this long without a byte: what is older was left by a process that died. */
const abandonedAfter = 24 * 60 * 60_000;

const codeOf = (error: unknown): string | undefined => (error as NodeJS.ErrnoException | null)?.code;

/** Full, broken or away: nothing that the caller did, and nothing that it can change. */
const troubles = ["ENOSPC", "EDQUOT", "EFBIG", "EIO", "EROFS", "EACCES", "EPERM", "EMFILE", "ENFILE", "ESTALE"];

/** A file's name lasts only once its folder is on the disk too (which Windows sees to by itself). */
async function syncFolder(path: string): Promise<void> {
  if (process.platform === "win32") return;
  const folder = await open(path);
  await folder.sync().finally(() => folder.close());
}

export interface OpenFile {
  size_bytes: number;
  /** Of what is open, whatever takes its name meanwhile. */
  version: string;
  stream(range?: { start: number; end: number }): Readable;
  close(): Promise<void>;
}

export type DiskFiles = Awaited<ReturnType<typeof openDiskFiles>>;

/**
 * Objects as files, each by its key with the slashes replaced, in one of 256 folders that are never removed: a folder for
 * each part of a key could vanish between two steps of another process. A file is never changed, only replaced.
 */
export async function openDiskFiles(root: string, log: Logger) {
  function explain(cause: unknown): never {
    if (!troubles.includes(codeOf(cause) ?? "")) throw cause;
    log.error({ err: cause }, "the folder of the objects cannot be used");
    throw new AppError("unavailable", { cause, retryAfter: 5 });
  }

  const pathOf = (key: string): string => {
    const name = checkKey(key).replaceAll("/", "_");
    return join(root, createHash("sha256").update(name).digest("hex").slice(0, 2), name);
  };

  const locks = join(root, ".locks");
  await mkdir(join(root, incoming), { recursive: true, mode: 0o700 });
  await mkdir(locks, { recursive: true, mode: 0o700 });
  for (const name of await readdir(join(root, incoming))) {
    const path = join(root, incoming, name);
    const { mtimeMs } = await stat(path).catch(() => ({ mtimeMs: Number.POSITIVE_INFINITY }));
    if (mtimeMs < Date.now() - abandonedAfter) await rm(path, { force: true });
  }

  /** Whoever makes the file has the lock, on whichever machine; one that nobody touches any more was left by a dead process. */
  async function lock(key: string): Promise<() => Promise<void>> {
    const path = join(locks, checkKey(key).replaceAll("/", "_"));
    const take = () => open(path, "wx", 0o600);
    const file = await take().catch(async (error: unknown) => {
      if (codeOf(error) !== "EEXIST") throw error;
      const { mtimeMs } = await stat(path).catch(() => ({ mtimeMs: 0 }));
      if (mtimeMs > Date.now() - lockLastsMs) throw new AppError("upload_in_progress", { retryAfter: 5 });
      await rm(path, { force: true });
      return take().catch((cause: unknown) => {
        throw codeOf(cause) === "EEXIST" ? new AppError("upload_in_progress", { cause, retryAfter: 5 }) : cause;
      });
    });
    await file.close();
    const renewal = setInterval(() => {
      const now = new Date();
      utimes(path, now, now).catch(() => {});
    }, lockLastsMs / 4).unref();
    return async () => {
      clearInterval(renewal);
      await rm(path, { force: true });
    };
  }

  /** Writes what is not there yet; of several who do so at once, one does. */
  async function create(key: string, body: Readable, size: number): Promise<void> {
    const release = await lock(key);
    try {
      if (await stat(pathOf(key)).catch(() => undefined)) throw new AppError("already_uploaded");
      await write(key, body, size);
    } finally {
      await release();
    }
  }

  /** Beside its place, in the same file system, until it is complete and on the disk. */
  async function write(key: string, body: Readable | Buffer, size: number): Promise<void> {
    const path = pathOf(key);
    const temporary = join(root, incoming, randomUUID());
    try {
      const file = await open(temporary, "wx", 0o600);
      try {
        await writeFile(file, exactly(size, body));
        await file.sync();
      } finally {
        await file.close();
      }
      await mkdir(dirname(path), { recursive: true, mode: 0o700 });
      await rename(temporary, path);
    } catch (error) {
      await rm(temporary, { force: true });
      throw error;
    }
    await syncFolder(dirname(path));
  }

  async function openFile(key: string): Promise<OpenFile> {
    const file = await open(pathOf(key)).catch((cause: unknown) => {
      throw codeOf(cause) === "ENOENT" ? new ObjectMissing("There is no such object.", { cause }) : cause;
    });
    try {
      const { size, ino, mtimeNs } = await file.stat({ bigint: true });
      return {
        size_bytes: Number(size),
        version: [ino, mtimeNs, size].map((part) => part.toString(36)).join("-"),
        stream: (range) => file.createReadStream(range ?? {}),
        close: () => file.close(),
      };
    } catch (error) {
      await file.close();
      throw error;
    }
  }

  return {
    create: (key: string, body: Readable, size: number) => create(key, body, size).catch(explain),
    write: (key: string, body: Readable | Buffer, size: number) => write(key, body, size).catch(explain),
    open: (key: string) => openFile(key).catch(explain),
    delete: (key: string) => rm(pathOf(key), { force: true }).catch(explain),
  };
}
