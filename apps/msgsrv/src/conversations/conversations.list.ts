import { AppError, type Conversation, type msgsrvContract } from "@vero/contracts";
import {
  type ConversationKey,
  type ConversationView,
  type Database,
  type Executor,
  listConversationViews,
  listConversationViewsById,
  listConversationViewsOf,
  listPreviews,
  listSharedMessageViews,
  setSearchSettings,
} from "@vero/db";
import { type Actor, cursorTime, listCursor, maxItemsBytes, maxMatchesBytes, readWithin } from "@vero/server";
import { z } from "zod";
import { conversationBytes } from "../views/bytes.view.js";
import { type StoredConversation, toConversation } from "../views/conversations.view.js";
import type { Links } from "../views/file-urls.js";
import { seenBy, toSharedMessage } from "../views/messages.view.js";

type Contract = typeof msgsrvContract.conversations;
type ListInput = z.output<Contract["list"]["input"]>;

type Viewer = Pick<Actor, "tenant_id" | "user_id">;

const lastActiveFirst = listCursor({ activity_at: cursorTime, id: z.uuid() });

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

export function createConversations({ database, links }: ConversationsDeps) {
  /** Fills in what conversations need, as seen by one user or several: two queries, however many they are. */
  async function complete(
    tx: Executor,
    tenantId: string,
    views: readonly ConversationView[],
  ): Promise<StoredConversation[]> {
    if (views.length === 0) return [];
    const ids = new Set(views.map(({ conversation }) => conversation.id));
    const messageIds = new Set(views.flatMap(({ last_message_id }) => last_message_id ?? []));
    const [previews, messages] = await Promise.all([
      listPreviews(tx, tenantId, [...ids]),
      listSharedMessageViews(tx, tenantId, [...messageIds]),
    ]);
    const lastMessages = new Map(messages.map((view) => [view.message.id, toSharedMessage(view)]));
    return views.map((view) => {
      const last = view.last_message_id === null ? undefined : lastMessages.get(view.last_message_id);
      return toConversation(
        view,
        previews.filter(({ conversation_id }) => conversation_id === view.conversation.id),
        last && seenBy(view.participant, last),
      );
    });
  }

  async function find({ tenant_id, user_id }: Viewer, id: string): Promise<Conversation | undefined> {
    const found = await database.snapshot(async (tx) => {
      const views = await listConversationViewsById(tx, { tenant_id, user_id }, [id]);
      return complete(tx, tenant_id, views);
    });
    return (await links.conversations(found))[0];
  }

  return {
    complete,
    find,

    /** Finds a conversation as each of the users sees it; those who do not take part are not in the answer. */
    async findFor(key: ConversationKey, userIds: readonly string[]): Promise<Map<string, Conversation>> {
      const { viewers, found } = await database.snapshot(async (tx) => {
        const views = await listConversationViewsOf(tx, key, userIds);
        return {
          viewers: views.map(({ participant }) => participant.user_id),
          found: await complete(tx, key.tenant_id, views),
        };
      });
      const seen = await links.conversations(found);
      return new Map(viewers.map((userId, index) => [userId, seen[index] as Conversation]));
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
      const found = await database.snapshot(async (tx) => {
        if (q !== undefined) await setSearchSettings(tx, searchMs);
        return readWithin<Listed>({
          limit,
          maxBytes: q === undefined ? maxItemsBytes : maxMatchesBytes,
          weigh: ({ conversation }) => conversationBytes(conversation),
          read: async (after, count) => {
            const last = after?.key ?? before;
            const views = await listConversationViews(
              tx,
              { tenant_id, user_id },
              {
                ...filter,
                ...(last && { before: last }),
                limit: count,
              },
            );
            const completed = await complete(tx, tenant_id, views);
            return views.map(({ activity_at, conversation: { id } }, index) => ({
              key: { activity_at: activity_at.toISOString(), id },
              conversation: completed[index] as StoredConversation,
            }));
          },
        });
      });
      const last = found.rows.at(-1);
      return {
        items: await links.conversations(found.rows.map(({ conversation }) => conversation)),
        next_cursor: found.hasMore && last !== undefined ? lastActiveFirst.encode(last.key) : null,
      };
    },
  };
}
