import { AppError, type Issue, type msgsrvContract, type Participant } from "@vero/contracts";
import {
  addParticipants,
  bumpStateSeqs,
  countParticipants,
  getHeirId,
  listActiveUserIds,
  listParticipantViewsById,
  removeParticipant,
  setRole,
  touchConversation,
} from "@vero/db";
import type { Actor, ParticipantRedactions } from "@vero/server";
import type { z } from "zod";
import { redactReads, withheldFrom } from "../blocks/blocks.policy.js";
import { appendSystemMessage } from "../conversation-log/append-messages.js";
import type { Change, ConversationLog } from "../conversation-log/conversation-log.js";
import { conversationListed } from "../events/events.pending.js";
import { participantsSeenBy, toParticipant } from "../views/participants.view.js";

type Contract = typeof msgsrvContract.participants;
type AddInput = z.output<Contract["add"]["input"]>;
type AddOutput = z.output<Contract["add"]["output"]>;
type UpdateInput = z.output<Contract["update"]["input"]>;
type Role = Participant["role"];

interface Shared {
  participants: Participant[];
  redactions: ParticipantRedactions;
}

/** The creator and 500 others. */
const maxParticipants = 501;

const rank: Record<Role, number> = { member: 0, admin: 1, owner: 2 };

function refuseDirect({ membership }: Change): void {
  if (membership.conversation.type === "direct") throw new AppError("direct_conversation_immutable");
}

async function refuseUnknown({ tx, key }: Change, ids: readonly string[]): Promise<void> {
  const active = new Set((await listActiveUserIds(tx, key.tenant_id, ids)).map(({ id }) => id));
  const issues = ids.flatMap<Issue>((id, index) =>
    active.has(id) ? [] : [{ path: `user_ids.${index}`, code: "unknown_user", message: `${id} is not an active user` }],
  );
  if (issues.length > 0) throw new AppError("unknown_users", { issues });
}

/** Reads participants as all share them; `participantsSeenBy` says what the actor is shown of them. */
async function readParticipants({ tx, key }: Change, ids: readonly string[]): Promise<Shared> {
  const views = await listParticipantViewsById(tx, key, ids);
  return {
    participants: views.map(toParticipant),
    redactions: await redactReads(tx, key, { userIds: ids }),
  };
}

/** Emits that the conversation, or who takes part in it, is another one now; answers the number of the change. */
async function emitUpdated({ tx, key, emit }: Change): Promise<number> {
  const change_seq = await touchConversation(tx, key);
  emit({ type: "conversation.updated", change_seq });
  return change_seq;
}

async function changeRole(change: Change, user_id: string, role: Role): Promise<Participant> {
  const { tx, key, next, emit } = change;
  const change_seq = await next();
  await setRole(tx, { ...key, user_id }, role, change_seq);
  const { participants, redactions } = await readParticipants(change, [user_id]);
  const [participant] = participants;
  const [seen] = participantsSeenBy(change.actor.user_id, participants, redactions);
  if (participant === undefined || seen === undefined) throw new AppError("participant_not_found");
  emit({ type: "participant.updated", change_seq, data: { participant }, redactions });
  return seen;
}

export type MembershipService = ReturnType<typeof createMembership>;

/** Creates the service that adds and removes participants of groups, and changes their roles. */
export function createMembership({ log }: { log: ConversationLog }) {
  return {
    add(actor: Actor, { id, user_ids, role, history }: AddInput): Promise<AddOutput> {
      const adding = async (change: Change): Promise<AddOutput> => {
        const { tx, key, membership, at, next, emit, emitAll, number } = change;
        refuseDirect(change);
        if (membership.participant.role === "member") throw new AppError("forbidden");
        await refuseUnknown(change, user_ids);
        const ids = [...new Set(user_ids)];
        const present = new Set((await readParticipants(change, ids)).participants.map(({ user }) => user.id));
        const absent = ids.filter((one) => !present.has(one));
        const { tenant_id, user_id } = actor;
        const skipped = await withheldFrom(tx, "being added to a group", { tenant_id, user_id, among: absent });
        const newcomers = absent.filter((one) => !skipped.includes(one));
        const answer = { added: [], already: ids.filter((one) => present.has(one)), skipped };
        if (newcomers.length === 0) return answer;
        if ((await countParticipants(tx, key)) + newcomers.length > maxParticipants) {
          throw new AppError("participant_limit");
        }
        const { last_seq } = membership.conversation;
        const joined_change_seq = await next();
        const visible_from_seq = history === "all" ? 0 : last_seq;
        await addParticipants(tx, key, newcomers, {
          role,
          visible_from_seq,
          last_read_seq: last_seq,
          joined_change_seq,
        });
        number((counters) => bumpStateSeqs(counters, key, newcomers, { isListed: true }));
        const { participants, redactions } = await readParticipants(change, newcomers);
        emit({ type: "participant.added", change_seq: joined_change_seq, data: { participants }, redactions });
        const recorded = await appendSystemMessage(change, {
          kind: "participants_added",
          user_ids: newcomers,
          name: null,
        });
        const change_seq = await emitUpdated(change);
        emitAll(newcomers.map((one) => conversationListed(key, one, { change_seq, last_seq: recorded }, at)));
        return { ...answer, added: participantsSeenBy(actor.user_id, participants, redactions) };
      };
      return log.change(actor, id, adding, { joining: user_ids });
    },

    remove(actor: Actor, { id, userId }: { id: string; userId: string }): Promise<void> {
      return log.change(actor, id, async (change) => {
        const { tx, key, membership, next, emit, number } = change;
        refuseDirect(change);
        const own = membership.participant;
        const isLeaving = userId === actor.user_id;
        if (!isLeaving && own.role === "member") throw new AppError("forbidden");
        const [target] = (await readParticipants(change, [userId])).participants;
        if (target === undefined) return;
        if (!isLeaving && rank[target.role] >= rank[own.role]) throw new AppError("forbidden");
        const reason = isLeaving ? "left" : "removed";
        const change_seq = await next();
        const left = { ...key, user_id: userId };
        await removeParticipant(tx, left, { reason, change_seq, last_seq: membership.conversation.last_seq });
        emit({ type: "participant.removed", change_seq, data: { user_id: userId, reason } });
        const heir = target.role === "owner" ? await getHeirId(tx, key) : undefined;
        if (heir !== undefined) await changeRole(change, heir, "owner");
        number((counters) => bumpStateSeqs(counters, key, [userId], { isListed: false }));
        const kind = isLeaving ? "participant_left" : "participant_removed";
        await appendSystemMessage(change, { kind, user_ids: [userId], name: null });
        await emitUpdated(change);
      });
    },

    update(actor: Actor, { id, userId, role }: UpdateInput): Promise<Participant> {
      return log.change(actor, id, async (change) => {
        refuseDirect(change);
        if (change.membership.participant.role !== "owner") throw new AppError("forbidden");
        const { participants, redactions } = await readParticipants(change, [userId]);
        const [target] = participantsSeenBy(actor.user_id, participants, redactions);
        if (target === undefined) throw new AppError("participant_not_found");
        if (target.role === role) return target;
        if (role === "owner" && (await listActiveUserIds(change.tx, actor.tenant_id, [userId])).length === 0) {
          throw new AppError("forbidden", { detail: "Who is deactivated cannot own a conversation." });
        }
        if (userId === actor.user_id) {
          throw new AppError("forbidden", { detail: "Give the role of owner to somebody else instead." });
        }
        const changed = await changeRole(change, userId, role);
        if (role === "owner") await changeRole(change, actor.user_id, "admin");
        await emitUpdated(change);
        return changed;
      });
    },
  };
}
