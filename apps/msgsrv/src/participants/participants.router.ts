import { bind, msgsrvContract } from "@vero/contracts";
import type { BasesOf } from "@vero/server";
import type { MembershipService } from "./participants.change.js";
import type { ParticipantsService } from "./participants.list.js";

export interface ParticipantsContext {
  participants: ParticipantsService;
  membership: MembershipService;
}

export const participantsRouter = (bases: BasesOf<ParticipantsContext>) =>
  bind("participants", msgsrvContract.participants, bases, {
    list: ({ ctx, input }) => ctx.participants.list(ctx.actor, input),
    add: ({ ctx, input }) => ctx.membership.add(ctx.actor, input),
    remove: ({ ctx, input }) => ctx.membership.remove(ctx.actor, input),
    update: ({ ctx, input }) => ctx.membership.update(ctx.actor, input),
  });
