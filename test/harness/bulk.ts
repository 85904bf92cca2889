import { randomUUID } from "node:crypto";
import { insertMessages, openDatabase } from "@vero/db";
import { lockConversation } from "@vero/db/conversation-log";
import { unindexedDraft } from "./drafts.js";
import type { Person } from "./people.js";
import type { Stack } from "./stack.js";
import { upTo } from "./workspace.js";

/** Inserts users into a workspace who never sign in; answers their ids. */
export async function crowdOf({ database: { sql } }: Stack, { me }: Person, count: number): Promise<string[]> {
  const rows = upTo(count).map((n) => ({
    tenant_id: me.tenant.id,
    id: randomUUID(),
    display_name: `Crowd ${n}`,
    role: "member",
  }));
  await sql`insert into users ${sql(rows)}`;
  return rows.map(({ id }) => id);
}

/** Inserts messages directly into the database, all at once; no events are published. */
export async function writeMany(stack: Stack, by: Person, conversation_id: string, texts: readonly string[]) {
  const database = openDatabase({ url: stack.database.url, max: 1 });
  const tenant_id = by.me.tenant.id;
  const source = { tenant_id, conversation_id, sender_id: by.id };
  const messages = texts.map((text) => unindexedDraft(source, text));
  await database.transaction(async (tx) => {
    await insertMessages(await lockConversation(tx, { tenant_id, conversation_id }), messages);
  });
  await database.close();
}

/** Inserts groups of two, in each of which the owner has written one message; no events are published. */
export async function groupsOf({ database: { sql } }: Stack, owner: Person, other: Person, count: number) {
  const tenant = owner.me.tenant.id;
  await sql`
    with made as (
      insert into conversations (tenant_id, id, type, created_by, last_seq, last_change_seq)
      select ${tenant}, gen_random_uuid(), 'group', ${owner.id}, 1, 1 from generate_series(1, ${count})
      returning id
    ), said as (
      insert into messages (tenant_id, id, conversation_id, seq, change_seq, sender_id, type, text)
      select ${tenant}, gen_random_uuid(), id, 1, 1, ${owner.id}, 'text', 'Hello' from made
    )
    insert into participants (tenant_id, conversation_id, user_id, role, last_read_seq)
    select ${tenant}, made.id, people.id, people.role::conversation_role, people.last_read_seq
    from made, (values (${owner.id}::uuid, 'owner', 1), (${other.id}::uuid, 'member', 0)) people (id, role, last_read_seq)`;
  // Autovacuum does it a moment later: without statistics the plans are for an empty table.
  await sql`analyze conversations, messages, participants`;
}
