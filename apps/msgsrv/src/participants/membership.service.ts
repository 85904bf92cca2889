import { AppError, type Issue, type msgsrvContract, type Participant } from "@vero/contracts";
import {
  addParticipants,
  countParticipants,
  countStates,
  getHeirId,
  insertMarksOfNewcomers,
  listActiveUserIds,
  listBlockers,
  listFrozenReads,
  listParticipantViewsById,
  lockUsers,
  removeParticipant,
  setRole,
} from "@vero/db";
import type { Actor, ParticipantRedactions } from "@vero/server";
import type { z } from "zod";
import type { Changes, Changing } from "../conversations/changes.service.js";
import { conversationListed } from "../messages/writing.service.js";
import { participantsSeenBy, toParticipant } from "./participants.view.js";

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
const mostParticipants = 501;

const rank: Record<Role, number> = { member: 0, admin: 1, owner: 2 };

function refuseDirect({ seat }: Changing): void {
  if (seat.conversation.type === "direct") throw new AppError("direct_conversation_immutable");
}

async function refuseUnknown({ tx, place }: Changing, ids: readonly string[]): Promise<void> {
  const active = new Set((await listActiveUserIds(tx, place.tenant_id, ids)).map(({ id }) => id));
  const issues = ids.flatMap<Issue>((id, index) =>
    active.has(id) ? [] : [{ path: `user_ids.${index}`, code: "unknown_user", message: `${id} is not an active user` }],
  );
  if (issues.length > 0) throw new AppError("unknown_users", { issues });
}

/** Reads participants as all share them; `participantsSeenBy` says what the actor is shown of them. */
async function readParticipants({ tx, place }: Changing, ids: readonly string[]): Promise<Shared> {
  const views = await listParticipantViewsById(tx, place.tenant_id, place.conversation_id, ids);
  return {
    participants: views.map(toParticipant),
    redactions: { frozen_reads: await listFrozenReads(tx, place, ids) },
  };
}

async function changeRole(changing: Changing, user_id: string, role: Role): Promise<Participant> {
  const { tx, place, next, emit } = changing;
  const change_seq = await next();
  await setRole(tx, { ...place, user_id }, role, change_seq);
  const { participants, redactions } = await readParticipants(changing, [user_id]);
  const [participant] = participants;
  const [seen] = participantsSeenBy(changing.actor.user_id, participants, redactions);
  if (participant === undefined || seen === undefined) throw new AppError("participant_not_found");
  emit({ type: "participant.updated", change_seq, data: { participant }, redactions });
  return seen;
}

export type MembershipService = ReturnType<typeof createMembership>;

/** Who takes part in a group, and as what. */
export function createMembership({ changes }: { changes: Changes }) {
  return {
    add(actor: Actor, { id, user_ids, role, history }: AddInput): Promise<AddOutput> {
      return changes.change(actor, id, async (changing) => {
        const { tx, seat, place, at, next, emit, emitAll, record, touch } = changing;
        refuseDirect(changing);
        if (seat.participant.role === "member") throw new AppError("forbidden");
        await refuseUnknown(changing, user_ids);
        const ids = [...new Set(user_ids)];
        const present = new Set((await readParticipants(changing, ids)).participants.map(({ user }) => user.id));
        const absent = ids.filter((one) => !present.has(one));
        await lockUsers(tx, actor.tenant_id, absent, "share");
        const blockers = new Set(
          (await listBlockers(tx, actor.tenant_id, actor.user_id, absent)).map(({ user_id }) => user_id),
        );
        const newcomers = absent.filter((one) => !blockers.has(one));
        const answer = { added: [], already: ids.filter((one) => present.has(one)), skipped: [...blockers] };
        if (newcomers.length === 0) return answer;
        if ((await countParticipants(tx, place)) + newcomers.length > mostParticipants) {
          throw new AppError("participant_limit");
        }
        const { last_seq } = seat.conversation;
        const joined_change_seq = await next();
        const visible_from_seq = history === "all" ? 0 : last_seq;
        await addParticipants(tx, place, newcomers, {
          role,
          visible_from_seq,
          last_read_seq: last_seq,
          joined_change_seq,
        });
        await insertMarksOfNewcomers(tx, place, newcomers);
        await countStates(tx, place, newcomers, true);
        const { participants, redactions } = await readParticipants(changing, newcomers);
        emit({ type: "participant.added", change_seq: joined_change_seq, data: { participants }, redactions });
        const recorded = await record({ kind: "participants_added", user_ids: newcomers, name: null });
        const change_seq = await touch();
        emitAll(newcomers.map((one) => conversationListed(place, one, { change_seq, last_seq: recorded }, at)));
        return { ...answer, added: participantsSeenBy(actor.user_id, participants, redactions) };
      });
    },

    remove(actor: Actor, { id, userId }: { id: string; userId: string }): Promise<void> {
      return changes.change(actor, id, async (changing) => {
        const { tx, seat, place, next, emit, record, touch } = changing;
        refuseDirect(changing);
        const own = seat.participant;
        const isLeaving = userId === actor.user_id;
        if (!isLeaving && own.role === "member") throw new AppError("forbidden");
        const [target] = (await readParticipants(changing, [userId])).participants;
        if (target === undefined) return;
        if (!isLeaving && rank[target.role] >= rank[own.role]) throw new AppError("forbidden");
        const reason = isLeaving ? "left" : "removed";
        const change_seq = await next();
        const left = { ...place, user_id: userId };
        await removeParticipant(tx, left, { reason, change_seq, last_seq: seat.conversation.last_seq });
        emit({ type: "participant.removed", change_seq, data: { user_id: userId, reason } });
        const heir = target.role === "owner" ? await getHeirId(tx, place) : undefined;
        if (heir !== undefined) await changeRole(changing, heir, "owner");
        // After the last seat has been taken hold of: seats come before counters.
        await countStates(tx, place, [userId], false);
        const kind = isLeaving ? "participant_left" : "participant_removed";
        await record({ kind, user_ids: [userId], name: null });
        await touch();
      });
    },

    update(actor: Actor, { id, userId, role }: UpdateInput): Promise<Participant> {
      return changes.change(actor, id, async (changing) => {
        refuseDirect(changing);
        if (changing.seat.participant.role !== "owner") throw new AppError("forbidden");
        const { participants, redactions } = await readParticipants(changing, [userId]);
        const [target] = participantsSeenBy(actor.user_id, participants, redactions);
        if (target === undefined) throw new AppError("participant_not_found");
        if (target.role === role) return target;
        if (role === "owner" && (await listActiveUserIds(changing.tx, actor.tenant_id, [userId])).length === 0) {
          throw new AppError("forbidden", { detail: "Who is deactivated cannot own a conversation." });
        }
        if (userId === actor.user_id) {
          throw new AppError("forbidden", { detail: "Give the role of owner to somebody else instead." });
        }
        const changed = await changeRole(changing, userId, role);
        if (role === "owner") await changeRole(changing, actor.user_id, "admin");
        await changing.touch();
        return changed;
      });
    },
  };
}
