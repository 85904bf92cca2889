import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createDatabase, type TestDatabase } from "../../../test/harness/database.js";
import { type Database, openDatabase } from "../src/connection/database.js";
import { isUnavailable } from "../src/connection/failure.js";

const rounds = 20;
const writers = 8;

let place: TestDatabase;
let database: Database;

beforeAll(async () => {
  place = await createDatabase();
  await place.sql`create table written (writer int, n int, primary key (writer, n))`;
  database = openDatabase({ url: place.url, max: writers });
});

afterAll(async () => {
  await database.close();
  await place.drop();
});

/** Two rows or none, which shows whether a transaction ever ran into another one's connection. */
const write = (writer: number, n: number) =>
  database.transaction(async (tx) => {
    await tx.execute(sql`insert into written values (${writer}, ${2 * n})`);
    await tx.execute(sql`insert into written values (${writer}, ${2 * n + 1})`);
  });

test("connections that are lost under load fail what was under way, and nothing else", async () => {
  let isOver = false;
  const acknowledged: string[] = [];
  const failures: unknown[] = [];
  const working = Array.from({ length: writers }, async (_, writer) => {
    for (let n = 0; !isOver; n += 1) {
      await write(writer, n).then(
        () => acknowledged.push(`${writer}:${n}`),
        (error) => failures.push(error),
      );
    }
  });
  try {
    for (let round = 0; round < rounds; round += 1) {
      const before = acknowledged.length;
      await place.sql`select pg_terminate_backend(pid) from pg_stat_activity
                      where datname = current_database() and application_name = 'vero'`;
      await expect.poll(() => acknowledged.length, { interval: 5 }).toBeGreaterThan(before + writers);
    }
  } finally {
    // Writers that went on would keep a failed test from ending.
    isOver = true;
  }
  await Promise.all(working);
  expect(failures.length).toBeGreaterThan(0);
  expect(failures.filter((error) => !isUnavailable(error))).toEqual([]);
  const rows = await place.sql<{ at: string; count: number }[]>`
    select writer || ':' || n / 2 as at, count(*)::int as count from written group by 1`;
  expect(rows.filter(({ count }) => count !== 2)).toEqual([]);
  const found = new Set(rows.map(({ at }) => at));
  expect(acknowledged.filter((at) => !found.has(at))).toEqual([]);
  await Promise.all(Array.from({ length: 2 * writers }, () => database.ping()));
});
