import { sql } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { createDatabase, type TestDatabase } from "../../../test/harness/database.js";
import { type Database, openDatabase } from "../src/connection/database.js";
import { isAway, isOutcomeUnknown, isUnavailable, isWriteRefusal } from "../src/connection/failure.js";

let own: TestDatabase;
let database: Database;

beforeAll(async () => {
  own = await createDatabase();
});
afterAll(() => own.drop());
beforeEach(() => {
  database = openDatabase({ url: own.url, max: 2 });
});
afterEach(() => database.close());

const refusedWrite = () =>
  database.executor.execute(sql`do $$ begin raise exception using errcode = 'disk_full'; end $$`);

test("ready: rejects while the database takes no writes at all, and recovers with it", async () => {
  const name = own.sql(new URL(own.url).pathname.slice(1));
  await database.ready();
  await own.sql`alter database ${name} set default_transaction_read_only = on`;
  const another = openDatabase({ url: own.url, max: 1 });
  await expect(another.ready()).rejects.toSatisfy(isUnavailable);
  await another.close();
  await own.sql`alter database ${name} reset default_transaction_read_only`;
  await database.ready();
});

test("ready: after a refused write rejects until a table can grow again, and leaves no table behind", async () => {
  // In the way of the table that the check makes: to a check, one refusal is like another.
  await own.sql`create table vero_write_check ()`;
  await database.ready();
  await expect(refusedWrite()).rejects.toSatisfy(isWriteRefusal);
  await expect(database.ready()).rejects.toThrow();
  await expect(database.ready()).rejects.toThrow();
  await own.sql`drop table vero_write_check`;
  await database.ready();
  expect(await own.sql`select relname from pg_class where relname = 'vero_write_check'`).toEqual([]);
});

const driverError = (code: string): Error => new Error("query failed", { cause: Object.assign(new Error(), { code }) });

test.each(["08006", "57P01", "40003", "ECONNRESET", "CONNECTION_CLOSED"])(
  "the outcome of a transaction that ended with %s is unknown",
  (code) => expect(isOutcomeUnknown(driverError(code))).toBe(true),
);

test.each(["40001", "40P01", "55P03", "57014", "53100", "53300", "25006", "23505"])(
  "a transaction that ended with %s was not committed",
  (code) => expect(isOutcomeUnknown(driverError(code))).toBe(false),
);

test.each(["08006", "57P01", "57P03", "ECONNREFUSED", "CONNECTION_CLOSED"])("after %s the database is away", (code) =>
  expect(isAway(driverError(code))).toBe(true),
);

test.each(["40001", "40P01", "55P03", "57014", "57P05", "53100", "53300", "25006"])(
  "after %s the database is not away",
  (code) => expect(isAway(driverError(code))).toBe(false),
);
