import { and, eq, isNull, sql } from "drizzle-orm";
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

/** Adds participants. Who was here before comes back as if they were new: nothing of what was theirs is left. */
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
}

/** Removes a participant, who sees the conversation up to its last message so far. */
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

/** Gets who becomes the owner when there is none: the longest-standing admin, else member; of those who can sign in, if any. */
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
 * Hides a conversation from a user: their window starts after the last message. How far they have read stays as it was:
 * others see that, and are to notice nothing. False when the conversation is out of the user's list already.
 */
export async function hideConversation(tx: ConversationTx, key: MembershipKey, lastSeq: number): Promise<boolean> {
  const rows = await enter(tx, "memberships")
    .update(participants)
    .set({ is_hidden: true, visible_from_seq: lastSeq, archived_at: null })
    .where(and(membershipOf(key), sql`not ${participants.is_hidden}`))
    .returning({ user_id: participants.user_id });
  return rows.length > 0;
}
