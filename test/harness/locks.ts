import type postgres from "postgres";
import { waitFor } from "./waiting.js";

/** Waits until some statement of the services waits for a lock that the test holds. */
export async function untilLockAwaited(sql: postgres.Sql): Promise<void> {
  await waitFor(async () => {
    const waiting = await sql`
      select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
    return waiting.length > 0;
  }, "a statement to wait for the lock");
}
