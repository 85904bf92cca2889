import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { drizzle } from "drizzle-orm/postgres-js";
import { migrate as applyMigrations } from "drizzle-orm/postgres-js/migrator";
import postgres from "postgres";
import { createLikeness, setMissingNames } from "../users/names.sql.js";
import * as schema from "./schema.js";

/** Any number that no other program on the same database uses for an advisory lock. */
const migrationLock = 7_305_805_501;

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** Beside `src/` in the sources; one folder less away from the built file. */
const migrationsFolder = existsSync(here("../migrations")) ? here("../migrations") : here("../../migrations");

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
    await applyMigrations(db, { migrationsFolder });
    await createLikeness(db);
    await setMissingNames(db);
  } finally {
    // Ending the connection releases the lock, whatever happened.
    await client.end({ timeout: 5 });
  }
}
