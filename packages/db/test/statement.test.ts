import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createDatabase, type TestDatabase } from "../../../test/harness/database.js";
import { type Database, openDatabase } from "../src/connection/database.js";
import { statement } from "../src/connection/statement.js";

let stored: TestDatabase;
let database: Database;
beforeAll(async () => {
  stored = await createDatabase();
  database = openDatabase({ url: stored.url, max: 2 });
});
afterAll(async () => {
  await database.close();
  await stored.drop();
});

describe("a statement", () => {
  it("is built once, and prepared once for each connection, whatever the values", async () => {
    let builds = 0;
    const add = statement<{ left: number; right: number }, { sum: number }>((value) => {
      builds += 1;
      return sql`select ${value("left")}::int + ${value("right")}::int as sum`;
    });
    await database.transaction(async (tx) => {
      for (let n = 0; n < 100; n += 1) expect(await add(tx, { left: n, right: 1 })).toEqual([{ sum: n + 1 }]);
      const prepared = await tx.execute(
        sql`select statement from pg_prepared_statements where statement like '%as sum'`,
      );
      expect(prepared).toHaveLength(1);
    });
    await add(database.executor, { left: 1, right: 1 });
    expect(builds).toBe(1);
  });

  it("runs in the transaction that it is given, and ends with it", async () => {
    const create = statement<object>(() => sql`create table gone (n int)`);
    const undone = database.transaction(async (tx) => {
      await create(tx, {});
      throw new Error("undone");
    });
    await expect(undone).rejects.toThrow("undone");
    expect(await stored.sql`select to_regclass('gone') as name`).toEqual([{ name: null }]);
  });

  it("that fails names its text, with the server's error as the cause", async () => {
    const divide = statement<{ by: number }>((value) => sql`select 1 / ${value("by")}::int`);
    await expect(divide(database.executor, { by: 0 })).rejects.toMatchObject({
      query: "select 1 / $1::int",
      cause: { code: "22012" },
    });
  });
});
