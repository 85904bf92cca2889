import { randomUUID } from "node:crypto";
import { chmod, copyFile, lstat, mkdir, readdir, rename, rm } from "node:fs/promises";
import { join, relative } from "node:path";
import { EmbeddedPostgresError } from "./errors.js";

/**
 * Copies the installation at `from` to `to`. Each file appears whole or not at all, and complete files are left alone:
 * several processes may copy at once, a copy that was killed is continued, and files that a cleaner deleted are
 * restored.
 */
export async function copyInstallation(from: string, to: string): Promise<void> {
  await makeFolder(to);
  await refuseStrangers(to);
  for (const entry of await readdir(from, { recursive: true, withFileTypes: true })) {
    const source = join(entry.parentPath, entry.name);
    const target = join(to, relative(from, source));
    if (entry.isDirectory()) await makeFolder(target);
    else if (entry.isFile()) await copyProgram(source, target);
  }
}

/**
 * Throws unless the folder belongs to this user and nobody else may write to it: its programs are about to be executed,
 * and anyone else could have put something there.
 */
async function refuseStrangers(folder: string): Promise<void> {
  const found = await lstat(folder);
  const ours = process.platform === "win32" || (found.uid === process.geteuid?.() && (found.mode & 0o022) === 0);
  if (!found.isDirectory() || !ours) {
    throw new EmbeddedPostgresError(`${folder} is not a folder that only this user can write to; remove it`);
  }
}

/**
 * Creates a folder with explicit permissions: a strict umask would hide the copy from the account that it is made for.
 */
async function makeFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return;
    throw error;
  }
  await chmod(folder, 0o755);
}

async function copyProgram(source: string, target: string): Promise<void> {
  const wanted = await lstat(source);
  const present = await lstat(target).catch(() => undefined);
  if (present?.size === wanted.size) return;
  const partial = `${target}.${randomUUID()}`;
  try {
    await copyFile(source, partial);
    await chmod(partial, wanted.mode & 0o100 ? 0o755 : 0o644);
    await rename(partial, target);
  } finally {
    await rm(partial, { force: true });
  }
}
