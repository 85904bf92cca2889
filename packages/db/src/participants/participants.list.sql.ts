import { and, eq, isNull, type Placeholder, type SQL, sql } from "drizzle-orm";
import { blocks } from "../blocks/blocks.table.js";
import type { Executor } from "../connection/database.js";
import { idList, isNumberedAfter } from "../connection/lists.js";
import { query, type Value } from "../connection/statement.js";
import {
  type ConversationKey,
  type ConversationTx,
  enter,
  type MembershipKey,
} from "../conversation-log/conversation-log.sql.js";
import { conversations } from "../conversations/conversations.table.js";
import { type UserRow, userColumns } from "../users/users.sql.js";
import { users } from "../users/users.table.js";
import { participants } from "./participants.table.js";
import { isMember, ofConversation } from "./participants.visibility.sql.js";

export type ParticipantRow = typeof participants.$inferSelect;

type Role = ParticipantRow["role"];

/** Inserts the creator and the others as plain members. The statement's text is the same for any number of them. */
export async function insertParticipants(
  tx: ConversationTx,
  of: ConversationKey,
  creator: { user_id: string; role: Role },
  others: readonly string[],
  /** `isListed` says whether the conversation is in the others' lists from the beginning. */
  { isListed }: { isListed: boolean } = { isListed: true },
): Promise<void> {
  await enter(tx, "memberships").execute(sql`
    insert into ${participants} (tenant_id, conversation_id, user_id, role, is_hidden)
    select ${of.tenant_id}::uuid, ${of.conversation_id}::uuid, membership.user_id, membership.role, membership.is_hidden
    from (
      select ${creator.user_id}::uuid as user_id, ${creator.role}::conversation_role as role, false as is_hidden
      union all
      select unnest(${`{${others.join(",")}}`}::uuid[]), 'member'::conversation_role, ${!isListed}
    ) membership`);
}

/** A user's membership in a conversation. */
export interface Membership {
  conversation: typeof conversations.$inferSelect;
  participant: ParticipantRow;
  /** Whether the user has blocked the other side of a direct conversation; null in a group. */
  blocks_other: boolean | null;
}

/** Says whether the participant has blocked the other side of a direct conversation; null in a group. */
export const blocksOther = sql<boolean | null>`case when ${conversations.type} = 'direct' then exists (
  select from ${participants} other
  join ${blocks} b on b.tenant_id = other.tenant_id and b.blocked_id = other.user_id
  where other.tenant_id = ${participants.tenant_id} and other.conversation_id = ${participants.conversation_id}
    and b.blocker_id = ${participants.user_id} and b.removed_at is null
) end`;

const memberships = query<ConversationKey & { user_ids: string }, Membership>((db, value) =>
  db
    .select({ conversation: conversations, participant: participants, blocks_other: blocksOther })
    .from(conversations)
    .innerJoin(participants, ofConversation())
    .where(
      and(
        eq(conversations.tenant_id, value("tenant_id")),
        eq(conversations.id, value("conversation_id")),
        sql`${participants.user_id} = any(${value("user_ids")}::uuid[])`,
        isMember(),
      ),
    ),
);

/**
 * Lists the memberships of some users in a conversation; users who do not take part, for whatever reason, are left out.
 */
export const listMemberships = (
  db: Executor,
  key: ConversationKey,
  userIds: readonly string[],
): Promise<Membership[]> => memberships(db, { ...key, user_ids: idList(userIds) });

/**
 * Gets a user's membership; undefined when they do not take part or there is no such conversation, so that callers
 * cannot tell one from the other.
 */
export async function getMembership(db: Executor, key: MembershipKey): Promise<Membership | undefined> {
  const [row] = await listMemberships(db, key, [key.user_id]);
  return row;
}

export interface ParticipantView {
  participant: ParticipantRow;
  user: UserRow;
}

const views = (db: Executor, value: Value<"tenant_id" | "conversation_id">, where: SQL | undefined) =>
  db
    .select({ participant: participants, user: userColumns })
    .from(participants)
    .innerJoin(users, and(eq(users.tenant_id, participants.tenant_id), eq(users.id, participants.user_id)))
    .where(
      and(
        eq(participants.tenant_id, value("tenant_id")),
        eq(participants.conversation_id, value("conversation_id")),
        where,
      ),
    );

