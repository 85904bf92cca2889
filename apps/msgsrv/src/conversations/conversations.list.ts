import { AppError, type Conversation, type msgsrvContract } from "@vero/contracts";
import {
  type ConversationKey,
  type Database,
  type Executor,
  listConversationViews,
  listConversationViewsOf,
  listPreviews,
  listSharedMessageViews,
  listWholeConversationViewsById,
  setSearchSettings,
  type WholeConversationView,
} from "@vero/db";
import {
  type Actor,
  cursorTime,
  isOnePortion,
  listCursor,
  maxItemsBytes,
  maxMatchesBytes,
  readWithin,
} from "@vero/server";
import { z } from "zod";
import { conversationBytes } from "../views/bytes.view.js";
import { type StoredConversation, toConversation } from "../views/conversations.view.js";
import type { Links } from "../views/file-urls.js";
import { seenBy, toSharedMessage } from "../views/messages.view.js";

type Contract = typeof msgsrvContract.conversations;
type ListInput = z.output<Contract["list"]["input"]>;

type Viewer = Pick<Actor, "tenant_id" | "user_id">;

const lastActiveFirst = listCursor("conversations.list", { activity_at: cursorTime, id: z.uuid() });

/** The statement timeout of a search by name, in milliseconds. */
const searchMs = 2_000;

/** A conversation of a page, and its position in the list. */
interface Listed {
  key: { activity_at: string; id: string };
  conversation: StoredConversation;
}

export type ConversationsService = ReturnType<typeof createConversations>;

export interface ConversationsDeps {
  database: Database;
  links: Pick<Links, "conversations">;
}

const toWholeConversation = (view: WholeConversationView): StoredConversation => {
  const last = view.last_message && seenBy(view.participant, toSharedMessage(view.last_message));
  return toConversation(view, view.previews, last ?? undefined);
};

/** Lists conversations as one user sees them. */
export const listConversations = async (
  db: Executor,
  { tenant_id, user_id }: Viewer,
  ids: readonly string[],
): Promise<StoredConversation[]> =>
  ids.length === 0
    ? []
    : (await listWholeConversationViewsById(db, { tenant_id, user_id }, ids)).map(toWholeConversation);

export function createConversations({ database, links }: ConversationsDeps) {
  async function find(viewer: Viewer, id: string): Promise<Conversation | undefined> {
    return (await links.conversations(await listConversations(database.executor, viewer, [id])))[0];
  }

  return {
    find,

    /**
     * Finds a conversation as each of the users sees it; those who do not take part are not in the answer. What is the
     * same for all of them is read once.
     */
    async findFor(key: ConversationKey, userIds: readonly string[]): Promise<Map<string, Conversation>> {
      const { tenant_id, conversation_id } = key;
      const found = await database.snapshot(async (tx) => {
        const views = await listConversationViewsOf(tx, key, userIds);
        const messageIds = new Set(views.flatMap(({ last_message_id }) => last_message_id ?? []));
        const [previews, messages] = await Promise.all([
          listPreviews(tx, tenant_id, [conversation_id]),
          listSharedMessageViews(tx, tenant_id, [...messageIds]),
        ]);
        const lastMessages = new Map(messages.map((view) => [view.message.id, toSharedMessage(view)]));
        return views.map((view) => {
          const last = view.last_message_id === null ? undefined : lastMessages.get(view.last_message_id);
          return [
            view.participant.user_id,
            toConversation(view, previews, last && seenBy(view.participant, last)),
          ] as const;
        });
      });
      const seen = await links.conversations(found.map(([, conversation]) => conversation));
      return new Map(found.map(([userId], index) => [userId, seen[index] as Conversation]));
    },

    async get(actor: Viewer, id: string): Promise<Conversation> {
      const conversation = await find(actor, id);
      if (conversation === undefined) throw new AppError("conversation_not_found");
      return conversation;
    },

    /**
     * Lists conversations in portions, so that a page of the heaviest is not read for the few that fit into an answer.
     */
    async list(actor: Actor, { cursor, limit, type, q, ...input }: ListInput) {
      const before = lastActiveFirst.decode(cursor);
      const { tenant_id, user_id } = actor;
      const filter = { ...input, ...(type && { type }), ...(q === undefined ? {} : { q }) };
      const readIn = (tx: Executor) =>
        readWithin<Listed>({
          limit,
          maxBytes: q === undefined ? maxItemsBytes : maxMatchesBytes,
          weigh: ({ conversation }) => conversationBytes(conversation),
          read: async (after, count) => {
            const last = after?.key ?? before;
            const page = { ...filter, ...(last && { before: last }), limit: count };
            const views = await listConversationViews(tx, { tenant_id, user_id }, page);
            return views.map((view) => ({
              key: { activity_at: view.activity_at.toISOString(), id: view.conversation.id },
              conversation: toWholeConversation(view),
            }));
          },
        });
      const isOneStatement = q === undefined && isOnePortion(limit);
      const found = isOneStatement
        ? await readIn(database.executor)
        : await database.snapshot(async (tx) => {
            if (q !== undefined) await setSearchSettings(tx, searchMs);
            return readIn(tx);
          });
      const last = found.rows.at(-1);
      return {
        items: await links.conversations(found.rows.map(({ conversation }) => conversation)),
        next_cursor: found.hasMore && last !== undefined ? lastActiveFirst.encode(last.key) : null,
      };
    },
  };
}
