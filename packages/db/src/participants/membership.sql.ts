import { and, eq, isNull, sql } from "drizzle-orm";
import type { Executor } from "../connection/database.js";
import { users } from "../users/users.table.js";
import type { ParticipantRow } from "./participants.sql.js";
import { participants } from "./participants.table.js";
import type { SeatKey } from "./states.sql.js";

type Role = ParticipantRow["role"];
type Place = Omit<SeatKey, "user_id">;

const seatsOf = ({ tenant_id, conversation_id }: Place) =>
  and(eq(participants.tenant_id, tenant_id), eq(participants.conversation_id, conversation_id));
const seatOf = (seat: SeatKey) => and(seatsOf(seat), eq(participants.user_id, seat.user_id));

export async function countParticipants(db: Executor, place: Place): Promise<number> {
  return db.$count(participants, and(seatsOf(place), isNull(participants.left_at)));
}

/** Who was here before comes back as if they were new: nothing of what was theirs is left. */
export async function addParticipants(
  db: Executor,
  { tenant_id, conversation_id }: Place,
  userIds: readonly string[],
  seat: Pick<ParticipantRow, "role" | "visible_from_seq" | "last_read_seq" | "joined_change_seq">,
): Promise<void> {
  const { role, visible_from_seq, last_read_seq, joined_change_seq } = seat;
  await db.execute(sql`
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

/** Ends somebody's part at the conversation's last message so far. */
export async function removeParticipant(
  db: Executor,
  seat: SeatKey,
  end: { reason: NonNullable<ParticipantRow["left_reason"]>; change_seq: number; last_seq: number },
): Promise<void> {
  await db
    .update(participants)
    .set({
      left_at: sql`now()`,
      left_reason: end.reason,
      change_seq: end.change_seq,
      visible_to_seq: end.last_seq,
      is_hidden: false,
    })
    .where(seatOf(seat));
}

export async function setRole(db: Executor, seat: SeatKey, role: Role, changeSeq: number): Promise<void> {
  await db.update(participants).set({ role, change_seq: changeSeq }).where(seatOf(seat));
}

/** Who becomes the owner when there is none: the longest-standing admin, else member; of those who can sign in, if any. */
export async function getHeirId(db: Executor, place: Place): Promise<string | undefined> {
  const [row] = await db
    .select({ user_id: participants.user_id })
    .from(participants)
    .innerJoin(users, and(eq(users.tenant_id, participants.tenant_id), eq(users.id, participants.user_id)))
    .where(and(seatsOf(place), isNull(participants.left_at)))
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
 * The window starts after the last message. How far the user has read stays as it was: others see that, and are to notice
 * nothing. False when the conversation is out of the user's list already. */
export async function hideConversation(db: Executor, seat: SeatKey, lastSeq: number): Promise<boolean> {
  const rows = await db
    .update(participants)
    .set({ is_hidden: true, visible_from_seq: lastSeq, archived_at: null })
    .where(and(seatOf(seat), sql`not ${participants.is_hidden}`))
    .returning({ user_id: participants.user_id });
  return rows.length > 0;
}
