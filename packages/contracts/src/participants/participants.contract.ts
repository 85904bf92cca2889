import { z } from "zod";
import { conversationRole } from "../conversations/conversations.schema.js";
import { id, nothing, page, paging, withDefault } from "../kernel/fields.js";
import { mutation, query } from "../kernel/procedure.js";
import { exampleIds } from "../users/users.schema.js";
import { addedParticipants, exampleParticipant, participant } from "./participants.schema.js";

const where = { id: exampleIds.conversation, userId: exampleIds.grace };

export const participantsContract = {
  list: query({
    access: "session",
    rest: "GET /v1/chat/conversations/:id/participants",
    summary: "List participants",
    input: z.strictObject({ id, ...paging }),
    output: page(participant),
    errors: ["conversation_not_found"],
    rate: "list",
    share: "list",
    example: {
      input: { id: exampleIds.conversation },
      output: { items: [exampleParticipant], next_cursor: null },
    },
  }),
  add: mutation({
    access: "session",
    rest: "POST /v1/chat/conversations/:id/participants",
    summary: "Add participants",
    description:
      "Groups only, by their owner and admins. `history` says whether the added users see what was written before. Answers who was added, who was there already and who was skipped.",
    input: z.strictObject({
      id,
      user_ids: z.array(id).min(1).max(100),
      role: withDefault(conversationRole.exclude(["owner"]), "member"),
      history: withDefault(z.enum(["all", "from_join"]), "all"),
    }),
    output: addedParticipants,
    errors: [
      "conversation_not_found",
      "forbidden",
      "direct_conversation_immutable",
      "unknown_users",
      "participant_limit",
    ],
    example: {
      input: { id: exampleIds.conversation, user_ids: [exampleIds.grace] },
      output: { added: [exampleParticipant], already: [], skipped: [] },
    },
  }),
  remove: mutation({
    access: "session",
    rest: "DELETE /v1/chat/conversations/:id/participants/:userId",
    summary: "Remove a participant, or leave",
    description:
      "The owner and admins remove those of a lower role; anyone may remove themselves. Idempotent. When the owner leaves, the longest-standing admin, else member, becomes the owner.",
    input: z.strictObject({ id, userId: id }),
    output: nothing,
    status: 204,
    errors: ["conversation_not_found", "forbidden", "direct_conversation_immutable"],
    example: { input: where },
  }),
  update: mutation({
    access: "session",
    rest: "PATCH /v1/chat/conversations/:id/participants/:userId",
    summary: "Change a role, or hand over ownership",
    description: "By the owner. Giving the role `owner` makes the previous owner an admin.",
    input: z.strictObject({ id, userId: id, role: conversationRole }),
    output: participant,
    errors: ["conversation_not_found", "participant_not_found", "forbidden", "direct_conversation_immutable"],
    example: { input: { ...where, role: "admin" }, output: { ...exampleParticipant, role: "admin" } },
  }),
};
