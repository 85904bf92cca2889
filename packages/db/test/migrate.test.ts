import { afterAll, beforeAll, expect, it } from "vitest";
import { createDatabase, type TestDatabase } from "../../../test/harness/database.js";
import { waitFor, within } from "../../../test/harness/waiting.js";
import { migrate } from "../src/connection/migrate.js";

let stored: TestDatabase;
beforeAll(async () => {
  stored = await createDatabase();
  // As it was before the last migration.
  await stored.sql`drop table storage_changes, storage_totals, storage_usage`;
  await stored.sql`alter table media drop column attach_by`;
  await stored.sql`
    delete from drizzle.__drizzle_migrations
    where created_at = (select max(created_at) from drizzle.__drizzle_migrations)`;
});
afterAll(() => stored?.drop());

it("a migration lets others read while it waits for somebody who has read for long, and goes through after them", async () => {
  const { sql } = stored;
  const reader = await sql.reserve();
  await reader`begin`;
  await reader`select count(*) from media`;
  const migrated = migrate(stored.url);
  const isWaiting = async () =>
    (await sql`select from pg_locks where relation = 'media'::regclass and not granted`).length > 0;
  await waitFor(isWaiting, "the migration to wait for the reader");
  await within(Promise.resolve(sql`select count(*) from media`), "another reader to be let in");
  await reader`commit`;
  reader.release();
  await migrated;
  expect(await sql`select attach_by from media`).toEqual([]);
});
