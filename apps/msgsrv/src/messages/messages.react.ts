import { AppError, type msgsrvContract } from "@vero/contracts";
import { addReaction, removeReaction } from "@vero/db";
import type { Actor } from "@vero/server";
import type { z } from "zod";
import { refuseTowardsBlocked } from "../blocks/blocks.policy.js";
import { reactionEvent } from "../events/events.pending.js";
import { toMessage } from "../views/messages.view.js";
import { type MessageChanges, readChanged } from "./messages.change.js";
import { withheldInDirect } from "./messages.hide.js";

type Contract = typeof msgsrvContract.messages.react;
type Input = z.output<Contract["input"]>;
type Output = z.output<Contract["output"]>;

/** Kinds of reaction that a message can hold. */
const maxKinds = 20;

export type ReactionsService = ReturnType<typeof createReactions>;

export const createReactions = ({ changes }: { changes: MessageChanges }) => ({
  async react(actor: Actor, { id, emoji, action }: Input): Promise<Output> {
    return changes.change(actor, id, async (view, change) => {
      const { user_id, tenant_id } = actor;
      const { message, reactions } = view;
      if (message.deleted_at !== null) throw new AppError("message_deleted");
      refuseTowardsBlocked(change.membership);
      const kind = reactions.find((one) => one.emoji === emoji);
      const hasReacted = kind?.reacted_by.includes(user_id) ?? false;
      const reacted = action === "toggle" ? !hasReacted : action === "add";
      if (reacted === hasReacted) {
        return { reacted, reactions: toMessage(user_id, view).reactions, change_seq: message.change_seq };
      }
      if (reacted && kind === undefined && reactions.length >= maxKinds) throw new AppError("reaction_limit");
      const change_seq = await change.next();
      const unreached = await withheldInDirect(change, "a reaction in the direct conversation");
      const key = { tenant_id, message_id: id };
      const reaction = { user_id, emoji, change_seq };
      let neverSeenBy: string[] = [];
      if (reacted) await addReaction(change.tx, key, { ...reaction, withheld_from: unreached[0] ?? null });
      else neverSeenBy = await removeReaction(change.tx, key, reaction);
      const now = await readChanged(change.tx, key);
      // A user who never saw the reaction does not see its removal either, also when the block is over.
      const withheldFrom = [...unreached, ...neverSeenBy];
      change.emitAll([reactionEvent(now, change.at, { user_id, withheldFrom })]);
      return { reacted, reactions: toMessage(user_id, now).reactions, change_seq };
    });
  },
});
