import { createHash, randomUUID } from "node:crypto";
import { link, mkdir, open, readdir, rename, rm, stat, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Readable } from "node:stream";
import { AppError } from "@vero/contracts";
import { makeFolder } from "../config/folder.js";
import type { Logger } from "../log/logger.js";
import { exactly } from "./body.js";
import { codeOf, createDiskLocks } from "./disk.locks.js";
import { checkKey } from "./keys.js";
import { ObjectMissing } from "./store.js";

/** The folder of incomplete files, with a name that no key has. */
const incoming = ".incoming";
/**
 * The age, in milliseconds, from which an incomplete file counts as left behind by a process that died: no upload goes
 * on for this long without a byte.
 */
const abandonedAfter = 24 * 60 * 60_000;

/** Codes of errors that the caller has not caused and cannot repair, such as a disk that is full, broken or away. */
const troubles = ["ENOSPC", "EDQUOT", "EFBIG", "EIO", "EROFS", "EACCES", "EPERM", "EMFILE", "ENFILE", "ESTALE"];

/** Flushes a folder, without which the name of a new file may not survive a crash. Windows does so by itself. */
async function syncFolder(path: string): Promise<void> {
  if (process.platform === "win32") return;
  const folder = await open(path);
  await folder.sync().finally(() => folder.close());
}

export interface OpenFile {
  size_bytes: number;
  /** Identifies the bytes that are open, whichever file takes the name meanwhile. */
  version: string;
  stream(range?: { start: number; end: number }): Readable;
  close(): Promise<void>;
}

export type DiskFiles = Awaited<ReturnType<typeof openDiskFiles>>;

/**
 * Opens a folder that stores objects as files. Each is named by its key, with the slashes replaced, in one of 256
 * folders that are never removed: a folder for each part of a key could be removed by another process between two steps
 * of this one. A file is never changed, only replaced.
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
  for (const path of [join(root, incoming), locks]) makeFolder(path, 0o700);
  for (const name of await readdir(join(root, incoming))) {
    const path = join(root, incoming, name);
    const { mtimeMs } = await stat(path).catch(() => ({ mtimeMs: Number.POSITIVE_INFINITY }));
    if (mtimeMs < Date.now() - abandonedAfter) await rm(path, { force: true });
  }

  const lock = createDiskLocks(locks, join(root, incoming));

  /**
   * Writes an object that must not exist yet. One of several concurrent calls succeeds; the others fail with
   * `upload_in_progress` or `already_uploaded`.
   */
  async function create(key: string, body: Readable, size: number): Promise<void> {
    const release = await lock(key);
    try {
      if (await stat(pathOf(key)).catch(() => undefined)) throw new AppError("already_uploaded");
      await writeAs(key, body, size, (from, to) => link(from, to).catch(refuseSecond));
    } finally {
      await release();
    }
  }

  /** Refuses the second of two uploads to finish, where one has taken over the lock of another that was not dead. */
  function refuseSecond(cause: unknown): never {
    throw codeOf(cause) === "EEXIST" ? new AppError("already_uploaded", { cause }) : cause;
  }

  /**
   * Writes a temporary file in the same file system, flushes it, and has `giveName` give it its name, so that an object
   * is never seen incomplete. Then it flushes the folder.
   */
  async function writeAs(
    key: string,
    body: Readable | Buffer,
    size: number,
    giveName: (from: string, to: string) => Promise<void>,
  ): Promise<void> {
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
      await giveName(temporary, path);
    } finally {
      await rm(temporary, { force: true });
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
    write: (key: string, body: Readable | Buffer, size: number) => writeAs(key, body, size, rename).catch(explain),
    open: (key: string) => openFile(key).catch(explain),
    delete: (key: string) => rm(pathOf(key), { force: true }).catch(explain),
  };
}
