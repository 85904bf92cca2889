import { randomUUID } from "node:crypto";
import { unindexedDraft } from "../../../../test/harness/drafts.js";
import type { Random } from "../../../../test/oracle/random.js";
import {
  lockConversation,
  openConversation,
  openMemberships,
} from "../../src/conversation-log/conversation-log.sql.js";
import {
  addParticipants,
  addReaction,
  type ConversationTx,
  type Database,
  deleteMessage,
  directKeyOf,
  hideConversation,
  hideMessage,
  insertBlock,
  insertConversation,
  insertMessages,
  insertParticipants,
  insertTenant,
  insertUser,
  moveReadPosition,
  removeBlock,
  removeParticipant,
  takeChangeSeq,
} from "../../src/index.js";

export interface Conversation {
  id: string;
  last_seq: number;
  present: Set<string>;
  absent: Set<string>;
  messageIds: string[];
}

/** A workspace with some users, and conversations between them. */
export interface World {
  database: Database;
  tenant_id: string;
  userIds: string[];
  conversations: Conversation[];
}

async function createConversation(
  world: World,
  userIds: readonly string[],
  { isDirect }: { isDirect: boolean },
): Promise<void> {
  const { database, tenant_id } = world;
  const id = randomUUID();
  const [creator, other = "", ...more] = userIds as [string, ...string[]];
  await database.transaction(async (unlocked) => {
    const tx = openConversation(unlocked);
    await insertConversation(tx, {
      tenant_id,
      id,
      type: isDirect ? "direct" : "group",
      direct_key: isDirect ? directKeyOf([creator, other]) : null,
      created_by: creator,
    });
    await insertParticipants(
      tx,
      { tenant_id, conversation_id: id },
      { user_id: creator, role: isDirect ? "member" : "owner" },
      [other, ...more],
    );
  });
  world.conversations.push({ id, last_seq: 0, present: new Set(userIds), absent: new Set(), messageIds: [] });
}

export async function createWorld(database: Database): Promise<World> {
  const tenant_id = randomUUID();
  await insertTenant(database.executor, { id: tenant_id, name: "Workspace", slug: tenant_id });
  const userIds = Array.from({ length: 4 }, () => randomUUID());
  for (const id of userIds) {
    await insertUser(database.executor, { tenant_id, id, display_name: "Somebody", role: "member" });
  }
  const world: World = { database, tenant_id, userIds, conversations: [] };
  await createConversation(world, userIds.slice(0, 2), { isDirect: true });
  await createConversation(world, userIds, { isDirect: false });
  await createConversation(world, userIds.slice(1), { isDirect: false });
  return world;
}

interface Move {
  world: World;
  conversation: Conversation;
  user_id: string;
  random: Random;
}

const keyOf = ({ world: { tenant_id }, conversation: { id }, user_id }: Omit<Move, "random">) => ({
  tenant_id,
  conversation_id: id,
  user_id,
});

const locked = (move: Omit<Move, "random">, work: (tx: ConversationTx) => Promise<unknown>): Promise<unknown> =>
  move.world.database.transaction(async (tx) => work(await lockConversation(tx, keyOf(move))));

/** Sends a few messages at once, by several people and now and then the system. */
export async function send(move: Move): Promise<void> {
  const { conversation, random } = move;
  const { user_id: _, ...key } = keyOf(move);
  const drafts = Array.from({ length: 1 + random.below(4) }, () => {
    const source = { ...key, sender_id: random.pick([...conversation.present]) };
    const system = { kind: "conversation_renamed" as const, user_ids: [], name: "Renamed" };
    const reply_to_id = random.chance(0.3) ? (conversation.messageIds.at(-1 - random.below(8)) ?? null) : null;
    return random.chance(0.2)
      ? unindexedDraft(source, null, { type: "system", system })
      : unindexedDraft(source, "Hello", { reply_to_id });
  });
  await locked(move, (tx) => insertMessages(tx, drafts));
  conversation.last_seq += drafts.length;
  conversation.messageIds.push(...drafts.map(({ id }) => id));
}

