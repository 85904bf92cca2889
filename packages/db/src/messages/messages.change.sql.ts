import { and, desc, eq, gt, lt, sql } from "drizzle-orm";
import type { Executor } from "../connection/database.js";
import type { ConversationTx, CounterTx } from "../conversation-log/conversation-log.sql.js";
import { nextState } from "../conversations/conversations.read-state.sql.js";
import { conversations } from "../conversations/conversations.table.js";
import { deleteAttachments } from "../media/media.attach.sql.js";
import { participants } from "../participants/participants.table.js";
import { isMember, isUnread, ofConversation } from "../participants/participants.visibility.sql.js";
import { messageEdits, messageHides, messages, reactions } from "./messages.table.js";

export interface MessageKey {
  tenant_id: string;
  message_id: string;
}

/** A message as one user sees it. */
export interface SeenMessageKey extends MessageKey {
  user_id: string;
}

const theOne = ({ tenant_id, message_id }: MessageKey) =>
  and(eq(messages.tenant_id, tenant_id), eq(messages.id, message_id));

/** Updates a message's text and keeps the earlier one as an edit. `search` is the tsvector of the new text. */
export async function updateText(
  tx: ConversationTx,
  key: MessageKey,
  { text, search }: { text: string; search: string | null },
  changeSeq: number,
): Promise<void> {
  await tx.execute(sql`
    insert into ${messageEdits} (tenant_id, message_id, change_seq, text)
    select tenant_id, id, ${changeSeq}::bigint, text from ${messages}
    where tenant_id = ${key.tenant_id} and id = ${key.message_id} and text is not null`);
  await tx.update(messages).set({ text, search, change_seq: changeSeq, edited_at: sql`now()` }).where(theOne(key));
}

/**
 * Deletes a message for everyone: its text, edits, reactions and attachments are erased, and the row remains as a
 * tombstone with its numbers.
 */
export async function deleteMessage(tx: ConversationTx, key: MessageKey, changeSeq: number): Promise<void> {
  const { tenant_id, message_id } = key;
  await tx
    .update(messages)
    .set({
      text: null,
      search: null,
      metadata: {},
      mentions: [],
      reply_to_id: null,
      forwarded_from: null,
      change_seq: changeSeq,
      deleted_at: sql`now()`,
    })
    .where(theOne(key));
  await tx
    .delete(messageEdits)
    .where(and(eq(messageEdits.tenant_id, tenant_id), eq(messageEdits.message_id, message_id)));
  await tx.delete(reactions).where(and(eq(reactions.tenant_id, tenant_id), eq(reactions.message_id, message_id)));
  await deleteAttachments(tx, key);
}

export interface EditRow {
  text: string;
  replaced_at: Date;
  change_seq: number;
}

/**
 * Lists the earlier texts of a message, newest first. `beforeChangeSeq` is that of the last item of the previous page.
 */
export const listEdits = (
  db: Executor,
  { tenant_id, message_id }: MessageKey,
  page: { limit: number; beforeChangeSeq?: number },
): Promise<EditRow[]> =>
  db
    .select({ text: messageEdits.text, replaced_at: messageEdits.replaced_at, change_seq: messageEdits.change_seq })
    .from(messageEdits)
    .where(
      and(
        eq(messageEdits.tenant_id, tenant_id),
        eq(messageEdits.message_id, message_id),
        page.beforeChangeSeq === undefined ? undefined : lt(messageEdits.change_seq, page.beforeChangeSeq),
      ),
    )
    .orderBy(desc(messageEdits.change_seq))
    .limit(page.limit);

const ofMessage = () =>
  and(eq(conversations.tenant_id, messages.tenant_id), eq(conversations.id, messages.conversation_id));

/** Says whether the message is unread for the user. */
export async function isMessageUnread(db: Executor, key: SeenMessageKey): Promise<boolean> {
  const rows = await db
    .select({ id: messages.id })
    .from(messages)
    .innerJoin(conversations, ofMessage())
    .innerJoin(participants, and(ofConversation(), eq(participants.user_id, key.user_id)))
    .where(and(theOne(key), isMember(), isUnread));
  return rows.length > 0;
}

/**
 * Says whether a participant has deleted the message for themselves. Messages that a block hid when they were sent
 * (`state_seq` 0) do not count, because the user has never seen them.
 */
export async function hasHidden(db: Executor, key: SeenMessageKey): Promise<boolean> {
  const rows = await db
    .select({ id: messageHides.message_id })
    .from(messageHides)
    .innerJoin(messages, and(eq(messages.tenant_id, messageHides.tenant_id), eq(messages.id, messageHides.message_id)))
    .innerJoin(conversations, ofMessage())
    .innerJoin(participants, and(ofConversation(), eq(participants.user_id, messageHides.user_id)))
    .where(and(theOne(key), eq(messageHides.user_id, key.user_id), gt(messageHides.state_seq, 0), isMember()));
  return rows.length > 0;
}

/**
 * Hides a message from one user; false when it was hidden already. `bumpHideSeq` numbers it later in the same
 * transaction, when all locks are taken.
 */
export async function hideMessage(tx: ConversationTx, key: SeenMessageKey): Promise<boolean> {
  const rows = await tx.execute(sql`
    insert into ${messageHides} (tenant_id, message_id, user_id, conversation_id, seq, state_seq)
    select tenant_id, id, ${key.user_id}::uuid, conversation_id, seq, 0 from ${messages} where ${theOne(key)}
    on conflict do nothing
    returning user_id`);
  return rows.length > 0;
}

/**
 * Takes the user's next `state_seq` (`counted`) and stores it on the hidden message, so that the user's other devices
 * find it.
 */
export async function bumpHideSeq(tx: CounterTx, { tenant_id, message_id, user_id }: SeenMessageKey): Promise<number> {
  const [row] = await tx.execute<{ state_seq: string }>(sql`
    with counted as (${nextState({ tenant_id, user_id })})
    update ${messageHides} set state_seq = counted.last_state_seq from counted
    where tenant_id = ${tenant_id} and message_id = ${message_id} and user_id = ${user_id}
    returning state_seq`);
  return Number(row?.state_seq);
}

/**
 * Adds a reaction as a change of the message. `withheld_from` is the user who must not learn of it, because they had
 * blocked the one who reacts.
 */
export async function addReaction(
  tx: ConversationTx,
  key: MessageKey,
  reaction: { user_id: string; emoji: string; change_seq: number; withheld_from: string | null },
): Promise<void> {
  await tx.insert(reactions).values({ ...key, ...reaction });
  await tx.update(messages).set({ change_seq: reaction.change_seq }).where(theOne(key));
}

/** Removes a reaction; returns the users from whom it was withheld, since they must not learn of the removal either. */
export async function removeReaction(
  tx: ConversationTx,
  key: MessageKey,
  reaction: { user_id: string; emoji: string; change_seq: number },
): Promise<string[]> {
  const removed = await tx
    .delete(reactions)
    .where(
      and(
        eq(reactions.tenant_id, key.tenant_id),
        eq(reactions.message_id, key.message_id),
        eq(reactions.user_id, reaction.user_id),
        eq(reactions.emoji, reaction.emoji),
      ),
    )
    .returning({ withheld_from: reactions.withheld_from });
  await tx.update(messages).set({ change_seq: reaction.change_seq }).where(theOne(key));
  return removed.flatMap(({ withheld_from }) => withheld_from ?? []);
}
