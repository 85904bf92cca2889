import postgres from "postgres";
import { EmbeddedPostgresError } from "./errors.js";

/** "vero" in ASCII. The lock of migrations has another key. */
const lockKey = 0x7665726f;

/**
 * Errors of a server that does not accept connections yet, any more, or because it has too many: the caller tries
 * again.
 */
const passing = new Set([
  "ECONNREFUSED",
  "ECONNRESET",
  "CONNECTION_CLOSED",
  "CONNECT_TIMEOUT",
  "57P01",
  "57P02",
  "57P03",
  "53300",
]);

export interface Lock {
  /** Whether the server runs with fsync, so that commits survive a power failure. */
  durable: boolean;
  release(): Promise<void>;
}

/**
 * Tries to take the ownership of the data folder: an advisory lock held by one connection for as long as this process
 * lives. The server releases it as soon as the process is gone, however it ended, so no lock file can be left behind or
 * be wrong.
 */
export async function tryLock(url: string, onLost: () => void): Promise<Lock | "held" | "unreachable"> {
  let held = false;
  const sql = postgres(url, {
    max: 1,
    // Otherwise the driver closes connections at a certain age, and the lock would go with this one.
    max_lifetime: null,
    fetch_types: false,
    connect_timeout: 10,
    connection: { application_name: "vero-owner" },
    onnotice: () => {},
    onclose: () => {
      if (held) onLost();
    },
  });
  const release = async () => {
    held = false;
    await sql.end({ timeout: 0 });
  };
  try {
    const [row] = await sql<[{ taken: boolean; fsync: string }]>`
      SELECT pg_try_advisory_lock(${lockKey}) AS taken, current_setting('fsync') AS fsync`;
    held = row.taken;
    if (held) return { durable: row.fsync === "on", release };
    await release();
    return "held";
  } catch (error) {
    await release();
    if (passing.has((error as { code?: string }).code ?? "")) return "unreachable";
    throw new EmbeddedPostgresError(
      `The embedded PostgreSQL refuses the connection: ${(error as Error).message}. Was postgres.password replaced?`,
      { cause: error },
    );
  }
}
