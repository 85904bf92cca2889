import { and, eq, isNull, sql } from "drizzle-orm";
import { insertMarksOfNewcomers } from "../blocks/blocks.redactions.sql.js";
import type { Executor } from "../connection/database.js";
import {
  type ConversationKey,
  type ConversationTx,
  enter,
  type MembershipKey,
} from "../conversation-log/conversation-log.sql.js";
import { users } from "../users/users.table.js";
import type { ParticipantRow } from "./participants.list.sql.js";
import { participants } from "./participants.table.js";

type Role = ParticipantRow["role"];
const membershipsOf = ({ tenant_id, conversation_id }: ConversationKey) =>
  and(eq(participants.tenant_id, tenant_id), eq(participants.conversation_id, conversation_id));
const membershipOf = (key: MembershipKey) => and(membershipsOf(key), eq(participants.user_id, key.user_id));

export async function countParticipants(db: Executor, key: ConversationKey): Promise<number> {
  return db.$count(participants, and(membershipsOf(key), isNull(participants.left_at)));
}

/**
 * Adds participants. Somebody who took part before comes back as if they were new: window, read position, mute and
 * archive of the earlier membership are reset. Their reading is frozen for participants in a blocked pair with them, and
 * the other way round.
 */
export async function addParticipants(
  tx: ConversationTx,
  { tenant_id, conversation_id }: ConversationKey,
  userIds: readonly string[],
  membership: Pick<ParticipantRow, "role" | "visible_from_seq" | "last_read_seq" | "joined_change_seq">,
): Promise<void> {
  const { role, visible_from_seq, last_read_seq, joined_change_seq } = membership;
  await enter(tx, "memberships").execute(sql`
    insert into ${participants} (
      tenant_id, conversation_id, user_id, role, visible_from_seq, last_read_seq, change_seq, joined_change_seq
    )
    select ${tenant_id}::uuid, ${conversation_id}::uuid, user_id, ${role}::conversation_role, ${visible_from_seq}::bigint,
      ${last_read_seq}::bigint, ${joined_change_seq}::bigint, ${joined_change_seq}::bigint
    from unnest(${`{${userIds.join(",")}}`}::uuid[]) as user_id
    on conflict (tenant_id, conversation_id, user_id) do update set
      role = excluded.role, joined_at = now(), left_at = null, left_reason = null,
      visible_from_seq = excluded.visible_from_seq, visible_to_seq = null, last_read_seq = excluded.last_read_seq,
      change_seq = excluded.change_seq, joined_change_seq = excluded.joined_change_seq,
      is_hidden = false, is_muted = false, muted_until = null, archived_at = null`);
  await insertMarksOfNewcomers(tx, { tenant_id, conversation_id }, userIds);
}

/** Ends a membership. Its window ends with the last message so far. */
export async function removeParticipant(
  tx: ConversationTx,
  key: MembershipKey,
  end: { reason: NonNullable<ParticipantRow["left_reason"]>; change_seq: number; last_seq: number },
): Promise<void> {
  await enter(tx, "memberships")
    .update(participants)
    .set({
      left_at: sql`now()`,
      left_reason: end.reason,
      change_seq: end.change_seq,
      visible_to_seq: end.last_seq,
      is_hidden: false,
    })
    .where(membershipOf(key));
}

export async function setRole(tx: ConversationTx, key: MembershipKey, role: Role, changeSeq: number): Promise<void> {
  await enter(tx, "memberships").update(participants).set({ role, change_seq: changeSeq }).where(membershipOf(key));
}

/**
 * Gets the participant who becomes the owner when there is none: the longest-standing admin, or else member. Users who
 * are deactivated come last, so that the owner can sign in wherever somebody can.
 */
export async function getHeirId(db: Executor, key: ConversationKey): Promise<string | undefined> {
  const [row] = await db
    .select({ user_id: participants.user_id })
    .from(participants)
    .innerJoin(users, and(eq(users.tenant_id, participants.tenant_id), eq(users.id, participants.user_id)))
    .where(and(membershipsOf(key), isNull(participants.left_at)))
    .orderBy(
      sql`${users.deactivated_at} is not null`,
      sql`${participants.role} = 'admin' desc`,
      participants.joined_at,
      participants.user_id,
    )
    .limit(1);
  return row?.user_id;
}

/**
 * Hides a conversation from a user's list and moves the start of their window behind the last message. Their read
 * position stays, because others are shown it and must not notice. False when the conversation is hidden already.
 */
export async function hideConversation(tx: ConversationTx, key: MembershipKey, lastSeq: number): Promise<boolean> {
  const rows = await enter(tx, "memberships")
    .update(participants)
    .set({ is_hidden: true, visible_from_seq: lastSeq, archived_at: null })
    .where(and(membershipOf(key), sql`not ${participants.is_hidden}`))
    .returning({ user_id: participants.user_id });
  return rows.length > 0;
}
