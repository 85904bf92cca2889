import type { Participant } from "@vero/contracts";
import type { ParticipantView } from "@vero/db";
import { type ParticipantRedactions, toUser, withoutPresence } from "@vero/server";

export const toParticipant = ({ participant, user }: ParticipantView): Participant => ({
  user: toUser(user),
  role: participant.role,
  joined_at: participant.joined_at.toISOString(),
  last_read_seq: participant.last_read_seq,
});

/** Redacts participants for a viewer; the same array for all from whom nothing is withheld. */
export function participantsSeenBy(
  viewerId: string,
  participants: Participant[],
  { frozen_reads }: ParticipantRedactions,
): Participant[] {
  const frozen = new Map(frozen_reads.flatMap((read) => (read.viewer_id === viewerId ? [[read.user_id, read]] : [])));
  if (frozen.size === 0) return participants;
  return participants.map((participant) => {
    const read = frozen.get(participant.user.id);
    return read === undefined
      ? participant
      : { ...participant, user: withoutPresence(participant.user), last_read_seq: read.last_read_seq };
  });
}
