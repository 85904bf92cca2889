import { once } from "node:events";
import { type AddressInfo, connect, createServer } from "node:net";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createDatabase, type TestDatabase } from "../../../test/harness/database.js";
import { freePort } from "../../../test/harness/ports.js";
import { waitFor } from "../../../test/harness/waiting.js";
import { openDatabase } from "../src/connection/database.js";
import { Deadline, withDeadline } from "../src/connection/deadline.js";
import { isUnavailable } from "../src/connection/failure.js";

let place: TestDatabase;
beforeAll(async () => {
  place = await createDatabase();
});
afterAll(() => place.drop());

/** The address of the test's database with several hosts instead of its own. */
const urlOf = (hosts: readonly string[]): string => place.url.replace(new URL(place.url).host, hosts.join(","));
const isUnavailableError = (work: Promise<unknown>): Promise<boolean> => work.then(() => false, isUnavailable);

/** Takes connections and ends them without a word. */
async function startRefusing() {
  let count = 0;
  const server = createServer((socket) => {
    count += 1;
    socket.destroy();
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    host: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    attempts: () => count,
    close: () => server.close(),
  };
}

/** Passes connections on to the test's server. */
async function startForwarding() {
  let count = 0;
  const { hostname, port } = new URL(place.url);
  const server = createServer((near) => {
    count += 1;
    const far = connect(Number(port), hostname);
    for (const socket of [near, far])
      socket.on("error", () => {}).on("close", () => [near, far].map((one) => one.destroy()));
    near.pipe(far).pipe(near);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    host: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    connections: () => count,
    close: () => server.close(),
  };
}

const running = () =>
  place.sql`select query from pg_stat_activity
    where datname = current_database() and application_name = 'vero' and state = 'active'`;

test.each(["before", "after"])(
  "deadline: with a dead host %s the living one, the statement is cancelled at the host that runs it",
  async (where) => {
    const living = new URL(place.url).host;
    const dead = `127.0.0.1:${await freePort()}`;
    const database = openDatabase({ url: urlOf(where === "before" ? [dead, living] : [living, dead]), max: 1 });
    try {
      const work = withDeadline(new Deadline(1_000), () =>
        database.transaction(async (tx) => {
          // Without a limit of its own, so that nothing but the deadline ends it.
          await tx.execute(sql`select set_config('statement_timeout', '0', true)`);
          await tx.execute(sql`select pg_sleep(600)`);
        }),
      );
      await waitFor(async () => (await running()).length === 1, "the statement to run");
      expect(await isUnavailableError(work)).toBe(true);
      await waitFor(async () => (await running()).length === 0, "the statement to be cancelled");
      await database.ping();
    } finally {
      await place.sql`select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and application_name = 'vero'`;
      await database.close();
    }
  },
);

test("hosts: where all refuse, a call fails once each has been tried, and they are not tried in a loop", async () => {
  const hosts = [await startRefusing(), await startRefusing()];
  const database = openDatabase({ url: urlOf(hosts.map(({ host }) => host)), max: 1 });
  try {
    for (const calls of [1, 2]) {
      expect(await isUnavailableError(database.ping())).toBe(true);
      expect(hosts.map(({ attempts }) => attempts())).toEqual([calls, calls]);
    }
  } finally {
    await database.close();
    for (const host of hosts) host.close();
  }
});

test("hosts: many calls at once find the host that lives, whichever they have tried first", async () => {
  const refusing = await startRefusing();
  const database = openDatabase({ url: urlOf([refusing.host, new URL(place.url).host]), max: 8 });
  try {
    await Promise.all(Array.from({ length: 40 }, () => database.ping()));
    // All of the pool at most, before the first of them knew.
    expect(refusing.attempts()).toBeLessThanOrEqual(8);
  } finally {
    await database.close();
    refusing.close();
  }
});

test("hosts: a connection that served and ended is made again to the same host, not to a standby behind it", async () => {
  const first = await startForwarding();
  const database = openDatabase({ url: urlOf([first.host, new URL(place.url).host]), max: 1 });
  try {
    await database.ping();
    for (const made of [2, 3]) {
      await place.sql`select pg_terminate_backend(pid) from pg_stat_activity
        where datname = current_database() and application_name = 'vero'`;
      await waitFor(
        () =>
          database.ping().then(
            () => true,
            () => false,
          ),
        "the next connection to answer",
      );
      expect(first.connections()).toBe(made);
    }
  } finally {
    await database.close();
    first.close();
  }
});
