import { sql } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { createDatabase, type TestDatabase } from "../../../test/harness/database.js";
import { waitFor, within } from "../../../test/harness/waiting.js";
import { type Database, openDatabase } from "../src/connection/database.js";
import { isUnavailable } from "../src/connection/failure.js";
import { TestProxy } from "./proxy.js";

const max = 3;
let place: TestDatabase;
let proxy: TestProxy;
let database: Database;

beforeAll(async () => {
  place = await createDatabase();
});
afterAll(() => place.drop());

beforeEach(async () => {
  proxy = new TestProxy(place.url);
  await proxy.open();
  database = openDatabase({ url: proxy.url, max });
});
afterEach(async () => {
  await database.close();
  await proxy.close();
});

const calls = (): Promise<unknown>[] => [
  database.ping(),
  database.transaction((tx) => tx.execute(sql`select 1`)),
  database.snapshot((tx) => tx.execute(sql`select 1`)),
  database.notify("outage", [""]),
  database.ping(),
];

/** How long they took, all of them having failed for want of a database. */
async function allUnavailable(asked: Promise<unknown>[]): Promise<number> {
  const since = performance.now();
  const answers = await within(Promise.allSettled(asked), "calls to fail while there is no database");
  expect(answers.map((answer) => answer.status === "rejected" && isUnavailable(answer.reason))).toEqual(
    asked.map(() => true),
  );
  return performance.now() - since;
}

/** Until all calls are answered again. */
async function recovery(): Promise<void> {
  await waitFor(
    () => Promise.allSettled(calls()).then((all) => all.every(({ status }) => status === "fulfilled")),
    "the database to answer again",
  );
}

test("a server that hangs is given up in time, and used again once it answers", async () => {
  await Promise.all(calls());
  proxy.freeze();
  await allUnavailable(calls());
  // Those that connect anew have to wait for a server that accepts and does not greet.
  await allUnavailable(calls());
  proxy.thaw();
  await recovery();
});

test("a transaction that hangs half way does nothing later", async () => {
  await place.sql`create table half (n int)`;
  const transaction = database.transaction(async (tx) => {
    await tx.execute(sql`insert into half values (1)`);
    proxy.freeze();
    await tx.execute(sql`insert into half values (2)`);
  });
  await allUnavailable([transaction]);
  proxy.thaw();
  await recovery();
  expect(await place.sql`select n from half`).toEqual([]);
});

test("a server that refuses is noticed, and so is its return", async () => {
  await Promise.all(calls());
  await proxy.close();
  for (let round = 0; round < 5; round += 1) await allUnavailable(calls());
  await proxy.open();
  await recovery();
});

test("who finds no connection free is told so after two seconds, and too many at once", async () => {
  let release = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  const holders = Array.from({ length: max }, () => database.transaction(() => held));
  const crowd = Array.from({ length: 50 * max }, () => database.ping());
  const refused = await allUnavailable([database.ping()]);
  const waited = refused + (await allUnavailable(crowd));
  expect(refused).toBeLessThan(waited / 2);
  release();
  await Promise.all(holders);
  await recovery();
});
