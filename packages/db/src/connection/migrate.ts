import { existsSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { drizzle } from "drizzle-orm/postgres-js";
import { migrate as applyMigrations } from "drizzle-orm/postgres-js/migrator";
import postgres from "postgres";
import { createLikeness, setMissingNames } from "../users/users.names.sql.js";
import { isLockTimeout } from "./failure.js";
import * as schema from "./schema.js";

/** Any number that no other program on the same database uses for an advisory lock. */
const migrationLock = 7_305_805_501;

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** Beside `src/` in the sources; one folder less away from the built file. */
const migrationsFolder = existsSync(here("../migrations")) ? here("../migrations") : here("../../migrations");

/**
 * A change of a table waits for whoever reads it, and everybody else who wants the table waits behind the change. So it
 * gives up soon, lets the others pass, and comes back, for two minutes or so.
 */
const lockPatienceMs = 3000;
const pauseMs = 1000;
const mostAttempts = 30;

async function untilLocked(work: () => Promise<void>): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      if (attempt === mostAttempts || !isLockTimeout(error)) throw error;
      await sleep(pauseMs);
    }
  }
}

/** Brings the schema up to date. Several processes may call it at once: one works, the others wait for it. */
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
    // From here on: whoever waits for another process to migrate waits as long as that takes.
    await client`select set_config('lock_timeout', ${String(lockPatienceMs)}, false)`;
    await untilLocked(async () => {
      await applyMigrations(db, { migrationsFolder });
      await createLikeness(db);
      await setMissingNames(db);
    });
  } finally {
    // Ending the connection releases the lock, whatever happened.
    await client.end({ timeout: 5 });
  }
}
