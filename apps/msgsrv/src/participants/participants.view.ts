import type { Participant } from "@vero/contracts";
import type { ParticipantView } from "@vero/db";
import { toUser } from "@vero/server";

export const toParticipant = ({ participant, user }: ParticipantView): Participant => ({
  user: toUser(user),
  role: participant.role,
  joined_at: participant.joined_at.toISOString(),
  last_read_seq: participant.last_read_seq,
});
