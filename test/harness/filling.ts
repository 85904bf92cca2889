import type postgres from "postgres";
import type { Person } from "./people.js";

/**
 * Adds so much to a workspace that only look-ups by key are cheap: users, each in a conversation with the next two, who
 * have said and hidden and reacted and blocked.
 */
export const fill = async (sql: postgres.Sql, founder: Person): Promise<void> => {
  await sql.begin((tx) => fillIn(tx, founder));
};

/** The least that each of the tables has then. */
export const rows = 3_000;

export const filled = [
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
    select ${tenantId}, gen_random_uuid(), 'bulk ' || n, 'member' from generate_series(1, ${rows}::int) n`;
  await sql`
    insert into conversations (tenant_id, id, type, name, created_by, last_seq, last_change_seq)
    select ${tenantId}, gen_random_uuid(), 'group', 'bulk', ${id}, 3, 3 from generate_series(1, ${rows}::int)`;
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
