import { randomUUID } from "node:crypto";
import { chmod, copyFile, lstat, mkdir, readdir, rename, rm } from "node:fs/promises";
import { join, relative } from "node:path";
import { EmbeddedPostgresError } from "./errors.js";

/**
 * Makes `to` hold the files of the installation at `from`. Each file appears whole or not at all and one that is
 * there is left alone: two of us may copy at once, one that was killed is continued, what a sweeper took is restored.
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

/** The copy is about to be executed: a folder that somebody else made, or may write to, could hold anything. */
async function refuseStrangers(folder: string): Promise<void> {
  const found = await lstat(folder);
  const ours = process.platform === "win32" || (found.uid === process.geteuid?.() && (found.mode & 0o022) === 0);
  if (!found.isDirectory() || !ours) {
    throw new EmbeddedPostgresError(`${folder} is not a folder that only this user can write to; remove it`);
  }
}

/** Modes are set explicitly: a strict umask would hide the copy from the user it is made for. */
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
