import { randomBytes, randomUUID } from "node:crypto";
import { chown, link, mkdtemp, open, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type Account, dataPath } from "./account.js";
import type { Binaries } from "./binaries.js";
import { EmbeddedPostgresError } from "./errors.js";
import { run } from "./programs.js";

/** A PostgreSQL data folder, and the programs and account that it is run with. */
export interface Cluster {
  dataDir: string;
  folder: string;
  account: Account | undefined;
  binaries: Binaries;
  durable: boolean;
}

const stagingPrefix = "postgres.new-";

/** Creates the cluster if there is none, checks its major version, and returns the password of its role `vero`. */
export async function openCluster(cluster: Cluster): Promise<string> {
  const { dataDir, folder, binaries } = cluster;
  const passwordFile = join(dataDir, "postgres.password");
  if (!(await versionOf(folder))) {
    // The password is written before the cluster that uses it: when the process is killed in between, the next start
    // continues with the same password.
    const password = await ensurePassword(passwordFile);
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

/**
 * Removes folders left by first starts that were killed. Only the owner of the data folder may call it: another process
 * may be building its cluster there.
 */
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

async function ensurePassword(file: string): Promise<string> {
  const proposal = `${file}.${randomUUID()}`;
  try {
    await writeFile(proposal, randomBytes(24).toString("base64url"), { mode: 0o600, flush: true });
    // A link never replaces a file, unlike a rename: two first starts at once both continue with the password of the
    // faster one.
    await link(proposal, file).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== "EEXIST") throw error;
    });
  } finally {
    await rm(proposal, { force: true });
  }
  return readFile(file, "utf8");
}

/**
 * Creates a cluster in a folder of its own and renames it to its final name, so that a start that is killed never
 * leaves half a cluster behind.
 */
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
    // If there is a cluster now, another start was faster and made it, and may have removed our folder.
    if (!(await versionOf(folder))) throw error;
  } finally {
    await removeFolder(staging);
  }
}

async function initialise({ account, binaries, durable }: Cluster, staging: string, password: string) {
  const data = dataPath(staging, account);
  const runOptions = { cwd: staging, account };
  await run(
    binaries.initdb,
    [
      ...["-D", data, "--username=postgres", "--encoding=UTF8", ...(durable ? [] : ["--no-sync"])],
      // PostgreSQL's built-in locale sorts by code point, on every system and after every system upgrade: changes of
      // collation in libc or ICU corrupt indexes silently. Yet upper(), lower() and ILIKE handle the letters of all
      // scripts.
      ...["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"],
      ...["--auth-local=reject", "--auth-host=scram-sha-256"],
    ],
    runOptions,
  );
  // In single-user mode no server without a password ever listens, and the password appears in no argument list. The
  // superuser gets no password and therefore cannot log in; `vero` owns its database and may create others, and nothing
  // else.
  await run(
    binaries.postgres,
    [
      ...["--single", "-D", data, "-c", "exit_on_error=on", "-c", "log_min_error_statement=panic"],
      ...["-c", "log_checkpoints=off", "-c", `fsync=${durable ? "on" : "off"}`, "postgres"],
    ],
    {
      ...runOptions,
      input: `CREATE ROLE vero LOGIN CREATEDB PASSWORD '${password}'\nCREATE DATABASE vero OWNER vero\n`,
    },
  );
}

/** Flushes the folder to disk: otherwise a power failure could undo the rename, and lose all data stored since. */
async function syncFolder(folder: string): Promise<void> {
  // Windows can neither open folders nor needs to flush them.
  if (process.platform === "win32") return;
  const handle = await open(folder);
  await handle.sync();
  await handle.close();
}

async function removeFolder(folder: string): Promise<void> {
  // A folder that cannot be removed now, because a program still writes to it, is removed by a later start.
  await rm(folder, { recursive: true, force: true, maxRetries: 3 }).catch(() => {});
}
