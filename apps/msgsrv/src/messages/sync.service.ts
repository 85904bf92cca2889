import type { msgsrvContract } from "@vero/contracts";
import {
  type Database,
  type Executor,
  listConversationViewsById,
  listMessageViewsChangedAfter,
  listParticipantsChangedAfter,
  listSyncSeats,
  type SyncSeat,
} from "@vero/db";
import type { Actor } from "@vero/server";
import type { z } from "zod";
import type { ConversationsService } from "../conversations/conversations.service.js";
import type { StoredConversation } from "../conversations/conversations.view.js";
import type { Links } from "../media/links.service.js";
import { listParticipantsFor } from "../participants/participants.service.js";
import { type StoredMessage, toMessage } from "./messages.view.js";
import { decodeUserCursor } from "./sync.cursor.js";
import { listOwnChanges } from "./sync.own.js";
import { listSyncedReceipts, type SyncedReceipts } from "./sync.receipts.js";

type Contract = typeof msgsrvContract.messages.sync;
type Input = z.output<Contract["input"]>;
type Output = z.output<Contract["output"]>;
type Asked = Input["conversations"][number];
/** Before the files have their URLs. */
type Answer = Omit<Output["conversations"][number], "messages" | "conversation"> & {
  messages: StoredMessage[];
  conversation?: StoredConversation;
};
type Removed = Output["removed"][number];

/** More than this many changes are not worth telling one by one: whoever missed them lists the conversation afresh. */
const widestGap = 2_000;
/** Messages and participants in one answer, whatever is asked for; the rest comes with the next call. */
const mostItems = 1_000;
/** A long text counts as several messages, and so does a file: an answer is to be some megabytes at most. */
const longText = 1_000;
const departure = ({ conversation_id, is_listed, left_reason }: SyncSeat): Removed[] =>
  is_listed ? [] : [{ conversation_id, reason: left_reason ?? "deleted" }];

const needsReset = (asked: Asked, seat: SyncSeat): boolean => {
  const { last_seq, last_change_seq } = asked;
  const missed = last_change_seq === undefined ? seat.last_seq - last_seq : seat.last_change_seq - last_change_seq;
  // Ahead of the database, or from an earlier time in the conversation: what the client holds is not a part of this one.
  const isForeign = missed < 0 || last_seq > seat.last_seq;
  return isForeign || missed > widestGap || (last_change_seq ?? Number.MAX_SAFE_INTEGER) < seat.joined_change_seq;
};

const sizeOf = ({ messages, participants = [], receipts }: Answer): number =>
  messages.reduce(
    (size, { text, attachments }) => size + 1 + attachments.length + Math.floor((text?.length ?? 0) / longText),
    participants.length + receipts.length,
  );

/** The receipts of a conversation beside its changes, unless it has to be listed afresh. */
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

export type SyncService = ReturnType<typeof createSync>;

