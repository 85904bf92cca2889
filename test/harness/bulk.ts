import { randomUUID } from "node:crypto";
import { insertMessages, openDatabase } from "@vero/db";
import { lockConversation } from "@vero/db/conversation-log";
import type postgres from "postgres";
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
    ), sent as (
      insert into messages (tenant_id, id, conversation_id, seq, change_seq, sender_id, type, text)
      select ${tenant}, gen_random_uuid(), id, 1, 1, ${owner.id}, 'text', 'Hello' from made
    )
    insert into participants (tenant_id, conversation_id, user_id, role, last_read_seq)
    select ${tenant}, made.id, people.id, people.role::conversation_role, people.last_read_seq
    from made, (values (${owner.id}::uuid, 'owner', 1), (${other.id}::uuid, 'member', 0)) people (id, role, last_read_seq)`;
  // The service does it a moment later: without statistics the plans are for an empty table.
  await sql`analyze conversations, messages, participants`;
}

/**
 * Adds so much to a workspace that only look-ups by key are cheap: users, each in a conversation with the next two, who
 * have sent and hidden and reacted and blocked.
 */
export const fill = async (sql: postgres.Sql, founder: Person): Promise<void> => {
  await sql.begin((tx) => fillIn(tx, founder));
};

/** The least that each of the tables has then. */
export const minFilledRows = 3_000;

export const filledTables = [
  "users",
  "conversations",
  "participants",
  "messages",
  "media",
  "attachments",
  "reactions",
  "message_hides",
  "message_edits",
  "receipt_counters",
  "personal_counters",
  "blocks",
  "block_marks",
];

async function fillIn(sql: postgres.TransactionSql, { id, me }: Person): Promise<void> {
  const tenantId = me.tenant.id;
  await sql`
    insert into users (tenant_id, id, display_name, role)
    select ${tenantId}, gen_random_uuid(), 'bulk ' || n, 'member' from generate_series(1, ${minFilledRows}::int) n`;
  await sql`
    insert into conversations (tenant_id, id, type, name, created_by, last_seq, last_change_seq)
    select ${tenantId}, gen_random_uuid(), 'group', 'bulk', ${id}, 3, 3 from generate_series(1, ${minFilledRows}::int)`;
  await sql`
    create temporary table bulk on commit drop as
    select c.tenant_id, c.id as conversation_id, u.id as user_id, row_number() over (partition by c.id order by u.id) as seq,
      gen_random_uuid() as message_id, gen_random_uuid() as media_id
    from (select *, row_number() over () as n from conversations where tenant_id = ${tenantId} and name = 'bulk') c
    join (select *, row_number() over () as n from users where tenant_id = ${tenantId} and display_name like 'bulk %') u
      on u.n between c.n and c.n + 2`;
  await sql`
    insert into participants (tenant_id, conversation_id, user_id, role, receipt_seq)
    select tenant_id, conversation_id, user_id, 'member', seq from bulk`;
  await sql`
    insert into messages
      (tenant_id, id, conversation_id, seq, change_seq, sender_id, type, text, client_message_id, content_hash)
    select tenant_id, message_id, conversation_id, seq, seq, user_id, 'text', 'bulk', message_id::text, '' from bulk`;
  await sql`
    insert into media
      (tenant_id, id, uploader_id, status, file_name, content_type, size_bytes, upload_key, object_key, upload_expires_at)
    select tenant_id, media_id, user_id, (case seq when 1 then 'pending' else 'ready' end)::media_status, 'bulk', 'text/plain',
      1, media_id::text, case when seq > 1 then media_id::text end, now() from bulk`;
  await sql`
    insert into attachments (tenant_id, message_id, position, media_id, conversation_id)
    select tenant_id, message_id, 0, media_id, conversation_id from bulk`;
  await sql`
    insert into reactions (tenant_id, message_id, user_id, emoji, change_seq)
    select tenant_id, message_id, user_id, '👍', seq from bulk`;
  await sql`
    insert into message_hides (tenant_id, message_id, user_id, conversation_id, seq, state_seq)
    select tenant_id, message_id, user_id, conversation_id, seq, seq from bulk`;
  await sql`
    insert into message_edits (tenant_id, message_id, change_seq, text)
    select tenant_id, message_id, seq, 'bulk' from bulk`;
  await sql`
    insert into receipt_counters (tenant_id, conversation_id, last_receipt_seq)
    select distinct tenant_id, conversation_id, 3 from bulk`;
  await sql`
    insert into personal_counters (tenant_id, user_id, last_state_seq)
    select distinct tenant_id, user_id, 3 from bulk`;
  await sql`
    insert into blocks (tenant_id, blocker_id, blocked_id, state_seq)
    select distinct one.tenant_id, one.user_id, other.user_id, 1
    from bulk one join bulk other using (conversation_id) where one.user_id < other.user_id`;
  await sql`
    insert into block_marks (tenant_id, conversation_id, blocker_id, blocked_id, blocker_read_seq, blocked_read_seq)
    select one.tenant_id, conversation_id, one.user_id, other.user_id, 0, 0
    from bulk one join bulk other using (conversation_id) where one.user_id < other.user_id`;
}