interface PageValues extends ConversationKey {
  limit: number | undefined;
  joined_at: string | undefined;
  user_id: string | undefined;
}

const viewsInPage = query<PageValues, ParticipantView, { hasLimit: boolean; hasAfter: boolean }>(
  (db, value, { hasLimit, hasAfter }) => {
    const after = sql`(${participants.joined_at}, ${participants.user_id})
      > (${value("joined_at")}::timestamptz, ${value("user_id")}::uuid)`;
    const found = views(db, value, and(isNull(participants.left_at), hasAfter ? after : undefined)).orderBy(
      participants.joined_at,
      participants.user_id,
    );
    return hasLimit ? found.limit(value("limit")) : found;
  },
);

/** Lists the participants in the order of joining; `after` is the last item of the previous page. */
export const listParticipantViews = (
  db: Executor,
  { tenant_id, conversation_id }: ConversationKey,
  { limit, after }: { limit?: number; after?: { joined_at: string; user_id: string } },
): Promise<ParticipantView[]> =>
  viewsInPage(
    db,
    { tenant_id, conversation_id, limit, joined_at: after?.joined_at, user_id: after?.user_id },
    { hasLimit: limit !== undefined, hasAfter: after !== undefined },
  );

const viewsById = query<ConversationKey & { user_ids: string }, ParticipantView>((db, value) =>
  views(
    db,
    value,
    and(isNull(participants.left_at), sql`${participants.user_id} = any(${value("user_ids")}::uuid[])`),
  ).orderBy(participants.user_id),
);

/** Lists those of the users who take part, with their profiles. */
export const listParticipantViewsById = (
  db: Executor,
  { tenant_id, conversation_id }: ConversationKey,
  userIds: readonly string[],
): Promise<ParticipantView[]> => viewsById(db, { tenant_id, conversation_id, user_ids: idList(userIds) });

const viewsChangedAfter = query<ConversationKey & { change_seq: number }, ParticipantView>((db, value) =>
  views(db, value, isNumberedAfter(participants.change_seq, value("change_seq"))).orderBy(
    participants.change_seq,
    participants.user_id,
  ),
);

/** Lists the participants who joined, left or got another role after a `change_seq`, oldest change first. */
export const listParticipantsChangedAfter = (
  db: Executor,
  { tenant_id, conversation_id }: ConversationKey,
  changeSeq: number,
): Promise<ParticipantView[]> => viewsChangedAfter(db, { tenant_id, conversation_id, change_seq: changeSeq });

export interface PreviewRow {
  conversation_id: string;
  participant_count: number;
  user: UserRow;
}

/**
 * Selects, for each conversation, the number of participants and the first six who joined: five remain when the viewer
 * is left out. `ranked` counts and orders the participants of each.
 */
export const previewsWhere = (db: Executor, tenantId: Placeholder, isConversation: SQL) => {
  const ranked = db.$with("ranked").as(
    db
      .select({
        conversation_id: participants.conversation_id,
        user_id: participants.user_id,
        participant_count: sql<number>`(count(*) over (partition by ${participants.conversation_id}))::int`.as(
          "participant_count",
        ),
        ordinal: sql<number>`row_number() over (
          partition by ${participants.conversation_id}
          order by ${participants.joined_at}, ${participants.user_id}
        )`.as("ordinal"),
      })
      .from(participants)
      .where(
        and(
          eq(participants.tenant_id, tenantId),
          sql`${participants.conversation_id} ${isConversation}`,
          isNull(participants.left_at),
        ),
      ),
  );
  return db
    .with(ranked)
    .select({ conversation_id: ranked.conversation_id, participant_count: ranked.participant_count, user: userColumns })
    .from(ranked)
    .innerJoin(users, and(eq(users.tenant_id, tenantId), eq(users.id, ranked.user_id)))
    .where(sql`${ranked.ordinal} <= 6`)
    .orderBy(ranked.conversation_id, ranked.ordinal);
};

const previews = query<{ tenant_id: string; conversation_ids: string }, PreviewRow>((db, value) =>
  previewsWhere(db, value("tenant_id"), sql`= any(${value("conversation_ids")}::uuid[])`),
);

export const listPreviews = (
  db: Executor,
  tenant_id: string,
  conversationIds: readonly string[],
): Promise<PreviewRow[]> => previews(db, { tenant_id, conversation_ids: idList(conversationIds) });
