import { AppError, type msgsrvContract } from "@vero/contracts";
import {
  type BlockKey,
  bumpBlockSeq,
  bumpReceiptSeq,
  type ConversationTx,
  type CounterTx,
  type Database,
  directKeyOf,
  type Executor,
  getBlockView,
  getDirectConversationId,
  getMembership,
  getUser,
  hasBlocked,
  insertBlock,
  insertMarksOfBlock,
  listBlockViews,
  listReadsWithheldFrom,
  listUsersSharing,
  removeBlock,
  type StoredFile,
  type UserKey,
  type UserRow,
} from "@vero/db";
import { type Actor, cursorTime, listCursor, type PersonalBusEvent } from "@vero/server";
import { z } from "zod";
import { withheldFrom } from "../blocks/blocks.policy.js";
import type { ConversationLog, Work } from "../conversation-log/conversation-log.js";
import { numberOwnState } from "../conversation-log/own-state.js";
import { toBlock } from "../views/blocks.view.js";
import { toPresence } from "../views/users.view.js";

type ListInput = z.output<(typeof msgsrvContract.users)["list_blocks"]["input"]>;

/** The cursor of a page; its time is written as PostgreSQL reads it, which has no year 0. */
const newestFirst = listCursor("users.list_blocks", { created_at: cursorTime, blocked_id: z.uuid() });

/** A block while it begins or ends. */
interface Changing extends Work {
  tx: ConversationTx;
  key: BlockKey;
  /** Emits an event for the sockets of one of the two. */
  emitTo(userId: string, event: EventOf<PersonalBusEvent<StoredFile>>): void;
}

type EventOf<E> = E extends unknown ? Omit<E, "tenant_id" | "at"> : never;

const sidesOf = ({ blocker_id, blocked_id }: BlockKey): [viewer: string, other: string][] => [
  [blocker_id, blocked_id],
  [blocked_id, blocker_id],
];

async function find(tx: Executor, key: UserKey): Promise<UserRow> {
  const row = await getUser(tx, key);
  if (row === undefined) throw new AppError("user_not_found");
  return row;
}

/**
 * Numbers what the blocker may do now in the direct conversation, if they have it in their list; nobody else receives
 * that.
 */
async function numberDirectState(changing: Changing): Promise<void> {
  const { tenant_id, blocker_id, blocked_id } = changing.key;
  const direct_key = directKeyOf([blocker_id, blocked_id]);
  const id = await getDirectConversationId(changing.tx, { tenant_id, direct_key });
  if (id === undefined) return;
  const key = { tenant_id, conversation_id: id, user_id: blocker_id };
  const membership = await getMembership(changing.tx, key);
  if (membership !== undefined && !membership.participant.is_hidden) numberOwnState(changing, key);
}

/**
 * Emits to each who could see the other online that the other goes offline or comes back; who could not notices
 * nothing. It is the only event that the blocked side receives.
 */
async function emitPresence({ tx, key, emitTo }: Changing, { isWithheld }: { isWithheld: boolean }): Promise<void> {
  const { tenant_id, blocker_id, blocked_id } = key;
  const blocker = { tenant_id, user_id: blocker_id };
  const sharing = await listUsersSharing(tx, blocker, { candidates: [blocked_id], acrossBlocks: true });
  if (sharing.length === 0) return;
  for (const [viewer, other] of sidesOf(key)) {
    const row = await find(tx, { tenant_id, user_id: other });
    if (!row.is_online) continue;
    const data = toPresence(isWithheld ? { ...row, is_online: false, last_seen_at: null } : row);
    emitTo(viewer, { type: "presence.changed", data });
  }
}

async function areBlockedPair({ tx, key: { tenant_id, blocker_id, blocked_id } }: Changing): Promise<boolean> {
  return (await withheldFrom(tx, "presence", { tenant_id, user_id: blocker_id })).includes(blocked_id);
}

/**
 * Emits to each where the other is, and how far they have read meanwhile: these receipts are numbered anew, in the
 * order of the conversations, so that whoever was away finds them too.
 */
