import type { msgsrvContract } from "@vero/contracts";
import {
  type Database,
  type Executor,
  listConversationViewsById,
  listMessageViewsChangedAfter,
  listParticipantsChangedAfter,
  listSyncMemberships,
  type SyncMembership,
} from "@vero/db";
import { type Actor, bytesOf, maxItemsBytes, noteAnswerBytes, readWithin } from "@vero/server";
import type { z } from "zod";
import type { ConversationsService } from "../conversations/conversations.list.js";
import { listParticipantsFor } from "../participants/participants.list.js";
import { conversationBytes, messageBytes } from "../views/bytes.view.js";
import type { StoredConversation } from "../views/conversations.view.js";
import type { Links } from "../views/file-urls.js";
import { type StoredMessage, toMessage } from "../views/messages.view.js";
import { decodeUserCursor, type UserCursor } from "./sync.cursor.js";
import { listSyncedReceipts, type SyncedReceipts } from "./sync.receipts.js";
import { type Answer, type Room, roomBeside, take } from "./sync.room.js";
import { listOwnChanges, maxDivisor } from "./sync.user-state.js";

type Contract = typeof msgsrvContract.messages.sync;
type Input = z.output<Contract["input"]>;
type Output = z.output<Contract["output"]>;
type Asked = Input["conversations"][number];
type Removed = Output["removed"][number];

/** A client that missed more changes than this is answered `reset`: listing the conversation afresh costs less. */
const widestGap = 2_000;
/** Conversations that are read at once; few, because the heaviest do not fit into one answer and are read in vain. */
const entityPortion = 16;

const departure = ({ conversation_id, is_listed, left_reason }: SyncMembership): Removed[] =>
  is_listed ? [] : [{ conversation_id, reason: left_reason ?? "deleted" }];

const needsReset = (asked: Asked, membership: SyncMembership): boolean => {
  const { last_seq, last_change_seq } = asked;
  const missed =
    last_change_seq === undefined ? membership.last_seq - last_seq : membership.last_change_seq - last_change_seq;
  // Numbers ahead of the database are of another past, such as one from before a backup was restored; a change_seq
  // below that of the joining is of an earlier stay.
  const isForeign = missed < 0 || last_seq > membership.last_seq;
  return isForeign || missed > widestGap || (last_change_seq ?? Number.MAX_SAFE_INTEGER) < membership.joined_change_seq;
};

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
  conversations: Pick<ConversationsService, "complete">;
  links: Pick<Links, "messages" | "conversations">;
}

/** Makes the service by which clients that were away catch up. */
export function createSync({ database, conversations, links }: SyncDeps) {
  async function entities(tx: Executor, { tenant_id, user_id }: Actor, ids: readonly string[]) {
    const views = ids.length === 0 ? [] : await listConversationViewsById(tx, { tenant_id, user_id }, ids);
    const found = await conversations.complete(tx, tenant_id, views);
    return new Map(found.map((conversation) => [conversation.id, conversation]));
  }

  /**
   * Reads the changes that no conversation's log holds, in at most half of the room: fewer at a time until they fit,
   * down to one of each kind, which is answered whatever it weighs.
   */
  async function readOwn(
    tx: Executor,
    actor: Actor,
    { cursor, startsWalk, asked }: { cursor: UserCursor | undefined; startsWalk: boolean; asked: ReadonlySet<string> },
  ) {
    for (let divisor = 1; ; divisor *= 4) {
      const changes = await listOwnChanges(tx, actor, cursor, { startsWalk, divisor });
      const { states: own, moved, after, ...log } = changes;
      const listed = own.filter(({ is_listed }) => is_listed);
      const unnamed = moved.filter(({ conversation_id }) => !asked.has(conversation_id));
      const ids = new Set([...listed, ...unnamed].map(({ conversation_id }) => conversation_id));
      const entitiesById = await entities(tx, actor, [...ids]);
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

  /** Makes a reader of conversations that reads them when they are needed, some at a time. */
  function entityReader(tx: Executor, actor: Actor, ids: readonly string[]) {
    const read = new Map<string, StoredConversation>();
    let next = 0;
    return async (id: string): Promise<StoredConversation | undefined> => {
      while (!read.has(id) && next < ids.length) {
        const portion = ids.slice(next, next + entityPortion);
        next += entityPortion;
        for (const [key, conversation] of await entities(tx, actor, portion)) read.set(key, conversation);
      }
      return read.get(id);
    };
  }

  /** Reads the changes of one conversation, as far as there is room and at most `limit` messages. */
  async function catchUp(
    tx: Executor,
    actor: Actor,
    asked: Asked,
    membership: SyncMembership,
    readEntity: (id: string) => Promise<StoredConversation | undefined>,
    limit: number,
    room: Room,
  ): Promise<Omit<Answer, "receipts">> {
    const { tenant_id, user_id } = actor;
    const { conversation_id: id, last_seq, last_change_seq } = membership;
    const key = { tenant_id, user_id, conversation_id: id };
    const numbers = { conversation_id: id, last_seq, last_change_seq };
    const after =
      asked.last_change_seq === undefined
        ? // Only messages after the seq are due; the change_seq of each is no lower than its seq.
          { change_seq: asked.last_seq, seq: asked.last_seq }
        : { change_seq: asked.last_change_seq, seq: 0 };
    const later = { ...numbers, messages: [], next_change_seq: after.change_seq, has_more: true, reset: false };
    if (room.bytes <= 0) return later;
    const conversation = await readEntity(id);
    const common = { ...numbers, ...(conversation && { conversation }) };
    const bytes = room.bytes - (conversation === undefined ? 0 : conversationBytes(conversation));
    if (bytes <= 0 && !room.isWhole) return later;
    if (needsReset(asked, membership)) {
      return { ...common, messages: [], next_change_seq: last_change_seq, has_more: false, reset: true };
    }
    if (limit < 1) return later;
    const changed = await listParticipantsChangedAfter(tx, key, after.change_seq);
    const participants = changed.length === 0 ? undefined : await listParticipantsFor(tx, key, {});
    const bytesOfMessages = bytes - bytesOf(participants ?? []);
    if (bytesOfMessages <= 0 && !room.isWhole) return later;
    const { rows, hasMore } = await readWithin<StoredMessage>({
      limit,
      maxBytes: bytesOfMessages,
      weigh: messageBytes,
      read: async (last, count) => {
        const from = last === undefined ? after : { ...after, change_seq: last.change_seq };
        const views = await listMessageViewsChangedAfter(tx, key, { ...from, limit: count });
        return views.map((view) => toMessage(user_id, view));
      },
    });
    // The first message is read whatever it weighs; it is answered where nothing else has taken of the room.
    const [first] = rows;
    if (first !== undefined && messageBytes(first) > bytesOfMessages && !room.isWhole) return later;
    return {
      ...common,
      messages: rows,
      // Every change below the last number of the page is on it or on an earlier one.
      next_change_seq: hasMore ? (rows.at(-1)?.change_seq as number) : last_change_seq,
      has_more: hasMore,
      reset: false,
      ...(participants && { participants }),
    };
  }

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
        const {
          own,
          found: personal,
          weight,
        } = await readOwn(tx, actor, {
          cursor,
          startsWalk,
          asked: new Set(asked.keys()),
        });

        const changed = [...memberships.values()].filter(isChanged).map(({ conversation_id }) => conversation_id);
        const readEntity = entityReader(tx, actor, changed);
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
            ? await catchUp(tx, actor, one, membership, readEntity, limit, room)
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
