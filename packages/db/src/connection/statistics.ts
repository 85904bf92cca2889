import { sql } from "drizzle-orm";
import type { Executor } from "./database.js";

/** As many rows as the server's own autovacuum waits for. With fewer it would take every column for unique. */
const minRows = 50;

/**
 * Analyses the tables that have at least twice the rows that the planner knows of. A plan that was made for few rows
 * reads a whole workspace where a look-up by key would do, and is kept until the table is analysed. A server does
 * that by itself up to a minute later (PostgreSQL's default), in which a table of a young database may grow a
 * thousandfold. A table that is
 * being analysed, or that belongs to another database user, is left to the server.
 */
export async function analyseGrownTables(db: Executor, ended: AbortSignal): Promise<void> {
  const tables = await db.execute<{ name: string }>(sql`
    select relation.relname as name
    from pg_stat_user_tables counted join pg_class relation on relation.oid = counted.relid
    where counted.schemaname = current_schema() and counted.n_live_tup >= greatest(${minRows}, 2 * relation.reltuples)
      and pg_has_role(relation.relowner, 'MEMBER')
    order by relation.relname`);
  for (const { name } of tables) {
    if (!ended.aborted) await db.execute(sql`analyze (skip_locked) ${sql.identifier(name)}`);
  }
}
