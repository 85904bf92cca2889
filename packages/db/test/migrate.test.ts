import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createDatabase, type TestDatabase } from "../../../test/harness/database.js";
import { waitFor, within } from "../../../test/harness/waiting.js";
import journal from "../migrations/meta/_journal.json" with { type: "json" };
import { migrate } from "../src/connection/migrate.js";

let stored: TestDatabase;
const [tenant, user, conversation, message] = [randomUUID(), randomUUID(), randomUUID(), randomUUID()];
beforeAll(async () => {
  stored = await createDatabase();
  const { sql } = stored;
  await sql`insert into tenants (id, name, slug) values (${tenant}, 'Workspace', ${tenant})`;
  await sql`insert into users (tenant_id, id, display_name, role) values (${tenant}, ${user}, 'Ada', 'owner')`;
  await sql`
    insert into conversations (tenant_id, id, type, created_by, last_seq, last_change_seq)
    values (${tenant}, ${conversation}, 'group', ${user}, 7, 7)`;
  await sql`
    insert into messages (tenant_id, id, conversation_id, seq, change_seq, sender_id, type, text)
    values (${tenant}, ${message}, ${conversation}, 7, 7, ${user}, 'text', 'Hello')`;
  // As it was before the migration that gave hides the place of their message.
  await sql`alter table message_hides drop column conversation_id, drop column seq`;
  await sql`drop index messages_unread_for_nobody, messages_from_blocked`;
  await sql`
    insert into message_hides (tenant_id, message_id, user_id, state_seq) values (${tenant}, ${message}, ${user}, 1)`;
  const { when } = journal.entries.find(({ tag }) => tag === "0009_unread_exceptions") as { when: number };
  await sql`delete from drizzle.__drizzle_migrations where created_at >= ${when}`;
});
afterAll(() => stored?.drop());

it("a migration lets others read while it waits for somebody who has read for long, and goes through after them", async () => {
  const { sql } = stored;
  const reader = await sql.reserve();
  await reader`begin`;
  await reader`select count(*) from message_hides`;
  const migrated = migrate(stored.url);
  const isWaiting = async () =>
    (await sql`select from pg_locks where relation = 'message_hides'::regclass and not granted`).length > 0;
  await waitFor(isWaiting, "the migration to wait for the reader");
  await within(Promise.resolve(sql`select count(*) from message_hides`), "another reader to be let in");
  await reader`commit`;
  reader.release();
  await migrated;
  // Earlier hides have the conversation and seq of their message.
  expect(await sql`select conversation_id, seq from message_hides`).toEqual([
    { conversation_id: conversation, seq: "7" },
  ]);
});
