import { isDeepStrictEqual } from "node:util";
import { AppError, type Conversation, type msgsrvContract } from "@vero/contracts";
import {
  addConversationRemoval,
  bumpStateSeqs,
  deleteConversation,
  hideConversation,
  listParticipantViews,
  updateConversation,
} from "@vero/db";
import type { Actor } from "@vero/server";
import type { z } from "zod";
import { appendSystemMessage } from "../conversation-log/append-messages.js";
import type { ConversationLog } from "../conversation-log/conversation-log.js";
import { mayDeleteForEveryone } from "../views/conversations.view.js";
import type { ConversationsService } from "./conversations.list.js";

type Contract = typeof msgsrvContract.conversations;
type UpdateInput = z.output<Contract["update"]["input"]>;
type DeleteInput = z.output<Contract["delete"]["input"]>;

export interface DetailsDeps {
  log: ConversationLog;
  conversations: Pick<ConversationsService, "get">;
}

export type DetailsService = ReturnType<typeof createDetails>;

/** Creates the service that updates and deletes conversations. */
export function createDetails({ log, conversations }: DetailsDeps) {
  return {
    async update(actor: Actor, { id, ...given }: UpdateInput): Promise<Conversation> {
      await log.change(actor, id, async (change) => {
        const { tx, key, membership, emit } = change;
        const { conversation, participant } = membership;
        if (conversation.type === "direct") throw new AppError("direct_conversation_immutable");
        if (participant.role === "member") throw new AppError("forbidden");
        const { name, description, avatar_url, metadata } = conversation;
        const before = { name, description, avatar_url, metadata };
        // As it will be read back: not every number of JavaScript is one of JSON.
        const details: typeof before = JSON.parse(JSON.stringify({ ...before, ...given }));
        if (isDeepStrictEqual(details, before)) return;
        if (details.name !== name) {
          await appendSystemMessage(change, { kind: "conversation_renamed", user_ids: [], name: details.name });
        }
        const change_seq = await updateConversation(tx, key, details);
        emit({ type: "conversation.updated", change_seq });
      });
      return conversations.get(actor, id);
    },

    async delete(actor: Actor, { id, scope }: DeleteInput): Promise<void> {
      await log.change(actor, id, async ({ tx, key, membership, emit, emitTo, number }) => {
        const { user_id } = actor;
        const { conversation, participant } = membership;
        const deleted = { type: "conversation.deleted", data: { conversation_id: id, scope } } as const;
        if (scope === "for_me") {
          if (!(await hideConversation(tx, { ...key, user_id }, conversation.last_seq))) return;
          number((counters) => bumpStateSeqs(counters, key, [user_id], { isListed: false }));
          emitTo(user_id, deleted);
          return;
        }
        if (conversation.type === "group" && !mayDeleteForEveryone(participant.role, actor.role)) {
          throw new AppError("forbidden");
        }
        await deleteConversation(tx, key);
        await addConversationRemoval(tx, key);
        const everyone = await listParticipantViews(tx, key, {});
        const userIds = everyone.map((one) => one.participant.user_id);
        number((counters) => bumpStateSeqs(counters, key, userIds, { isListed: false }));
        emit(deleted);
      });
    },
  };
}
