import { and, asc, desc, eq, gt, lt, type Placeholder, type SQL, sql } from "drizzle-orm";
import type { Executor } from "../connection/database.js";
import { idList } from "../connection/lists.js";
import { query, tableOf, type Value } from "../connection/statement.js";
import type { ConversationKey, MembershipKey } from "../conversation-log/conversation-log.sql.js";
import { conversations } from "../conversations/conversations.table.js";
import { participants } from "../participants/participants.table.js";
import { canSee, isMember, ofConversation } from "../participants/participants.visibility.sql.js";
import type { UserKey } from "../users/users.table.js";
import { type MessageView, sharedViewsWhere, viewsWhere } from "./messages.sql.js";
import { messages } from "./messages.table.js";

const hasId = (ids: Placeholder): SQL => sql`${messages.id} = any(${ids}::uuid[])`;

export interface MessageWindow {
  before_seq?: number;
  after_seq?: number;
  /** The end of the range that the page is taken from. */
  from: "start" | "end";
  limit: number;
}

interface WindowShape extends Pick<MessageWindow, "from"> {
  hasBefore: boolean;
  hasAfter: boolean;
}

const shapeOf = ({ from, before_seq, after_seq }: MessageWindow): WindowShape => ({
  from,
  hasBefore: before_seq !== undefined,
  hasAfter: after_seq !== undefined,
});

type WindowValues = MembershipKey & Omit<MessageWindow, "from">;

const inWindow = (db: Executor, value: Value<keyof WindowValues>, { from, hasBefore, hasAfter }: WindowShape) =>
  viewsWhere(
    db,
    value,
    and(
      eq(messages.conversation_id, value("conversation_id")),
      hasBefore ? lt(messages.seq, value("before_seq")) : undefined,
      hasAfter ? gt(messages.seq, value("after_seq")) : undefined,
    ),
  )
    .orderBy(from === "start" ? asc(messages.seq) : desc(messages.seq))
    .limit(value("limit"));

const viewsInWindow = query<WindowValues, MessageView, WindowShape>(inWindow);

/** Lists the messages of a range of a conversation that the user can see, from the given end on. */
export const listMessageViews = (db: Executor, key: MembershipKey, window: MessageWindow): Promise<MessageView[]> =>
  viewsInWindow(db, { ...key, ...window }, shapeOf(window));

/** The first messages of a range, and where the conversation stands. */
export interface MessagePage {
  last_seq: number;
  last_change_seq: number;
  messages: MessageView[];
  /** Whether the user can see messages on the other side of the range's end. */
  has_beyond: boolean;
}

const hasVisible = (where: SQL): SQL => sql`exists (
  select from ${messages}
  where ${messages.tenant_id} = ${participants.tenant_id} and ${messages.conversation_id} = ${participants.conversation_id}
    and ${canSee()} and ${where}
)`;

type PageRow = Omit<MessagePage, "messages"> & { view: MessageView | null };

/** Selects a row for each message, or one without where there is none; `beyond` is looked up once. */
const page = query<WindowValues, PageRow, WindowShape>((db, value, shape) => {
  const { from, hasBefore, hasAfter } = shape;
  const end = {
    start: hasAfter && sql`${messages.seq} <= ${value("after_seq")}`,
    end: hasBefore && sql`${messages.seq} >= ${value("before_seq")}`,
  }[from];
  const found = tableOf(inWindow(db, value, shape), "found");
  return db
    .select({
      last_seq: conversations.last_seq,
      last_change_seq: conversations.last_change_seq,
      has_beyond: sql<boolean>`beyond.is_there`,
      view: found.row,
    })
    .from(conversations)
    .innerJoin(participants, ofConversation())
    .innerJoinLateral(sql`(select ${end ? hasVisible(end) : sql`false`} as is_there offset 0) beyond`, sql`true`)
    .leftJoinLateral(found.table, sql`true`)
    .where(
      and(
        eq(conversations.tenant_id, value("tenant_id")),
        eq(conversations.id, value("conversation_id")),
        eq(participants.user_id, value("user_id")),
        isMember(),
      ),
    );
});

/** Gets the first messages of a range, from the given end on; undefined where the user does not take part. */
export async function getMessagePage(
  db: Executor,
  key: MembershipKey,
  window: MessageWindow,
): Promise<MessagePage | undefined> {
  const rows = await page(db, { ...key, ...window }, shapeOf(window));
  const [first] = rows;
  if (first === undefined) return undefined;
  const { last_seq, last_change_seq, has_beyond } = first;
  return { last_seq, last_change_seq, has_beyond, messages: rows.flatMap(({ view }) => view ?? []) };
}

const viewsById = query<UserKey & { ids: string }, MessageView>((db, value) =>
  viewsWhere(db, value, hasId(value("ids"))),
);

export const listMessageViewsById = (db: Executor, user: UserKey, ids: readonly string[]): Promise<MessageView[]> =>
  viewsById(db, { ...user, ids: idList(ids) });

const sharedViewsById = query<{ tenant_id: string; ids: string }, MessageView>((db, value) =>
  sharedViewsWhere(db, value("tenant_id"), hasId(value("ids"))),
);

export const listSharedMessageViews = (
  db: Executor,
  tenant_id: string,
  ids: readonly string[],
): Promise<MessageView[]> => sharedViewsById(db, { tenant_id, ids: idList(ids) });

const viewsChangedAfter = query<MembershipKey & { change_seq: number; seq: number; limit: number }, MessageView>(
  (db, value) =>
    viewsWhere(
      db,
      value,
      and(
        eq(messages.conversation_id, value("conversation_id")),
        gt(messages.change_seq, value("change_seq")),
        gt(messages.seq, value("seq")),
      ),
    )
      .orderBy(asc(messages.change_seq))
      .limit(value("limit")),
);

/**
 * Lists the messages of a conversation that changed after a `change_seq`, that are after a `seq` and that the user can
 * see, in their latest state, oldest change first.
 */
export const listMessageViewsChangedAfter = (
  db: Executor,
  key: MembershipKey,
  page: { change_seq: number; seq: number; limit: number },
): Promise<MessageView[]> => viewsChangedAfter(db, { ...key, ...page });

const sharedViewsChangedAfter = query<ConversationKey & { change_seq: number; limit: number }, MessageView>(
  (db, value) =>
    sharedViewsWhere(
      db,
      value("tenant_id"),
      and(eq(messages.conversation_id, value("conversation_id")), gt(messages.change_seq, value("change_seq"))),
    )
      .orderBy(asc(messages.change_seq))
      .limit(value("limit")),
);

/** Lists the messages of a conversation that changed after a `change_seq`, oldest change first, for all viewers. */
export const listMessagesChangedAfter = (
  db: Executor,
  key: ConversationKey,
  page: { change_seq: number; limit: number },
): Promise<MessageView[]> => sharedViewsChangedAfter(db, { ...key, ...page });