/** Sends many messages of one user at once. */
export async function sendMany(move: Omit<Move, "random">, count: number): Promise<void> {
  const { tenant_id, conversation_id, user_id } = keyOf(move);
  const source = { tenant_id, conversation_id, sender_id: user_id };
  const drafts = Array.from({ length: count }, () => unindexedDraft(source, "Hello"));
  await locked(move, (tx) => insertMessages(tx, drafts));
}

async function deleteForEveryone(move: Move): Promise<void> {
  const { world, conversation, random } = move;
  const message = { tenant_id: world.tenant_id, message_id: random.pick(conversation.messageIds) };
  await locked(move, async (tx) => deleteMessage(tx, message, await takeChangeSeq(tx, keyOf(move))));
}

async function hideOne(move: Move): Promise<void> {
  const { world, conversation, user_id, random } = move;
  const message_id = random.pick(conversation.messageIds.slice(-6));
  await locked(move, (tx) => hideMessage(tx, { tenant_id: world.tenant_id, message_id, user_id }));
}

async function react(move: Move): Promise<void> {
  const { world, conversation, user_id, random } = move;
  const { tenant_id, userIds } = world;
  const key = { tenant_id, message_id: random.pick(conversation.messageIds) };
  const withheld_from = random.chance(0.3) ? random.pick(userIds) : null;
  await locked(move, async (tx) => {
    const change_seq = await takeChangeSeq(tx, keyOf(move));
    await addReaction(tx, key, { user_id, emoji: `:${change_seq}:`, change_seq, withheld_from });
  });
}

async function leave(move: Move): Promise<void> {
  const { conversation, user_id } = move;
  const { last_seq, present, absent } = conversation;
  if (present.size <= 2) return;
  await locked(move, async (tx) =>
    removeParticipant(tx, keyOf(move), { reason: "left", change_seq: await takeChangeSeq(tx, keyOf(move)), last_seq }),
  );
  present.delete(user_id);
  absent.add(user_id);
}

/** Adds somebody who had left, with the whole history or from now on. */
async function comeBack(move: Move): Promise<void> {
  const { conversation, random } = move;
  const { last_seq, present, absent } = conversation;
  if (absent.size === 0) return;
  const user_id = random.pick([...absent]);
  const visible_from_seq = random.chance(0.5) ? 0 : last_seq;
  await locked(move, async (tx) =>
    addParticipants(tx, keyOf(move), [user_id], {
      role: "member",
      visible_from_seq,
      last_read_seq: last_seq,
      joined_change_seq: await takeChangeSeq(tx, keyOf(move)),
    }),
  );
  absent.delete(user_id);
  present.add(user_id);
}

async function read(move: Move): Promise<void> {
  const seq = move.random.below(move.conversation.last_seq + 1);
  await move.world.database.transaction((tx) => moveReadPosition(openMemberships(tx), keyOf(move), seq));
}

const hideAll = (move: Move): Promise<unknown> =>
  locked(move, (tx) => hideConversation(tx, keyOf(move), move.conversation.last_seq));

async function block({ world, user_id, random }: Move): Promise<void> {
  const { database, tenant_id, userIds } = world;
  const key = { tenant_id, blocker_id: user_id, blocked_id: random.pick(userIds.filter((id) => id !== user_id)) };
  await (random.chance(0.6) ? insertBlock(database.executor, key) : removeBlock(database.executor, key));
}

/** The moves, each as often as its weight says. */
const moves: [weight: number, make: (move: Move) => Promise<unknown>][] = [
  [10, send],
  [4, hideOne],
  [3, deleteForEveryone],
  [3, read],
  [3, block],
  [2, react],
  [1, hideAll],
  [1, leave],
  [2, comeBack],
];
const weighted = moves.flatMap(([weight, make]) => Array.from({ length: weight }, () => make));

export async function makeMove(world: World, random: Random): Promise<string> {
  const conversation = random.pick(world.conversations);
  const move = { world, conversation, user_id: random.pick([...conversation.present]), random };
  const make = conversation.messageIds.length === 0 ? send : random.pick(weighted);
  await make(move);
  return make.name;
}
