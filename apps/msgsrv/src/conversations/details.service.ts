import { isDeepStrictEqual } from "node:util";
import { AppError, type Conversation, type msgsrvContract } from "@vero/contracts";
import {
  addConversationRemoval,
  countStates,
  deleteConversation,
  hideConversation,
  listParticipantViews,
  updateConversation,
} from "@vero/db";
import type { Actor } from "@vero/server";
import type { z } from "zod";
import type { Changes } from "./changes.service.js";
import type { ConversationsService } from "./conversations.service.js";
import { mayDeleteForEveryone } from "./conversations.view.js";

type Contract = typeof msgsrvContract.conversations;
type UpdateInput = z.output<Contract["update"]["input"]>;
type DeleteInput = z.output<Contract["delete"]["input"]>;

export interface DetailsDeps {
  changes: Changes;
  conversations: Pick<ConversationsService, "get">;
}

export type DetailsService = ReturnType<typeof createDetails>;

/** What a conversation is called and looks like, and its end. */
export function createDetails({ changes, conversations }: DetailsDeps) {
  return {
    async update(actor: Actor, { id, ...given }: UpdateInput): Promise<Conversation> {
      await changes.change(actor, id, async ({ tx, seat, emit, record }) => {
        const { conversation, participant } = seat;
        if (conversation.type === "direct") throw new AppError("direct_conversation_immutable");
        if (participant.role === "member") throw new AppError("forbidden");
        const { name, description, avatar_url, metadata } = conversation;
        const before = { name, description, avatar_url, metadata };
        // As it will be read back: not every number of JavaScript is one of JSON.
        const details: typeof before = JSON.parse(JSON.stringify({ ...before, ...given }));
        if (isDeepStrictEqual(details, before)) return;
        if (details.name !== name) await record({ kind: "conversation_renamed", user_ids: [], name: details.name });
        const change_seq = await updateConversation(tx, actor.tenant_id, id, details);
        emit({ type: "conversation.updated", change_seq });
      });
      return conversations.get(actor, id);
    },

    async delete(actor: Actor, { id, scope }: DeleteInput): Promise<void> {
      await changes.change(actor, id, async ({ tx, seat, place, emit, emitTo }) => {
        const { tenant_id, user_id } = actor;
        const { conversation, participant } = seat;
        const deleted = { type: "conversation.deleted", data: { conversation_id: id, scope } } as const;
        if (scope === "for_me") {
          if (!(await hideConversation(tx, { ...place, user_id }, conversation.last_seq))) return;
          await countStates(tx, place, [user_id], false);
          emitTo(user_id, deleted);
          return;
        }
        if (conversation.type === "group" && !mayDeleteForEveryone(participant.role, actor.role)) {
          throw new AppError("forbidden");
        }
        await deleteConversation(tx, tenant_id, id);
        await addConversationRemoval(tx, place);
        const everyone = await listParticipantViews(tx, tenant_id, id, {});
        const userIds = everyone.map((one) => one.participant.user_id);
        await countStates(tx, place, userIds, false);
        emit(deleted);
      });
    },
  };
}
