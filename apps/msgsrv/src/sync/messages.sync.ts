import type { msgsrvContract } from "@vero/contracts";
import { type Database, type Executor, listSyncMemberships, type SyncMembership, type UserKey } from "@vero/db";
import type { Actor } from "@vero/server";
import type { z } from "zod";
import { listConversations } from "../conversations/conversations.list.js";
import type { StoredConversation } from "../views/conversations.view.js";
import type { Links } from "../views/file-urls.js";
import { catchUp } from "./sync.conversation.js";
import { decodeUserCursor } from "./sync.cursor.js";
import { type ReadEntities, readOwn } from "./sync.own.js";
import { listSyncedReceipts, type SyncedReceipts } from "./sync.receipts.js";
import { type Answer, roomBeside, take } from "./sync.room.js";

type Contract = typeof msgsrvContract.messages.sync;
type Input = z.output<Contract["input"]>;
type Output = z.output<Contract["output"]>;
type Removed = Output["removed"][number];

/** Conversations that are read at once; few, because the heaviest do not fit into one answer and are read in vain. */
const entityPortion = 16;

const departure = ({ conversation_id, is_listed, left_reason }: SyncMembership): Removed[] =>
  is_listed ? [] : [{ conversation_id, reason: left_reason ?? "deleted" }];

/** Makes a reader of conversations that reads them when they are needed, some at a time. */
function entityReader(entities: ReadEntities, ids: readonly string[]) {
  const read = new Map<string, StoredConversation>();
  let next = 0;
  return async (id: string): Promise<StoredConversation | undefined> => {
    while (!read.has(id) && next < ids.length) {
      const portion = ids.slice(next, next + entityPortion);
      next += entityPortion;
      for (const [key, conversation] of await entities(portion)) read.set(key, conversation);
    }
    return read.get(id);
  };
}

/** Adds the receipts of a conversation to its changes, unless it has to be listed afresh. */
const withReceipts = (answer: Omit<Answer, "receipts">, synced: SyncedReceipts | undefined): Answer =>
  answer.reset || synced === undefined
    ? { ...answer, receipts: [] }
    : {
        ...answer,
        receipts: synced.receipts,
        next_receipt_seq: synced.next_receipt_seq,
        has_more: answer.has_more || synced.has_more,
      };

export interface SyncDeps {
  database: Database;
  links: Pick<Links, "messages" | "conversations">;
}

/** Makes the service by which clients that were away catch up. */
export function createSync({ database, links }: SyncDeps) {
  const entitiesIn =
    (tx: Executor, actor: UserKey): ReadEntities =>
    async (ids) =>
      new Map((await listConversations(tx, actor, ids)).map((conversation) => [conversation.id, conversation]));

  async function withLinks({ messages, conversation, ...rest }: Answer): Promise<Output["conversations"][number]> {
    const [linked] = conversation === undefined ? [] : await links.conversations([conversation]);
    return { ...rest, messages: await links.messages(messages), ...(linked && { conversation: linked }) };
  }

  return {
    async sync(actor: Actor, input: Input): Promise<Output> {
      const cursor = decodeUserCursor(input.user_cursor);
      const found = await database.snapshot(async (tx) => {
        const asked = new Map(input.conversations.map((one) => [one.conversation_id, one]));
        const memberships = new Map(
          (await listSyncMemberships(tx, actor, [...asked.keys()])).map((membership) => [
            membership.conversation_id,
            membership,
          ]),
        );
        const startsWalk = cursor === undefined && asked.size === 0;
        const isChanged = ({ conversation_id, is_listed, last_change_seq }: SyncMembership): boolean =>
          is_listed && asked.get(conversation_id)?.last_change_seq !== last_change_seq;
        const entities = entitiesIn(tx, actor);
        const names = new Set(asked.keys());
        const {
          own,
          found: personal,
          weight,
        } = await readOwn(tx, actor, { cursor, startsWalk, asked: names, entities });
        const changed = [...memberships.values()].filter(isChanged).map(({ conversation_id }) => conversation_id);
        const readEntity = entityReader(entities, changed);
        const receipts = await listSyncedReceipts(tx, actor, [...asked.values()], memberships);
        const answers: Answer[] = [];
        const room = roomBeside(weight, asked.size);
        for (const one of asked.values()) {
          const membership = memberships.get(one.conversation_id);
          if (membership === undefined || !membership.is_listed) continue;
          const { last_seq, last_change_seq, conversation_id } = membership;
          const quiet = { conversation_id, messages: [], next_change_seq: last_change_seq, last_seq, last_change_seq };
          const limit = Math.min(input.limit_per_conversation, room.items);
          const caughtUp = isChanged(membership)
            ? await catchUp(tx, actor, { asked: one, membership, limit, room, readEntity })
            : { ...quiet, has_more: false, reset: false };
          const answer = withReceipts(caughtUp, receipts.get(conversation_id));
          answers.push(answer);
          take(room, answer);
        }
        const unknown = [...asked.keys()].filter((id) => !memberships.has(id));
        const gone = new Map(
          [...own, ...memberships.values()].flatMap(departure).map((removed) => [removed.conversation_id, removed]),
        );
        return {
          conversations: answers,
          removed: [
            ...gone.values(),
            ...unknown.map((conversation_id): Removed => ({ conversation_id, reason: "unknown" })),
          ],
          ...personal,
        };
      });
      return {
        ...found,
        conversations: await Promise.all(found.conversations.map(withLinks)),
        added: await links.conversations(found.added),
        updated: await links.conversations(found.updated),
      };
    },
  };
}
