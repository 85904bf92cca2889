import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { EmbeddedPostgresError } from "./errors.js";

/** The user that PostgreSQL runs as, when it cannot be the one this process runs as. */
export interface Account {
  uid: number;
  gid: number;
}

/**
 * PostgreSQL refuses to run as root, and a chat server has no business creating users: root therefore lends the cluster
 * to a user that already exists. Undefined means that this process's own user will do.
 */
export async function accountFor(cluster: string): Promise<Account | undefined> {
  if (process.geteuid?.() !== 0) return undefined;
  // Only Linux lets a process work in a folder whose parents it may not enter (see `dataPath`).
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
 * How the account names the cluster it is started in. A lesser account may be unable to walk down to the folder (a
 * checkout under /root), but a process is put into its working directory before it gives up being root, and from inside
 * it needs no parents.
 */
export function dataPath(cluster: string, account: Account | undefined): string {
  return account ? "/proc/self/cwd" : cluster;
}
