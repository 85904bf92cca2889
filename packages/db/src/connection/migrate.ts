import { existsSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { drizzle } from "drizzle-orm/postgres-js";
import { migrate as applyMigrations } from "drizzle-orm/postgres-js/migrator";
import postgres from "postgres";
import { createTrigramIndex, setMissingNames } from "../users/users.names.sql.js";
import { isConflict, isLockTimeout } from "./failure.js";
import * as schema from "./schema.js";

/** The key of the advisory lock: any number that no other program uses on the same database. */
const migrationLock = 7_305_805_501;

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** The folder lies beside `src/`; seen from the built file it is one level nearer. */
const migrationsFolder = existsSync(here("../migrations")) ? here("../migrations") : here("../../migrations");

/**
 * DDL waits for running transactions on the table, and all later statements on the table queue behind it. So each
 * attempt gives up after three seconds, lets the others pass and tries again, for about two minutes in all.
 */
const lockTimeoutMs = 3000;
const pauseMs = 1000;
const maxAttempts = 30;

async function untilLocked(work: () => Promise<void>): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      if (attempt === maxAttempts || !(isLockTimeout(error) || isConflict(error))) throw error;
      await sleep(pauseMs);
    }
  }
}

/**
 * Migrates the schema to the latest version, then creates the trigram index and fills missing search columns of names.
 * It may be called by several processes at once: an advisory lock lets one work while the others wait.
 */
export async function migrate(url: string): Promise<void> {
  const client = postgres(url, { max: 1, onnotice: () => {}, connect_timeout: 5 });
  try {
    const [{ version } = { version: 0 }] = await client<
      { version: number }[]
    >`select current_setting('server_version_num')::int as version`;
    if (version < 150_000)
      throw new Error(`PostgreSQL 15 or newer is needed, this is ${Math.floor(version / 10_000)}.`);
    await client`select pg_advisory_lock(${migrationLock})`;
    const db = drizzle({ client, schema });
    // Set after the advisory lock is held: waiting for another process to migrate has no time limit.
    await client`select set_config('lock_timeout', ${String(lockTimeoutMs)}, false)`;
    await untilLocked(async () => {
      await applyMigrations(db, { migrationsFolder });
      await createTrigramIndex(db);
      await setMissingNames(db);
    });
  } finally {
    // Closing the connection releases the advisory lock, also after an error.
    await client.end({ timeout: 5 });
  }
}
