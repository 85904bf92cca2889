import { AppError, type EventData, type msgsrvContract } from "@vero/contracts";
import {
  type BlockKey,
  bumpReceiptSeq,
  countBlock,
  countStates,
  type Database,
  directKeyOf,
  type Executor,
  getBlockView,
  getDirectConversationId,
  getSeat,
  getUser,
  insertBlock,
  insertMarksOfBlock,
  listApart,
  listBlockViews,
  listConversationViewsById,
  listReadsKeptFrom,
  listUsersSharing,
  lockPair,
  lockReadsBetween,
  lockUsers,
  removeBlock,
  type StoredFile,
  type UserRow,
} from "@vero/db";
import { type Actor, decodeCursor, type PersonalBusEvent, pageOf } from "@vero/server";
import { z } from "zod";
import { toOwnState } from "../conversations/conversations.view.js";
import type { PendingEvent, PublishEvents } from "../events/events.publisher.js";
import { toBlock } from "./blocks.view.js";
import { toPresence } from "./users.view.js";

type ListInput = z.output<(typeof msgsrvContract.users)["list_blocks"]["input"]>;

/** As we write it; PostgreSQL knows no year 0. */
const listKey = z.tuple([z.iso.datetime().regex(/^[12]/), z.uuid()]);

type EventOf<E> = E extends unknown ? Omit<E, "tenant_id" | "at"> : never;

interface Receipt {
  conversation_id: string;
  receipt_seq: number;
  data: EventData<"conversation.read">;
  viewerId: string;
}

/** A block while it begins or ends. */
interface Changing {
  tx: Executor;
  key: BlockKey;
  /** Adds an event for one of the two to what is published after the commit. */
  emitTo(userId: string, event: EventOf<PersonalBusEvent<StoredFile>>): void;
  /** Adds a receipt for one viewer, on the channel of its conversation, where its numbers are followed. */
  emitReceipt(receipt: Receipt): void;
}

const sidesOf = ({ blocker_id, blocked_id }: BlockKey): [viewer: string, other: string][] => [
  [blocker_id, blocked_id],
  [blocked_id, blocker_id],
];

async function find(tx: Executor, { tenant_id }: BlockKey, userId: string): Promise<UserRow> {
  const row = await getUser(tx, tenant_id, userId);
  if (row === undefined) throw new AppError("user_not_found");
  return row;
}

/** Emits what the blocker may do now in the direct conversation, if they know of it; nobody else is told. */
async function emitDirectState({ tx, key, emitTo }: Changing): Promise<void> {
  const { tenant_id, blocker_id, blocked_id } = key;
  const conversation_id = await getDirectConversationId(tx, tenant_id, directKeyOf(blocker_id, blocked_id));
  if (conversation_id === undefined) return;
  const seat = await getSeat(tx, tenant_id, conversation_id, blocker_id);
  if (seat === undefined || seat.participant.is_hidden) return;
  await countStates(tx, { tenant_id, conversation_id }, [blocker_id], false);
  const [view] = await listConversationViewsById(tx, tenant_id, blocker_id, [conversation_id]);
  if (view === undefined) return;
  const { state_seq } = view.participant;
  emitTo(blocker_id, { type: "conversation.state_updated", conversation_id, state_seq, data: toOwnState(view) });
}

/**
 * To each who could see the other online, the other goes offline or comes back; who could not notices nothing. This is
 * all that the blocked side is ever told.
 */
async function emitPresence({ tx, key, emitTo }: Changing, isApart: boolean): Promise<void> {
  const { tenant_id, blocker_id, blocked_id } = key;
  if ((await listUsersSharing(tx, tenant_id, blocker_id, [blocked_id], { acrossBlocks: true })).length === 0) return;
  for (const [viewer, other] of sidesOf(key)) {
    const row = await find(tx, key, other);
    if (!row.is_online) continue;
    const data = toPresence(isApart ? { ...row, is_online: false, last_seen_at: null } : row);
    emitTo(viewer, { type: "presence.changed", data });
  }
}

async function areApart({ tx, key: { tenant_id, blocker_id, blocked_id } }: Changing): Promise<boolean> {
  return (await listApart(tx, tenant_id, [blocker_id])).some(({ other_id }) => other_id === blocked_id);
}