async function emitReturn(changing: Changing, counters: CounterTx): Promise<void> {
  const { key, at, emitAll } = changing;
  const { tenant_id } = key;
  await emitPresence(changing, { isWithheld: false });
  const withheld: { viewer: string; user_id: string; conversation_id: string; last_read_seq: number }[] = [];
  for (const [viewer, user_id] of sidesOf(key)) {
    const reads = await listReadsWithheldFrom(counters, key, { userId: user_id, viewerId: viewer });
    withheld.push(...reads.map((read) => ({ viewer, user_id, ...read })));
  }
  withheld.sort((a, b) => (a.conversation_id < b.conversation_id ? -1 : 1));
  for (const { viewer, user_id, conversation_id, last_read_seq } of withheld) {
    const receipt_seq = await bumpReceiptSeq(counters, { tenant_id, conversation_id, user_id });
    const event = {
      type: "conversation.read" as const,
      tenant_id,
      conversation_id,
      receipt_seq,
      at,
      data: { user_id, last_read_seq },
      redactions: { withheld_from: [], only_to: [viewer] },
    };
    emitAll([{ to: "conversation", event }]);
  }
}

export type BlocksService = ReturnType<typeof createBlocks>;

/** Creates the service of blocks. Their effects on what others do are in the rooms of these operations. */
export function createBlocks({ database, log }: { database: Database; log: ConversationLog }) {
  /** Begins or ends a block; does nothing where it lasts, or has ended, already. */
  function change(
    { tenant_id, user_id }: Actor,
    { otherId, isBlocked }: { otherId: string; isBlocked: boolean },
    begin: (changing: Changing) => Promise<void>,
  ): Promise<void> {
    const key = { tenant_id, blocker_id: user_id, blocked_id: otherId };
    const isDue = async (tx: Executor): Promise<boolean> => {
      await find(tx, { tenant_id, user_id: otherId });
      return (await hasBlocked(tx, key)) !== isBlocked;
    };
    return log.changeBetween(key, isDue, async (work) => {
      const { at, emitAll } = work;
      await begin({
        ...work,
        key,
        emitTo: (to, event) => emitAll([{ to: "user", user_id: to, event: { ...event, tenant_id, at } }]),
      });
    });
  }

  return {
    async block(actor: Actor, { id }: { id: string }): Promise<void> {
      if (id === actor.user_id) throw new AppError("cannot_block_self");
      await change(actor, { otherId: id, isBlocked: true }, async (changing) => {
        const { tx, key, emitTo, number } = changing;
        // Between two who are a blocked pair already, another block changes no presence.
        const wereBlockedPair = await areBlockedPair(changing);
        await insertBlock(tx, key);
        await insertMarksOfBlock(tx, key);
        await numberDirectState(changing);
        number(async (counters) => {
          const state_seq = await bumpBlockSeq(counters, key);
          const view = await getBlockView(counters, key);
          if (view === undefined) throw new Error("a block that was made is there");
          emitTo(key.blocker_id, { type: "block.created", state_seq, data: { block: toBlock(view) } });
          if (!wereBlockedPair) await emitPresence(changing, { isWithheld: true });
        });
      });
    },

    unblock: (actor: Actor, { id }: { id: string }): Promise<void> =>
      change(actor, { otherId: id, isBlocked: false }, async (changing) => {
        const { tx, key, emitTo, number } = changing;
        await removeBlock(tx, key);
        await numberDirectState(changing);
        number(async (counters) => {
          const state_seq = await bumpBlockSeq(counters, key);
          emitTo(key.blocker_id, { type: "block.removed", state_seq, data: { user_id: key.blocked_id } });
          if (!(await areBlockedPair(changing))) await emitReturn(changing, counters);
        });
      }),

    async list({ tenant_id, user_id }: Actor, { limit, cursor }: ListInput) {
      const { after, ...page } = newestFirst.query({ limit, cursor });
      const rows = await listBlockViews(
        database.executor,
        { tenant_id, blocker_id: user_id },
        {
          ...page,
          ...(after && { before: after }),
        },
      );
      return newestFirst.page(rows, {
        limit,
        view: toBlock,
        keyOf: ({ block }) => ({ created_at: block.created_at.toISOString(), blocked_id: block.blocked_id }),
      });
    },
  };
}
