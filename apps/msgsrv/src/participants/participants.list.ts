import { AppError, type msgsrvContract, type Participant } from "@vero/contracts";
import { type Database, type Executor, getMembership, listParticipantViews, type MembershipKey } from "@vero/db";
import { type Actor, cursorTime, listCursor } from "@vero/server";
import { z } from "zod";
import { redactReads } from "../blocks/blocks.policy.js";
import { participantsSeenBy, toParticipant } from "../views/participants.view.js";

type ListInput = z.output<(typeof msgsrvContract.participants)["list"]["input"]>;

const firstJoinedFirst = listCursor("participants.list", { joined_at: cursorTime, user_id: z.uuid() });

/** Lists the participants of a conversation as one of them sees them. */
export async function listParticipantsFor(
  tx: Executor,
  key: MembershipKey,
  page: Parameters<typeof listParticipantViews>[2],
): Promise<Participant[]> {
  const participants = (await listParticipantViews(tx, key, page)).map(toParticipant);
  const ids = participants.map(({ user }) => user.id);
  const redactions = await redactReads(tx, key, { userIds: ids, viewerId: key.user_id });
  return participantsSeenBy(key.user_id, participants, redactions);
}

export type ParticipantsService = ReturnType<typeof createParticipants>;

export function createParticipants({ database }: { database: Database }) {
  return {
    async list(actor: Actor, { id, limit, cursor }: ListInput) {
      const page = firstJoinedFirst.query({ limit, cursor });
      return database.snapshot(async (tx) => {
        const { tenant_id, user_id } = actor;
        const key = { tenant_id, conversation_id: id, user_id };
        const membership = await getMembership(tx, key);
        if (membership === undefined) throw new AppError("conversation_not_found");
        const found = await listParticipantsFor(tx, key, page);
        return firstJoinedFirst.page(found, {
          limit,
          view: (participant) => participant,
          keyOf: ({ joined_at, user }) => ({ joined_at, user_id: user.id }),
        });
      });
    },
  };
}
