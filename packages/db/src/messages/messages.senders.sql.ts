import { and, eq, sql } from "drizzle-orm";
import type { Executor } from "../connection/database.js";
import { anyId, idList } from "../connection/lists.js";
import { statement } from "../connection/statement.js";
import { conversations } from "../conversations/conversations.table.js";
import { blocksOther } from "../participants/participants.list.sql.js";
import { participants } from "../participants/participants.table.js";
import { isMember } from "../participants/participants.visibility.sql.js";
import type { Replied } from "./messages.sql.js";
import { messageHides, messages } from "./messages.table.js";

export interface SenderKey {
  conversation_id: string;
  sender_id: string;
  client_message_id: string | null;
}

/** A participant who sends something, with the message that they have sent under the same key before. */
export interface Sender {
  visible_from_seq: number;
  visible_to_seq: number | null;
  /** Whether they have blocked the other side of a direct conversation; null in a group. */
  blocks_other: boolean | null;
  earlier: { id: string; content_hash: string | null } | null;
}

type SenderRow = {
  ordinal: number;
  visible_from_seq: string;
  visible_to_seq: string | null;
  blocks_other: boolean | null;
  earlier_id: string | null;
  earlier_hash: string | null;
};

const sendersOf = statement<{ tenant_id: string; given: string }, SenderRow>(
  (value) => sql`
    select given.ordinal, sender.*, earlier.id as earlier_id, earlier.content_hash as earlier_hash
    from jsonb_to_recordset(${value("given")}::jsonb) as given (
      ordinal int, conversation_id uuid, sender_id uuid, client_message_id text
    )
    cross join lateral (
      select ${participants.visible_from_seq}, ${participants.visible_to_seq}, ${blocksOther} as blocks_other
      from ${participants}
      join ${conversations} on ${conversations.tenant_id} = ${participants.tenant_id}
        and ${conversations.id} = ${participants.conversation_id}
      where ${participants.tenant_id} = ${value("tenant_id")}
        and ${participants.conversation_id} = given.conversation_id
        and ${participants.user_id} = given.sender_id and ${isMember()} offset 0
    ) sender
    left join lateral (
      select id, content_hash from ${messages}
      where ${messages.tenant_id} = ${value("tenant_id")} and ${messages.conversation_id} = given.conversation_id
        and ${messages.sender_id} = given.sender_id
        and ${messages.client_message_id} = given.client_message_id offset 0
    ) earlier on true`,
);

/**
 * Lists the senders in the order given, and undefined for those who do not take part. It finds earlier messages also
 * where they are deleted or outside of the sender's window by now, and has to run under the conversations' locks: then
 * a key that is not found stays unused until the transaction writes it.
 */
export async function listSenders(
  db: Executor,
  { tenant_id, keys }: { tenant_id: string; keys: readonly SenderKey[] },
): Promise<(Sender | undefined)[]> {
  const given = JSON.stringify(keys.map((key, ordinal) => ({ ordinal, ...key })));
  const rows = await sendersOf(db, { tenant_id, given });
  const senders = new Array<Sender | undefined>(keys.length).fill(undefined);
  for (const { ordinal, earlier_id, earlier_hash, blocks_other, ...window } of rows) {
    senders[ordinal] = {
      visible_from_seq: Number(window.visible_from_seq),
      visible_to_seq: window.visible_to_seq === null ? null : Number(window.visible_to_seq),
      blocks_other,
      earlier: earlier_id === null ? null : { id: earlier_id, content_hash: earlier_hash },
    };
  }
  return senders;
}

export interface RepliedRow extends Replied {
  conversation_id: string;
  deleted_at: Date | null;
}

/** Lists messages by id, tombstones included, each with the users it is hidden from. */
export const listReplied = (
  db: Executor,
  { tenant_id, ids }: { tenant_id: string; ids: readonly string[] },
): Promise<RepliedRow[]> =>
  db
    .select({
      id: messages.id,
      conversation_id: messages.conversation_id,
      seq: messages.seq,
      sender_id: messages.sender_id,
      text: messages.text,
      deleted_at: messages.deleted_at,
      hidden_from: sql<string[]>`coalesce((
        select jsonb_agg(h.user_id) from ${messageHides} h where h.tenant_id = ${tenant_id} and h.message_id = messages.id
      ), '[]')`,
    })
    .from(messages)
    .where(and(eq(messages.tenant_id, tenant_id), sql`${messages.id} = ${anyId(ids)}`));

const present = statement<
  { tenant_id: string; conversation_ids: string; user_ids: string },
  { conversation_id: string; user_id: string }
>(
  (value) => sql`
    select membership.conversation_id, membership.user_id
    from unnest(${value("conversation_ids")}::uuid[], ${value("user_ids")}::uuid[]) as given (conversation_id, user_id)
    join ${participants} membership on membership.tenant_id = ${value("tenant_id")}
      and membership.conversation_id = given.conversation_id and membership.user_id = given.user_id
    where membership.left_at is null`,
);

/** Lists which of the users take part in the conversations that they are given with. */
export const listPresent = (
  db: Executor,
  { tenant_id, pairs }: { tenant_id: string; pairs: readonly { conversation_id: string; user_id: string }[] },
): Promise<{ conversation_id: string; user_id: string }[]> =>
  present(db, {
    tenant_id,
    conversation_ids: idList(pairs.map(({ conversation_id }) => conversation_id)),
    user_ids: idList(pairs.map(({ user_id }) => user_id)),
  });
