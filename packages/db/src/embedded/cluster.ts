import { randomBytes, randomUUID } from "node:crypto";
import { chown, link, mkdtemp, open, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type Account, dataPath } from "./account.js";
import type { Binaries } from "./binaries.js";
import { EmbeddedPostgresError } from "./errors.js";
import { run } from "./programs.js";

/** A PostgreSQL data folder, and what it is run with. */
export interface Cluster {
  dataDir: string;
  folder: string;
  account: Account | undefined;
  binaries: Binaries;
  durable: boolean;
}

const stagingPrefix = "postgres.new-";

/** Makes sure that a cluster of the right version is there, and returns the password of its role `vero`. */
export async function openCluster(cluster: Cluster): Promise<string> {
  const { dataDir, folder, binaries } = cluster;
  const passwordFile = join(dataDir, "postgres.password");
  if (!(await versionOf(folder))) {
    // The password is settled before the cluster that wants it: killed in between, the next start goes on with it.
    const password = await settlePassword(passwordFile);
    await createCluster(cluster, password);
  }
  const version = await versionOf(folder);
  if (version !== binaries.major) {
    throw new EmbeddedPostgresError(
      `${folder} was written by PostgreSQL ${version}, and this Vero Chat brings PostgreSQL ${binaries.major}. Dump it with the release that wrote it (pg_dump) and restore it here, or set DATABASE_URL to a PostgreSQL ${version} that serves it.`,
    );
  }
  return readFile(passwordFile, "utf8").catch((cause) => {
    throw new EmbeddedPostgresError(`The password of ${folder} cannot be read; restore ${passwordFile}.`, { cause });
  });
}

/** Removes what first starts that were killed left behind. Only for the owner: others may be at work on theirs. */
export async function sweepStagings(dataDir: string): Promise<void> {
  for (const name of await readdir(dataDir)) {
    if (name.startsWith(stagingPrefix)) await removeFolder(join(dataDir, name));
  }
}

async function versionOf(folder: string): Promise<string | undefined> {
  try {
    return (await readFile(join(folder, "PG_VERSION"), "utf8")).trim();
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw new EmbeddedPostgresError(
      `${folder} cannot be read by this user. Start Vero Chat as the user who did before (or as root), or set VERO_DATA_DIR.`,
      { cause },
    );
  }
}

async function settlePassword(file: string): Promise<string> {
  const proposal = `${file}.${randomUUID()}`;
  try {
    await writeFile(proposal, randomBytes(24).toString("base64url"), { mode: 0o600, flush: true });
    // Unlike a rename, a link never replaces: of two first starts both go on with the password of the faster one.
    await link(proposal, file).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== "EEXIST") throw error;
    });
  } finally {
    await rm(proposal, { force: true });
  }
  return readFile(file, "utf8");
}

/** Built beside its place and renamed into it, so that a start which is killed leaves no half of a cluster. */
async function createCluster(cluster: Cluster, password: string): Promise<void> {
  const { dataDir, folder, account } = cluster;
  const staging = await mkdtemp(join(dataDir, stagingPrefix));
  try {
    if (account) await chown(staging, account.uid, account.gid);
    await initialise(cluster, staging, password);
    await rename(staging, folder).catch((cause) => {
      throw new EmbeddedPostgresError(`${folder} is in the way of a new cluster; move it elsewhere.`, { cause });
    });
    await syncFolder(dataDir);
  } catch (error) {
    // A cluster that is there now was made by a faster start, which may even have swept ours away.
    if (!(await versionOf(folder))) throw error;
  } finally {
    await removeFolder(staging);
  }
}

async function initialise({ account, binaries, durable }: Cluster, staging: string, password: string) {
  const data = dataPath(staging, account);
  const place = { cwd: staging, account };
  await run(
    binaries.initdb,
    [
      ...["-D", data, "--username=postgres", "--encoding=UTF8", ...(durable ? [] : ["--no-sync"])],
      // PostgreSQL's own locale: sorting by code point, the same on every system and after every upgrade of it (libc and
      // ICU change, which corrupts indexes silently), yet upper(), lower() and ILIKE know the letters of all scripts.
      ...["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"],
      ...["--auth-local=reject", "--auth-host=scram-sha-256"],
    ],
    place,
  );
  // In single-user mode there is no moment at which a server without a password listens, and the password appears in no
  // argument list. The superuser gets none, hence cannot log in; `vero` owns its database and nothing else.
  await run(
    binaries.postgres,
    [
      ...["--single", "-D", data, "-c", "exit_on_error=on", "-c", "log_min_error_statement=panic"],
      ...["-c", "log_checkpoints=off", "-c", `fsync=${durable ? "on" : "off"}`, "postgres"],
    ],
    {
      ...place,
      input: `CREATE ROLE vero LOGIN CREATEDB PASSWORD '${password}'\nCREATE DATABASE vero OWNER vero\n`,
    },
  );
}

/** A power failure must not take back the rename, and with it all that was stored since. */
async function syncFolder(folder: string): Promise<void> {
  // Windows neither opens folders nor needs to.
  if (process.platform === "win32") return;
  const handle = await open(folder);
  await handle.sync();
  await handle.close();
}

async function removeFolder(folder: string): Promise<void> {
  // What cannot be removed now (a program is still writing there) is removed by a later start.
  await rm(folder, { recursive: true, force: true, maxRetries: 3 }).catch(() => {});
}
