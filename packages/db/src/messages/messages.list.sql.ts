import { and, asc, desc, eq, gt, lt, type Placeholder, type SQL, sql } from "drizzle-orm";
import type { Executor } from "../connection/database.js";
import { idList } from "../connection/lists.js";
import { query } from "../connection/statement.js";
import type { ConversationKey, MembershipKey } from "../conversation-log/conversation-log.sql.js";
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

const viewsInWindow = query<MembershipKey & Omit<MessageWindow, "from">, MessageView, WindowShape>(
  (db, value, { from, hasBefore, hasAfter }) =>
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
      .limit(value("limit")),
);

/** Lists the messages of a range of a conversation that the user can see, in ascending order. */
export async function listMessageViews(
  db: Executor,
  key: MembershipKey,
  { from, ...window }: MessageWindow,
): Promise<MessageView[]> {
  const shape = { from, hasBefore: window.before_seq !== undefined, hasAfter: window.after_seq !== undefined };
  const rows = await viewsInWindow(db, { ...key, ...window }, shape);
  return from === "start" ? rows : rows.reverse();
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
