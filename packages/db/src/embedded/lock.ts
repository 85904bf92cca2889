import postgres from "postgres";
import { EmbeddedPostgresError } from "./errors.js";

/** "vero" in ASCII. One lock per database is all we take. */
const lockKey = 0x7665726f;

/** The server is not (or not yet, or no longer, or not for one more) to be talked to; whoever waits for it tries again. */
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
  /** Whether the server that granted it keeps what it has committed. */
  durable: boolean;
  release(): Promise<void>;
}

/**
 * Ownership of the data folder: an advisory lock held by one connection for as long as we live. The server itself frees it
 * the moment we are gone, however we went; no file has to be cleaned up or believed.
 */
export async function tryLock(url: string, onLost: () => void): Promise<Lock | "held" | "unreachable"> {
  let held = false;
  const sql = postgres(url, {
    max: 1,
    // The driver retires connections by age otherwise, and the lock with them.
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