/**
 * Each learns again where the other is, and how far they have read meanwhile: these receipts are numbered anew, in the
 * order of the conversations, so that whoever was away finds them too.
 */
async function emitReturn(changing: Changing): Promise<void> {
  const { tx, key, emitReceipt } = changing;
  await emitPresence(changing, false);
  const kept: { viewer: string; user_id: string; conversation_id: string; last_read_seq: number }[] = [];
  for (const [viewer, user_id] of sidesOf(key)) {
    const reads = await listReadsKeptFrom(tx, key, user_id, viewer);
    kept.push(...reads.map((read) => ({ viewer, user_id, ...read })));
  }
  kept.sort((a, b) => (a.conversation_id < b.conversation_id ? -1 : 1));
  for (const { viewer, user_id, conversation_id, last_read_seq } of kept) {
    const receipt_seq = await bumpReceiptSeq(tx, { tenant_id: key.tenant_id, conversation_id, user_id });
    emitReceipt({ conversation_id, receipt_seq, data: { user_id, last_read_seq }, viewerId: viewer });
  }
}

export type BlocksService = ReturnType<typeof createBlocks>;

/** Who does not want to hear of whom. What follows from it is decided where it happens. */
export function createBlocks({ database, publish }: { database: Database; publish: PublishEvents }) {
  async function change(
    { tenant_id, user_id }: Actor,
    otherId: string,
    work: (changing: Changing) => Promise<void>,
  ): Promise<void> {
    const key = { tenant_id, blocker_id: user_id, blocked_id: otherId };
    const at = new Date().toISOString();
    const pending: PendingEvent[] = [];
    await database.transaction(async (tx) => {
      await lockPair(tx, key);
      await lockUsers(tx, tenant_id, [user_id, otherId], "no key update");
      await find(tx, key, otherId);
      const emitTo: Changing["emitTo"] = (user_id, event) =>
        pending.push({ to: "user", user_id, event: { ...event, tenant_id, at } });
      const emitReceipt: Changing["emitReceipt"] = ({ viewerId, ...receipt }) => {
        const redactions = { withheld_from: [], only_to: [viewerId] };
        pending.push({
          to: "conversation",
          event: { type: "conversation.read", tenant_id, at, ...receipt, redactions },
        });
      };
      await work({ tx, key, emitTo, emitReceipt });
    });
    await publish(pending);
  }

  return {
    block: (actor: Actor, { id }: { id: string }): Promise<void> =>
      change(actor, id, async (changing) => {
        const { tx, key, emitTo } = changing;
        if (key.blocked_id === key.blocker_id) throw new AppError("cannot_block_self");
        // Whom the other side has blocked is told nothing by a block of their own, and tells them nothing.
        const wereApart = await areApart(changing);
        if (!(await insertBlock(tx, key))) return;
        await insertMarksOfBlock(tx, key);
        await emitDirectState(changing);
        const state_seq = await countBlock(tx, key);
        const view = await getBlockView(tx, key);
        if (view === undefined) throw new Error("a block that was made is there");
        emitTo(key.blocker_id, { type: "block.created", state_seq, data: { block: toBlock(view) } });
        if (!wereApart) await emitPresence(changing, true);
      }),

    unblock: (actor: Actor, { id }: { id: string }): Promise<void> =>
      change(actor, id, async (changing) => {
        const { tx, key, emitTo } = changing;
        if (!(await removeBlock(tx, key))) return;
        await lockReadsBetween(tx, key);
        await emitDirectState(changing);
        const state_seq = await countBlock(tx, key);
        emitTo(key.blocker_id, { type: "block.removed", state_seq, data: { user_id: key.blocked_id } });
        if (!(await areApart(changing))) await emitReturn(changing);
      }),

    async list({ tenant_id, user_id }: Actor, { limit, cursor }: ListInput) {
      const before = decodeCursor(listKey, cursor);
      const rows = await listBlockViews(database.executor, tenant_id, user_id, {
        limit: limit + 1,
        ...(before && { before: { created_at: before[0], blocked_id: before[1] } }),
      });
      return pageOf(rows, limit, toBlock, ({ block }) => [block.created_at.toISOString(), block.blocked_id]);
    },
  };
}