/** How a client that was away catches up. */
export function createSync({ database, conversations, links }: SyncDeps) {
  async function entities(tx: Executor, { tenant_id, user_id }: Actor, ids: readonly string[]) {
    const views = ids.length === 0 ? [] : await listConversationViewsById(tx, tenant_id, user_id, ids);
    const found = await conversations.complete(tx, tenant_id, views);
    return new Map(found.map((conversation) => [conversation.id, conversation]));
  }

  /** One conversation in which something changed; reads at most `limit` messages. */
  async function catchUp(
    tx: Executor,
    actor: Actor,
    asked: Asked,
    seat: SyncSeat,
    conversation: StoredConversation | undefined,
    limit: number,
  ): Promise<Omit<Answer, "receipts">> {
    const { tenant_id, user_id } = actor;
    const { conversation_id: id, last_seq, last_change_seq } = seat;
    const common = { conversation_id: id, last_seq, last_change_seq, ...(conversation && { conversation }) };
    if (needsReset(asked, seat)) {
      return { ...common, messages: [], next_change_seq: last_change_seq, has_more: false, reset: true };
    }
    const after =
      asked.last_change_seq === undefined
        ? // No message after this seq was changed before it was written.
          { change_seq: asked.last_seq, seq: asked.last_seq }
        : { change_seq: asked.last_change_seq, seq: 0 };
    if (limit < 1) {
      const { conversation: _, ...later } = common;
      return { ...later, messages: [], next_change_seq: after.change_seq, has_more: true, reset: false };
    }
    const views = await listMessageViewsChangedAfter(tx, tenant_id, user_id, id, after, limit + 1);
    const page = views.slice(0, limit);
    const has_more = views.length > limit;
    const changed = await listParticipantsChangedAfter(tx, tenant_id, id, after.change_seq);
    return {
      ...common,
      messages: page.map((view) => toMessage(user_id, view)),
      // Everything below the last number of the page is on it or before it.
      next_change_seq: has_more ? (page.at(-1)?.message.change_seq as number) : last_change_seq,
      has_more,
      reset: false,
      ...(changed.length > 0 && { participants: await listParticipantsFor(tx, actor, id, {}) }),
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
        const seats = new Map(
          (await listSyncSeats(tx, actor.tenant_id, actor.user_id, [...asked.keys()])).map((seat) => [
            seat.conversation_id,
            seat,
          ]),
        );
        const startsWalk = cursor === undefined && asked.size === 0;
        const { states: own, moved, after, ...log } = await listOwnChanges(tx, actor, cursor, startsWalk);
        const isChanged = ({ conversation_id, is_listed, last_change_seq }: SyncSeat): boolean =>
          is_listed && asked.get(conversation_id)?.last_change_seq !== last_change_seq;
        const changed = [...seats.values()].filter(isChanged);
        const listed = own.filter(({ is_listed }) => is_listed);
        const unnamed = moved.filter(({ conversation_id }) => !asked.has(conversation_id));
        const ids = new Set([...changed, ...listed, ...unnamed].map(({ conversation_id }) => conversation_id));
        const entitiesById = await entities(tx, actor, [...ids]);
        const receipts = await listSyncedReceipts(tx, actor, [...asked.values()], seats);

        const answers: Answer[] = [];
        let left = mostItems;
        for (const one of asked.values()) {
          const seat = seats.get(one.conversation_id);
          if (seat === undefined || !seat.is_listed) continue;
          const { last_seq, last_change_seq, conversation_id } = seat;
          if (!isChanged(seat)) {
            const same = { next_change_seq: last_change_seq, last_seq, last_change_seq };
            const quiet = { conversation_id, messages: [], ...same, has_more: false, reset: false };
            answers.push(withReceipts(quiet, receipts.get(conversation_id)));
            continue;
          }
          const limit = Math.min(input.limit_per_conversation, left);
          const caughtUp = await catchUp(tx, actor, one, seat, entitiesById.get(conversation_id), limit);
          const answer = withReceipts(caughtUp, receipts.get(conversation_id));
          answers.push(answer);
          left -= sizeOf(answer);
        }
        const conversationsOf = (those: readonly SyncSeat[]): StoredConversation[] =>
          those.flatMap(({ conversation_id }) => entitiesById.get(conversation_id) ?? []);
        // Whatever a client did not find on its walk of the list is new to it.
        const isAdded = ({ conversation_id, listed_state_seq }: SyncSeat): boolean =>
          listed_state_seq > after || (cursor?.walk !== undefined && !asked.has(conversation_id));
        const added = new Map([...listed.filter(isAdded), ...unnamed].map((seat) => [seat.conversation_id, seat]));
        const unknown = [...asked.keys()].filter((id) => !seats.has(id));
        const gone = new Map(
          [...own, ...seats.values()].flatMap(departure).map((removed) => [removed.conversation_id, removed]),
        );
        return {
          conversations: answers,
          added: conversationsOf([...added.values()]),
          updated: conversationsOf(listed.filter((seat) => !isAdded(seat))),
          removed: [
            ...gone.values(),
            ...unknown.map((conversation_id): Removed => ({ conversation_id, reason: "unknown" })),
          ],
          ...log,
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
