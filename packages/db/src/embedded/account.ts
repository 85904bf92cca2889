import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { EmbeddedPostgresError } from "./errors.js";

/** The operating system's user that PostgreSQL runs as, where it cannot be the one of this process. */
export interface Account {
  uid: number;
  gid: number;
}

/**
 * Chooses the user to run PostgreSQL as; undefined means this process's own. PostgreSQL refuses to run as root, and a
 * chat server should not create users, so root runs it as the owner of the cluster, or for a new one as a user that
 * exists already.
 */
export async function accountFor(cluster: string): Promise<Account | undefined> {
  if (process.geteuid?.() !== 0) return undefined;
  // Only Linux has /proc/self/cwd, through which a process can use a folder whose parents it may not enter (see
  // `dataPath`).
  if (process.platform !== "linux") {
    throw new EmbeddedPostgresError(
      "The embedded PostgreSQL does not run as root on this system. Start Vero Chat as an ordinary user, or set DATABASE_URL.",
    );
  }
  const owner = await stat(join(cluster, "PG_VERSION")).catch(() => undefined);
  if (owner?.uid === 0) {
    throw new EmbeddedPostgresError(
      `${cluster} belongs to root, as whom PostgreSQL refuses to run. Give it to another user (chown -R nobody '${cluster}'), or set DATABASE_URL.`,
    );
  }
  return owner ? { uid: owner.uid, gid: owner.gid } : lesserAccount();
}

async function lesserAccount(): Promise<Account> {
  const users = (await readFile("/etc/passwd", "utf8")).split("\n").map((line) => line.split(":"));
  for (const name of ["postgres", "nobody"]) {
    const [, , uid, gid] = users.find((user) => user[0] === name) ?? [];
    if (Number(uid) > 0) return { uid: Number(uid), gid: Number(gid) };
  }
  throw new EmbeddedPostgresError(
    "PostgreSQL refuses to run as root, and /etc/passwd has neither 'postgres' nor 'nobody' to run it as. Start Vero Chat as an ordinary user, or set DATABASE_URL.",
  );
}

/**
 * Returns the path by which the server refers to its data folder. An unprivileged account may not be able to enter the
 * parents of the folder (a checkout under /root), but its process is given the working directory before it drops root,
 * and from there it needs no parents.
 */
export function dataPath(cluster: string, account: Account | undefined): string {
  return account ? "/proc/self/cwd" : cluster;
}
