import type { msgsrvContract } from "@vero/contracts";
import {
  type Database,
  type Executor,
  getLastStateSeq,
  listBlocksAfter,
  listConversationViewsById,
  listHidesAfter,
  listMessageViewsChangedAfter,
  listParticipantsChangedAfter,
  listSyncSeats,
  listSyncSeatsAfter,
  type SyncSeat,
} from "@vero/db";
import { type Actor, decodeCursor, encodeCursor } from "@vero/server";
import { z } from "zod";
import type { ConversationsService } from "../conversations/conversations.service.js";
import type { StoredConversation } from "../conversations/conversations.view.js";
import type { Links } from "../media/links.service.js";
import { listParticipantsFor } from "../participants/participants.service.js";
import { toBlock } from "../users/blocks.view.js";
import { type StoredMessage, toMessage } from "./messages.view.js";

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
/** Changes of the user's own in one answer. */
const mostStates = 100;

const stateKey = z.tuple([z.int().min(0)]);

const departure = ({ conversation_id, is_listed, left_reason }: SyncSeat): Removed[] =>
  is_listed ? [] : [{ conversation_id, reason: left_reason ?? "deleted" }];

const needsReset = (asked: Asked, seat: SyncSeat): boolean => {
  const { last_seq, last_change_seq } = asked;
  const missed = last_change_seq === undefined ? seat.last_seq - last_seq : seat.last_change_seq - last_change_seq;
  // Ahead of the database, or from an earlier time in the conversation: what the client holds is not a part of this one.
  const isForeign = missed < 0 || last_seq > seat.last_seq;
  return isForeign || missed > widestGap || (last_change_seq ?? Number.MAX_SAFE_INTEGER) < seat.joined_change_seq;
};

const sizeOf = ({ messages, participants = [] }: Answer): number =>
  messages.reduce(
    (size, { text, attachments }) => size + 1 + attachments.length + Math.floor((text?.length ?? 0) / longText),
    participants.length,
  );

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
  ): Promise<Answer> {
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

  /** What changed of the user's own after the cursor. */
  async function personal(tx: Executor, { tenant_id, user_id }: Actor, cursor: number | undefined) {
    const last = await getLastStateSeq(tx, tenant_id, user_id);
    // A number that there is not yet is from before a backup was restored: then everything is news.
    const after = cursor === undefined ? last : cursor > last ? 0 : cursor;
    if (last === after) {
      const nothing = { seats: [], hidden: [], blocked: [], unblocked: [] };
      return { after, ...nothing, user_cursor: encodeCursor([last]), has_more: false };
    }
    const seats = await listSyncSeatsAfter(tx, tenant_id, user_id, after, mostStates + 1);
    const hides = await listHidesAfter(tx, tenant_id, user_id, after, mostStates + 1);
    const blocks = await listBlocksAfter(tx, tenant_id, user_id, after, mostStates + 1);
    const numbers = [...seats, ...hides, ...blocks.map(({ block }) => block)]
      .map(({ state_seq }) => state_seq)
      .sort((a, b) => a - b);
    const has_more = numbers.length > mostStates;
    const upTo = has_more ? (numbers[mostStates - 1] as number) : last;
    const due = blocks.filter(({ block }) => block.state_seq <= upTo);
    return {
      after,
      seats: seats.filter(({ state_seq }) => state_seq <= upTo),
      hidden: hides
        .filter(({ state_seq }) => state_seq <= upTo)
        .map(({ conversation_id, message_id, seq }) => ({ conversation_id, message_id, seq })),
      blocked: due.filter(({ block }) => block.removed_at === null).map(toBlock),
      unblocked: due.flatMap(({ block }) => (block.removed_at === null ? [] : block.blocked_id)),
      user_cursor: encodeCursor([upTo]),
      has_more,
    };
  }

  async function withLinks({ messages, conversation, ...rest }: Answer): Promise<Output["conversations"][number]> {
    const [linked] = conversation === undefined ? [] : await links.conversations([conversation]);
    return { ...rest, messages: await links.messages(messages), ...(linked && { conversation: linked }) };
  }

  return {
    async sync(actor: Actor, input: Input): Promise<Output> {
      const cursor = decodeCursor(stateKey, input.user_cursor, "user_cursor")?.[0];
      const found = await database.snapshot(async (tx) => {
        const asked = new Map(input.conversations.map((one) => [one.conversation_id, one]));
        const seats = new Map(
          (await listSyncSeats(tx, actor.tenant_id, actor.user_id, [...asked.keys()])).map((seat) => [
            seat.conversation_id,
            seat,
          ]),
        );
        const { seats: own, after, ...log } = await personal(tx, actor, cursor);
        const isChanged = ({ conversation_id, is_listed, last_change_seq }: SyncSeat): boolean =>
          is_listed && asked.get(conversation_id)?.last_change_seq !== last_change_seq;
        const changed = [...seats.values()].filter(isChanged);
        const listed = own.filter(({ is_listed }) => is_listed);
        const ids = new Set([...changed, ...listed].map(({ conversation_id }) => conversation_id));
        const entitiesById = await entities(tx, actor, [...ids]);

        const answers: Answer[] = [];
        let left = mostItems;
        for (const one of asked.values()) {
          const seat = seats.get(one.conversation_id);
          if (seat === undefined || !seat.is_listed) continue;
          const { last_seq, last_change_seq, conversation_id } = seat;
          if (!isChanged(seat)) {
            const same = { next_change_seq: last_change_seq, last_seq, last_change_seq };
            answers.push({ conversation_id, messages: [], ...same, has_more: false, reset: false });
            continue;
          }
          const limit = Math.min(input.limit_per_conversation, left);
          const answer = await catchUp(tx, actor, one, seat, entitiesById.get(conversation_id), limit);
          answers.push(answer);
          left -= sizeOf(answer);
        }
        const conversationsOf = (those: readonly SyncSeat[]): StoredConversation[] =>
          those.flatMap(({ conversation_id }) => entitiesById.get(conversation_id) ?? []);
        const isAdded = ({ listed_state_seq }: SyncSeat): boolean => listed_state_seq > after;
        const unknown = [...asked.keys()].filter((id) => !seats.has(id));
        const gone = new Map(
          [...own, ...seats.values()].flatMap(departure).map((removed) => [removed.conversation_id, removed]),
        );
        return {
          conversations: answers,
          added: conversationsOf(listed.filter(isAdded)),
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
