import type { Executor, SyncMembership, UserKey } from "@vero/db";
import { bytesOf, maxItemsBytes, noteAnswerBytes } from "@vero/server";
import { conversationBytes } from "../views/bytes.view.js";
import type { StoredConversation } from "../views/conversations.view.js";
import type { UserCursor } from "./sync.cursor.js";
import { listOwnChanges, maxDivisor } from "./sync.user-state.js";

/** Reads conversations as the user sees them, by id; those that the user does not take part in are left out. */
export type ReadEntities = (ids: readonly string[]) => Promise<Map<string, StoredConversation>>;

interface OwnChanges {
  cursor: UserCursor | undefined;
  /** Whether the client is about to walk its list. */
  startsWalk: boolean;
  /** The conversations that the client has named. */
  asked: ReadonlySet<string>;
  entities: ReadEntities;
}

/**
 * Reads the changes that no conversation's log holds, in at most half of the room: fewer at a time until they fit,
 * down to one of each kind, which is answered whatever it weighs.
 */
export async function readOwn(tx: Executor, user: UserKey, { cursor, startsWalk, asked, entities }: OwnChanges) {
  for (let divisor = 1; ; divisor *= 4) {
    const changes = await listOwnChanges(tx, user, cursor, { startsWalk, divisor });
    const { states: own, moved, after, ...log } = changes;
    const listed = own.filter(({ is_listed }) => is_listed);
    const unnamed = moved.filter(({ conversation_id }) => !asked.has(conversation_id));
    const ids = new Set([...listed, ...unnamed].map(({ conversation_id }) => conversation_id));
    const entitiesById = await entities([...ids]);
    const conversationsOf = (those: readonly SyncMembership[]): StoredConversation[] =>
      those.flatMap(({ conversation_id }) => entitiesById.get(conversation_id) ?? []);
    // A conversation that a client did not find on its walk of the list is new to it.
    const isAdded = ({ conversation_id, listed_state_seq }: SyncMembership): boolean =>
      listed_state_seq > after || (cursor?.walk !== undefined && !asked.has(conversation_id));
    const added = new Map(
      [...listed.filter(isAdded), ...unnamed].map((membership) => [membership.conversation_id, membership]),
    );
    const found = {
      added: conversationsOf([...added.values()]),
      updated: conversationsOf(listed.filter((membership) => !isAdded(membership))),
      ...log,
    };
    const weight = [...found.added, ...found.updated].reduce(
      (bytes, conversation) => bytes + conversationBytes(conversation),
      bytesOf(log),
    );
    if (weight > maxItemsBytes / 2 && divisor < maxDivisor) continue;
    noteAnswerBytes(weight);
    return { own, found, weight };
  }
}
