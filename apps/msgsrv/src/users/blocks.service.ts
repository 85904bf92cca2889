import { AppError, type EventData, type EventType, type msgsrvContract } from "@vero/contracts";
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
  type UserRow,
} from "@vero/db";
import { type Actor, type Announcement, type Bus, channelOf, decodeCursor, pageOf } from "@vero/server";
import { z } from "zod";
import { toOwnState } from "../conversations/conversations.view.js";
import type { Told } from "../messages/writing.service.js";
import { toBlock } from "./blocks.view.js";
import { toPresence } from "./users.view.js";

type ListInput = z.output<(typeof msgsrvContract.users)["list_blocks"]["input"]>;

/** As we write it; PostgreSQL knows no year 0. */
const listKey = z.tuple([z.iso.datetime().regex(/^[12]/), z.uuid()]);

/** A block while it begins or ends. */
interface Changing {
  tx: Executor;
  key: BlockKey;
  tell<T extends EventType>(
    userId: string,
    type: T,
    data: EventData<T>,
    more?: Pick<Announcement, "conversation_id" | "state_seq">,
  ): void;
  /** On the channel of a conversation, where its numbers are followed. */
  tellOfReceipt(
    conversation_id: string,
    receipt_seq: number,
    data: EventData<"conversation.read">,
    viewerId: string,
  ): void;
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

/** What the blocker may do in the direct conversation has changed, if they know of it; nobody else is told. */
async function tellOfDirect({ tx, key, tell }: Changing): Promise<void> {
  const { tenant_id, blocker_id, blocked_id } = key;
  const conversation_id = await getDirectConversationId(tx, tenant_id, directKeyOf(blocker_id, blocked_id));
  if (conversation_id === undefined) return;
  const seat = await getSeat(tx, tenant_id, conversation_id, blocker_id);
  if (seat === undefined || seat.participant.is_hidden) return;
  await countStates(tx, { tenant_id, conversation_id }, [blocker_id], false);
  const [view] = await listConversationViewsById(tx, tenant_id, blocker_id, [conversation_id]);
  if (view === undefined) return;
  const { state_seq } = view.participant;
  tell(blocker_id, "conversation.state_updated", toOwnState(view), { conversation_id, state_seq });
}

/**
 * To each who could see the other online, the other goes offline or comes back; who could not notices nothing. This is
 * all that the blocked side is ever told.
 */
async function tellPresence({ tx, key, tell }: Changing, isApart: boolean): Promise<void> {
  const { tenant_id, blocker_id, blocked_id } = key;
  if ((await listUsersSharing(tx, tenant_id, blocker_id, [blocked_id], { acrossBlocks: true })).length === 0) return;
  for (const [viewer, other] of sidesOf(key)) {
    const row = await find(tx, key, other);
    if (row.is_online)
      tell(viewer, "presence.changed", toPresence(isApart ? { ...row, is_online: false, last_seen_at: null } : row));
  }
}

async function areApart({ tx, key: { tenant_id, blocker_id, blocked_id } }: Changing): Promise<boolean> {
  return (await listApart(tx, tenant_id, [blocker_id])).some(({ other_id }) => other_id === blocked_id);
}

/**
 * Each learns again where the other is, and how far they have read meanwhile: these receipts are numbered anew, in the
 * order of the conversations, so that whoever was away finds them too.
 */
async function tellOfReturn(changing: Changing): Promise<void> {
  const { tx, key, tellOfReceipt } = changing;
  await tellPresence(changing, false);
  const kept: { viewer: string; user_id: string; conversation_id: string; last_read_seq: number }[] = [];
  for (const [viewer, user_id] of sidesOf(key)) {
    const reads = await listReadsKeptFrom(tx, key, user_id, viewer);
    kept.push(...reads.map((read) => ({ viewer, user_id, ...read })));
  }
  kept.sort((a, b) => (a.conversation_id < b.conversation_id ? -1 : 1));
  for (const { viewer, user_id, conversation_id, last_read_seq } of kept) {
    const receipt_seq = await bumpReceiptSeq(tx, { tenant_id: key.tenant_id, conversation_id, user_id });
    tellOfReceipt(conversation_id, receipt_seq, { user_id, last_read_seq }, viewer);
  }
}

export type BlocksService = ReturnType<typeof createBlocks>;

/** Who does not want to hear of whom. What follows from it is decided where it happens. */
export function createBlocks({ database, bus }: { database: Database; bus: Pick<Bus, "publish"> }) {
  async function change(
    { tenant_id, user_id }: Actor,
    otherId: string,
    work: (changing: Changing) => Promise<void>,
  ): Promise<void> {
    const key = { tenant_id, blocker_id: user_id, blocked_id: otherId };
    const at = new Date().toISOString();
    const told: Told[] = [];
    await database.transaction(async (tx) => {
      await lockPair(tx, key);
      await lockUsers(tx, tenant_id, [user_id, otherId], "no key update");
      await find(tx, key, otherId);
      const tell: Changing["tell"] = (userId, type, data, more = {}) =>
        told.push([channelOf.user(userId), { type, tenant_id, ...more, at, data }]);
      const tellOfReceipt: Changing["tellOfReceipt"] = (conversation_id, receipt_seq, data, viewerId) =>
        told.push([
          channelOf.conversation(conversation_id),
          { type: "conversation.read", tenant_id, conversation_id, receipt_seq, only: [viewerId], at, data },
        ]);
      await work({ tx, key, tell, tellOfReceipt });
    });
    for (const [channel, announcement] of told) bus.publish(channel, announcement);
  }

  return {
    block: (actor: Actor, { id }: { id: string }): Promise<void> =>
      change(actor, id, async (changing) => {
        const { tx, key, tell } = changing;
        if (key.blocked_id === key.blocker_id) throw new AppError("cannot_block_self");
        // Whom the other side has blocked is told nothing by a block of their own, and tells them nothing.
        const wereApart = await areApart(changing);
        if (!(await insertBlock(tx, key))) return;
        await insertMarksOfBlock(tx, key);
        await tellOfDirect(changing);
        const state_seq = await countBlock(tx, key);
        const view = await getBlockView(tx, key);
        if (view === undefined) throw new Error("a block that was made is there");
        tell(key.blocker_id, "block.created", { block: toBlock(view) }, { state_seq });
        if (!wereApart) await tellPresence(changing, true);
      }),

    unblock: (actor: Actor, { id }: { id: string }): Promise<void> =>
      change(actor, id, async (changing) => {
        const { tx, key, tell } = changing;
        if (!(await removeBlock(tx, key))) return;
        await lockReadsBetween(tx, key);
        await tellOfDirect(changing);
        const state_seq = await countBlock(tx, key);
        tell(key.blocker_id, "block.removed", { user_id: key.blocked_id }, { state_seq });
        if (!(await areApart(changing))) await tellOfReturn(changing);
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
