import { and, desc, eq, gt, lt, sql } from "drizzle-orm";
import type { Executor } from "../connection/database.js";
import { conversations } from "../conversations/conversations.table.js";
import { deleteAttachments } from "../media/attachments.sql.js";
import { isMember, isUnread, ofConversation } from "../participants/participants.sql.js";
import { participants } from "../participants/participants.table.js";
import { nextState } from "../participants/states.sql.js";
import { messageEdits, messageHides, messages, reactions } from "./messages.table.js";

/** A message whose conversation's lock is held. */
export interface MessageKey {
  tenant_id: string;
  message_id: string;
}

const theOne = ({ tenant_id, message_id }: MessageKey) =>
  and(eq(messages.tenant_id, tenant_id), eq(messages.id, message_id));

/** Keeps the earlier text; `search` has the words of the new one, in the notation of tsvector. */
export async function updateText(
  db: Executor,
  key: MessageKey,
  { text, search }: { text: string; search: string | null },
  changeSeq: number,
): Promise<void> {
  await db.execute(sql`
    insert into ${messageEdits} (tenant_id, message_id, change_seq, text)
    select tenant_id, id, ${changeSeq}::bigint, text from ${messages}
    where tenant_id = ${key.tenant_id} and id = ${key.message_id} and text is not null`);
  await db.update(messages).set({ text, search, change_seq: changeSeq, edited_at: sql`now()` }).where(theOne(key));
}

/** Leaves nothing of the message but its place. */
export async function deleteMessage(db: Executor, key: MessageKey, changeSeq: number): Promise<void> {
  const { tenant_id, message_id } = key;
  await db
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
  await db
    .delete(messageEdits)
    .where(and(eq(messageEdits.tenant_id, tenant_id), eq(messageEdits.message_id, message_id)));
  await db.delete(reactions).where(and(eq(reactions.tenant_id, tenant_id), eq(reactions.message_id, message_id)));
  await deleteAttachments(db, key);
}

export interface EditRow {
  text: string;
  replaced_at: Date;
  change_seq: number;
}

/** Newest first; `before` is the number of the last one of the page before. */
export const listEdits = (
  db: Executor,
  { tenant_id, message_id }: MessageKey,
  page: { limit: number; before?: number },
): Promise<EditRow[]> =>
  db
    .select({ text: messageEdits.text, replaced_at: messageEdits.replaced_at, change_seq: messageEdits.change_seq })
    .from(messageEdits)
    .where(
      and(
        eq(messageEdits.tenant_id, tenant_id),
        eq(messageEdits.message_id, message_id),
        page.before === undefined ? undefined : lt(messageEdits.change_seq, page.before),
      ),
    )
    .orderBy(desc(messageEdits.change_seq))
    .limit(page.limit);

const ofMessage = () =>
  and(eq(conversations.tenant_id, messages.tenant_id), eq(conversations.id, messages.conversation_id));

/** Whether it is among what the user has not read. */
export async function countsAsUnread(db: Executor, key: MessageKey, userId: string): Promise<boolean> {
  const rows = await db
    .select({ id: messages.id })
    .from(messages)
    .innerJoin(conversations, ofMessage())
    .innerJoin(participants, and(ofConversation(), eq(participants.user_id, userId)))
    .where(and(theOne(key), isUnread()));
  return rows.length > 0;
}

/** Whether a participant has deleted it for themselves; what they have never seen they have not deleted. */
export async function hasHidden(db: Executor, key: MessageKey, userId: string): Promise<boolean> {
  const rows = await db
    .select({ id: messageHides.message_id })
    .from(messageHides)
    .innerJoin(messages, and(eq(messages.tenant_id, messageHides.tenant_id), eq(messages.id, messageHides.message_id)))
    .innerJoin(conversations, ofMessage())
    .innerJoin(participants, and(ofConversation(), eq(participants.user_id, messageHides.user_id)))
    .where(and(theOne(key), eq(messageHides.user_id, userId), gt(messageHides.state_seq, 0), isMember()));
  return rows.length > 0;
}

/** For one user, as a change of what is theirs; its number, or nothing when it was hidden already. */
export async function hideMessage(db: Executor, key: MessageKey, userId: string): Promise<number | undefined> {
  const { tenant_id, message_id } = key;
  const [hide] = await db
    .insert(messageHides)
    .values({ tenant_id, message_id, user_id: userId, state_seq: 0 })
    .onConflictDoNothing()
    .returning({ user_id: messageHides.user_id });
  if (hide === undefined) return undefined;
  const [row] = await db.execute<{ state_seq: string }>(sql`
    with counted as (${nextState(tenant_id, userId)})
    update ${messageHides} set state_seq = counted.last_state_seq from counted
    where tenant_id = ${tenant_id} and message_id = ${message_id} and user_id = ${userId}
    returning state_seq`);
  return Number(row?.state_seq);
}

export async function addReaction(
  db: Executor,
  key: MessageKey,
  reaction: { user_id: string; emoji: string; change_seq: number; withheld_from: string | null },
): Promise<void> {
  await db.insert(reactions).values({ ...key, ...reaction });
  await db.update(messages).set({ change_seq: reaction.change_seq }).where(theOne(key));
}

/** Answers from whom it had been withheld. */
export async function removeReaction(
  db: Executor,
  key: MessageKey,
  reaction: { user_id: string; emoji: string; change_seq: number },
): Promise<string[]> {
  const removed = await db
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
  await db.update(messages).set({ change_seq: reaction.change_seq }).where(theOne(key));
  return removed.flatMap(({ withheld_from }) => withheld_from ?? []);
}
