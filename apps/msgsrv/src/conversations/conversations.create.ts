import { AppError, type Conversation, type Issue, type msgsrvContract } from "@vero/contracts";
import {
  bumpStateSeqs,
  type Database,
  directKeyOf,
  type Executor,
  getDirectConversationId,
  insertConversation,
  insertParticipants,
  listActiveUserIds,
} from "@vero/db";
import { type Actor, invalid } from "@vero/server";
import { v7 as uuidv7 } from "uuid";
import type { z } from "zod";
import { refuseTowardsBlocked, withheldFrom } from "../blocks/blocks.policy.js";
import type { ConversationLog, ConversationWork } from "../conversation-log/conversation-log.js";
import { conversationListed } from "../events/events.pending.js";
import type { ConversationsService } from "./conversations.list.js";

type CreateInput = z.output<(typeof msgsrvContract.conversations)["create"]["input"]>;

async function refuseUnknown(
  tx: Executor,
  actor: Actor,
  ids: readonly string[],
  given: readonly string[],
): Promise<void> {
  const found = new Set((await listActiveUserIds(tx, actor.tenant_id, ids)).map(({ id }) => id));
  const issues = given.flatMap<Issue>((id, index) =>
    ids.includes(id) && !found.has(id)
      ? [{ path: `participant_ids.${index}`, code: "unknown_user", message: `${id} is not an active user` }]
      : [],
  );
  if (issues.length > 0) throw new AppError("unknown_users", { issues });
}

/**
 * Inserts a conversation; answers its id. Where two users create their direct conversation at once, the second finds
 * that of the first. A user who has blocked the creator is left out of a group, and a direct conversation is not in
 * their list.
 */
async function insert(
  { tx, key, emitAll, number }: ConversationWork,
  actor: Actor,
  input: CreateInput,
  { others, directKey }: { others: readonly string[]; directKey: string | null },
): Promise<string> {
  const { tenant_id, user_id } = actor;
  const [other] = others;
  await refuseUnknown(tx, actor, others, input.participant_ids);
  const unwilling = await withheldFrom(tx, "a new conversation", { tenant_id, user_id, among: others });
  if (other !== undefined && directKey !== null) {
    const theirs = { tenant_id, user_id: other, among: [user_id] };
    const withheld_from = await withheldFrom(tx, "a message to the direct conversation", theirs);
    refuseTowardsBlocked({ blocks_other: withheld_from.includes(user_id) });
  }
  const id = key.conversation_id;
  const inserted = await insertConversation(tx, {
    tenant_id,
    id,
    type: input.type,
    direct_key: directKey,
    name: input.name ?? null,
    description: input.description ?? null,
    avatar_url: input.avatar_url ?? null,
    metadata: input.metadata ?? {},
    created_by: user_id,
  });
  if (inserted === undefined) {
    const existing =
      directKey === null ? undefined : await getDirectConversationId(tx, { tenant_id, direct_key: directKey });
    if (existing === undefined) throw new AppError("unavailable", { retryAfter: 1 });
    return existing;
  }
  const willing = others.filter((one) => !unwilling.includes(one));
  const members = input.type === "group" ? willing : others;
  const creator = { user_id, role: input.type === "group" ? ("owner" as const) : ("member" as const) };
  const isListed = willing.length === others.length || input.type === "group";
  await insertParticipants(tx, key, creator, members, { isListed });
  const listedFor = [user_id, ...willing];
  number((counters) => bumpStateSeqs(counters, key, listedFor, { isListed: true }));
  const from = { change_seq: 0, last_seq: 0 };
  emitAll(listedFor.map((userId) => conversationListed(key, userId, from, inserted.created_at.toISOString())));
  return id;
}

export interface CreatingDeps {
  database: Pick<Database, "executor">;
  log: ConversationLog;
  conversations: Pick<ConversationsService, "find">;
}

export type CreatingService = ReturnType<typeof createCreating>;

export const createCreating = ({ database, log, conversations }: CreatingDeps) => ({
  async create(actor: Actor, input: CreateInput): Promise<Conversation> {
    const { tenant_id, user_id } = actor;
    const others = [...new Set(input.participant_ids)].filter((id) => id !== user_id);
    const [other] = others;
    if (input.type === "direct" && other === undefined) {
      throw invalid([{ path: "participant_ids.0", code: "own_id", message: "is yourself" }]);
    }
    const directKey = input.type === "direct" && other !== undefined ? directKeyOf([user_id, other]) : null;
    // An existing conversation is answered also when the other side has been deactivated; finding it locks nobody.
    const earlier =
      directKey === null
        ? undefined
        : await getDirectConversationId(database.executor, { tenant_id, direct_key: directKey });
    const key = { tenant_id, conversation_id: uuidv7() };
    const id =
      earlier ??
      (await log.create(key, [user_id, ...others], (work) => insert(work, actor, input, { others, directKey })));
    const conversation = await conversations.find(actor, id);
    if (conversation === undefined) throw new AppError("unavailable", { retryAfter: 1 });
    return conversation;
  },
});
