import { access, constants, mkdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import { accountFor } from "./account.js";
import { prepareBinaries } from "./binaries.js";
import { type Cluster, openCluster, sweepStagings } from "./cluster.js";
import { EmbeddedPostgresError } from "./errors.js";
import { type EmbeddedLog, Ownership } from "./ownership.js";

export interface EmbeddedOptions {
  dataDir: string;
  log?: EmbeddedLog;
  /** Called when the database is lost while we run: the server died, or another process took over the data folder. */
  onExit?: (reason: Error) => void;
  /** False turns fsync off: faster, and for test runs only, since a power failure then loses data. */
  durable?: boolean;
  /**
   * The folder in which root keeps a copy of the programs, where the account that it switches to cannot reach the
   * installed ones.
   */
  copiesDir?: string;
}

export interface EmbeddedPostgres {
  url: string;
  stop(): Promise<void>;
}

const silent: EmbeddedLog = { info() {}, warn() {}, error() {} };

/**
 * Starts PostgreSQL on `<dataDir>/postgres`, creating the cluster the first time, and owns it exclusively until `stop`.
 */
export async function startEmbedded(options: EmbeddedOptions): Promise<EmbeddedPostgres> {
  const { log = silent, durable = true, copiesDir, onExit = () => {} } = options;
  const dataDir = resolve(options.dataDir);
  const folder = join(dataDir, "postgres");
  await openDataDir(dataDir);
  const account = await accountFor(folder);
  const binaries = await prepareBinaries(account, { dataDir, copiesDir });
  const cluster: Cluster = { dataDir, folder, account, binaries, durable };
  const password = await openCluster(cluster);
  const ownership = new Ownership(cluster, password, log, onExit);
  await ownership.take();
  await sweepStagings(dataDir);
  return { url: ownership.url, stop: () => ownership.stop() };
}

async function openDataDir(dataDir: string): Promise<void> {
  try {
    await mkdir(dataDir, { recursive: true, mode: 0o700 });
    await access(dataDir, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (cause) {
    throw new EmbeddedPostgresError(
      `This user may not write to ${dataDir}. Start Vero Chat as the user who may, or set VERO_DATA_DIR.`,
      { cause },
    );
  }
}
