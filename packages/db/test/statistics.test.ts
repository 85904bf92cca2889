import { expect, it } from "vitest";
import { analyseGrownTables } from "../src/connection/statistics.js";
import { useDatabase } from "./database.setup.js";

const fixture = useDatabase(1);

const running = new AbortController().signal;

it("analyses a table with enough rows, and again when it has twice as many", async () => {
  const { stored, database } = fixture;
  await stored.sql`create table grown (n int) with (autovacuum_enabled = false)`;
  const known = async (): Promise<number> => {
    await analyseGrownTables(database.executor, running);
    const [row] = await stored.sql<{ reltuples: number }[]>`select reltuples from pg_class where relname = 'grown'`;
    return Number(row?.reltuples);
  };
  const add = (rows: number): Promise<unknown> =>
    stored.sql.begin(async (tx) => {
      await tx`insert into grown select generate_series(1, ${rows}::int)`;
      await tx`select pg_stat_force_next_flush()`;
    });
  const seen: number[] = [];
  for (const rows of [49, 11, 59, 1]) {
    await add(rows);
    seen.push(await known());
  }
  expect(seen).toEqual([-1, 60, 60, 120]);
});
