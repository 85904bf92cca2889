import { z } from "zod";
import { conversationRole } from "../conversations/conversations.schema.js";
import { id, named, seq, time } from "../kernel/fields.js";
import { exampleUser, user } from "../users/users.schema.js";

export const participant = named(
  "Participant",
  "A user in a conversation.",
  z.strictObject({
    user,
    role: conversationRole,
    joined_at: time,
    last_read_seq: seq,
  }),
);
export const addedParticipants = named(
  "AddedParticipants",
  "The users who were added, who took part already, and who were left out.",
  z.strictObject({ added: z.array(participant), already: z.array(id), skipped: z.array(id) }),
);
export type Participant = z.infer<typeof participant>;

export const exampleParticipant: Participant = {
  user: exampleUser,
  role: "member",
  joined_at: "2026-03-01T12:00:00.000Z",
  last_read_seq: 1,
};
