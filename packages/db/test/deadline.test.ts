import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { waitFor } from "../../../test/harness/waiting.js";
import { Deadline, withDeadline } from "../src/connection/deadline.js";
import { isUnavailable } from "../src/connection/failure.js";
import { useDatabase } from "./database.setup.js";

const fixture = useDatabase(3);

const soon = () => new Deadline(200);
const unavailable = (work: Promise<unknown>) =>
  expect(work.catch((error: unknown) => Promise.reject(isUnavailable(error)))).rejects.toBe(true);

/** Lists the statements that the server runs for our pool. */
const running = () =>
  fixture.stored.sql`select query from pg_stat_activity
    where datname = current_database() and application_name = 'vero' and state = 'active'`;

test("deadline: a statement that is still running when it passes is cancelled, and its connection is used again", async () => {
  await unavailable(
    withDeadline(soon(), () =>
      fixture.database.transaction(async (tx) => {
        // Without a limit of its own, so that nothing but the deadline ends it.
        await tx.execute(sql`select set_config('statement_timeout', '0', true)`);
        await tx.execute(sql`select pg_sleep(600)`);
      }),
    ),
  );
  await waitFor(async () => (await running()).length === 0, "the statement to be cancelled");
  await Promise.all([fixture.database.ping(), fixture.database.ping(), fixture.database.ping()]);
});

test("deadline: of statements that were sent together the one that runs is cancelled", async () => {
  await unavailable(
    withDeadline(soon(), () =>
      fixture.database.transaction(async (tx) => {
        await tx.execute(sql`select set_config('statement_timeout', '0', true)`);
        await Promise.all([tx.execute(sql`select pg_sleep(600)`), tx.execute(sql`select 1`)]);
      }),
    ),
  );
  await waitFor(async () => (await running()).length === 0, "the statement to be cancelled");
});

test("deadline: a single statement ends with it as well", async () => {
  const since = performance.now();
  await unavailable(withDeadline(soon(), () => fixture.database.executor.execute(sql`select pg_sleep(4)`)));
  await waitFor(async () => (await running()).length === 0, "the statement to be cancelled");
  expect(performance.now() - since).toBeLessThan(4_000);
});

test("deadline: of several statements those that come after it are not begun", async () => {
  await fixture.stored.sql`create table steps (n int)`;
  const deadline = soon();
  await unavailable(
    withDeadline(deadline, async () => {
      await fixture.database.executor.execute(sql`insert into steps values (1)`);
      await waitFor(() => deadline.remainingMs === 0);
      await fixture.database.executor.execute(sql`insert into steps values (2)`);
    }),
  );
  expect(await fixture.stored.sql`select n from steps`).toEqual([{ n: 1 }]);
});

test("deadline: what was only set in motion is free of it", async () => {
  const deadline = soon();
  let later: Promise<void> = Promise.resolve();
  await withDeadline(deadline, async () => {
    later = waitFor(() => deadline.remainingMs === 0).then(() => fixture.database.ping());
    await fixture.database.ping();
  });
  await later;
});
