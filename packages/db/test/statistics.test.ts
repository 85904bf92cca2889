import { expect, it } from "vitest";
import { analyseGrownTables } from "../src/connection/statistics.js";
import { useDatabase } from "./database.setup.js";

const fixture = useDatabase(1);

const running = new AbortController().signal;

/** Makes a table that the server does not analyse by itself; returns what adds rows, and what analyses. */
async function createTable(name: string) {
  const { stored, database } = fixture;
  const { sql } = stored;
  await sql`create table ${sql(name)} (n int) with (autovacuum_enabled = false)`;
  return {
    add: (rows: number): Promise<unknown> =>
      sql.begin(async (tx) => {
        await tx`insert into ${tx(name)} select generate_series(1, ${rows}::int)`;
        await tx`select pg_stat_force_next_flush()`;
      }),
    async analyse(): Promise<number> {
      await analyseGrownTables(database.executor, running);
      const [row] = await sql<{ reltuples: number }[]>`select reltuples from pg_class where relname = ${name}`;
      return Number(row?.reltuples);
    },
  };
}

it("analyses a table with enough rows, and again when it has twice as many", async () => {
  const { add, analyse } = await createTable("grown");
  const seen: number[] = [];
  for (const rows of [49, 1, 49, 1]) {
    await add(rows);
    seen.push(await analyse());
  }
  expect(seen).toEqual([-1, 50, 50, 100]);
});

it("leaves a table that is locked to the server, and does not wait for it", async () => {
  const { add, analyse } = await createTable("locked");
  await add(50);
  await fixture.stored.sql.begin(async (tx) => {
    await tx`lock table locked in access exclusive mode`;
    expect(await analyse()).toBe(-1);
  });
  expect(await analyse()).toBe(50);
});
