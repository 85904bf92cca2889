import { setImmediate } from "node:timers/promises";
import { AppError, type msgsrvContract } from "@vero/contracts";
import {
  type Database,
  type Executor,
  getMembership,
  listConversationIds,
  listMessageViewsById,
  listNewestMatches,
  listRelevantMatches,
  type MatchFilter,
  type MessageView,
  setSearchSettings,
  withoutNestedLoops,
} from "@vero/db";
import { type Actor, cursorTime, listCursor, maxMatchesBytes, readWithin } from "@vero/server";
import { z } from "zod";
import { messageBytes } from "../views/bytes.view.js";
import type { Links } from "../views/file-urls.js";
import { type StoredMessage, toMessage } from "../views/messages.view.js";
import { type SearchQuery, searchQueryOf } from "./search.query.js";
import { snippetOf } from "./search.snippets.js";

type Contract = typeof msgsrvContract.messages;
type SearchInput = z.output<Contract["search"]["input"]>;
type SearchOutput = z.input<Contract["search"]["output"]>;

/** The limit of a search in the database, in milliseconds; beyond it the search is answered with 503. */
const statementTimeoutMs = 2_000;

/** Scores depend on the age of messages: all pages of a search are scored as of the time of the first. */
const mostRelevantFirst = listCursor("messages.search:relevance", {
  scored_at: cursorTime,
  score: z.number(),
  id: z.uuid(),
});
const newestFirst = listCursor("messages.search:newest", { created_at: cursorTime, id: z.uuid() });

/** A message that was found, as it was read and as it is shown. */
interface Match {
  view: MessageView;
  message: StoredMessage;
}

/** The size that each snippet counts with, in bytes. */
const snippetBytes = 4_096;

interface Ids {
  ids: string[];
  /** Makes the cursor of the page after the one that ends with this message. */
  cursorOf(last: MessageView): string | null;
}

const nothing: Ids = { ids: [], cursorOf: () => null };

export interface SearchDeps {
  database: Database;
  links: Pick<Links, "message">;
}

export function createSearch({ database, links }: SearchDeps) {
  async function conversationsOf(tx: Executor, { tenant_id, user_id }: Actor, id: string | undefined) {
    if (id === undefined) return listConversationIds(tx, { tenant_id, user_id });
    if ((await getMembership(tx, { tenant_id, conversation_id: id, user_id })) === undefined)
      throw new AppError("conversation_not_found");
    return [id];
  }

  /** Lists the ids of a page of matches, and of one more where another page follows. */
  async function find(
    tx: Executor,
    actor: Actor,
    query: SearchQuery,
    filter: MatchFilter,
    { cursor, limit, sort }: SearchInput,
  ): Promise<Ids> {
    if (sort === "newest") {
      const rows = await listNewestMatches(tx, actor, filter, newestFirst.query({ limit, cursor }));
      return {
        ids: rows.map((row) => row.id),
        cursorOf: ({ message }) => newestFirst.encode({ created_at: message.created_at.toISOString(), id: message.id }),
      };
    }
    const page = mostRelevantFirst.query({ limit, cursor });
    const asOf = page.after === undefined ? new Date() : new Date(page.after.scored_at);
    const { exact, whole } = query;
    const rows = await listRelevantMatches(tx, actor, filter, { exact, whole, asOf, ...page });
    const scores = new Map(rows.map((row) => [row.id, row.score]));
    const scored_at = asOf.toISOString();
    return {
      ids: rows.map((row) => row.id),
      cursorOf: ({ message: { id } }) => mostRelevantFirst.encode({ scored_at, score: scores.get(id) as number, id }),
    };
  }

  async function read(actor: Actor, query: SearchQuery | undefined, input: SearchInput) {
    const { conversation_id, sender_id, before, after, has, limit } = input;
    return database.snapshot(async (tx) => {
      const conversationIds = await conversationsOf(tx, actor, conversation_id);
      await setSearchSettings(tx, statementTimeoutMs);
      const { ids, cursorOf } = await withoutNestedLoops(tx, async () => {
        if (query === undefined || conversationIds.length === 0) return nothing;
        const filter: MatchFilter = {
          query: query.all,
          conversationIds,
          ...(sender_id && { sender_id }),
          ...(before && { before: new Date(before) }),
          ...(after && { after: new Date(after) }),
          ...(has && { has }),
        };
        return find(tx, actor, query, filter, input);
      });
      const { rows, hasMore } = await readWithin<Match>({
        limit,
        maxBytes: maxMatchesBytes,
        weigh: ({ message }) => messageBytes(message) + snippetBytes,
        read: async (after, count) => {
          const from = after === undefined ? 0 : ids.indexOf(after.message.id) + 1;
          const wanted = ids.slice(from, from + count);
          const views = await listMessageViewsById(tx, actor, wanted);
          return views
            .sort((a, b) => wanted.indexOf(a.message.id) - wanted.indexOf(b.message.id))
            .map((view) => ({ view, message: toMessage(actor.user_id, view) }));
        },
      });
      const last = rows.at(-1);
      return { rows, next_cursor: hasMore && last !== undefined ? cursorOf(last.view) : null };
    });
  }

  return {
    async search(actor: Actor, input: SearchInput): Promise<SearchOutput> {
      // Also where nothing is searched: the caller has no conversation, or `q` no word.
      (input.sort === "newest" ? newestFirst : mostRelevantFirst).decode(input.cursor);
      const query = searchQueryOf(input.q);
      const { rows, next_cursor } = await read(actor, query, input);
      const items: SearchOutput["items"] = [];
      for (const { message } of rows) {
        const text = message.text ?? "";
        const snippet = snippetOf(text, query?.terms ?? []);
        items.push({ message: await links.message(message), snippet });
        // A page of the longest texts would keep everybody else waiting.
        if (text.length > 1_000) await setImmediate();
      }
      return { items, next_cursor };
    },
  };
}
