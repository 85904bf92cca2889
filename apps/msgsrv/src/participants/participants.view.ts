import type { Participant } from "@vero/contracts";
import type { Mask, ParticipantView } from "@vero/db";
import { toUser, withoutPresence } from "@vero/server";

export const toParticipant = ({ participant, user }: ParticipantView): Participant => ({
  user: toUser(user),
  role: participant.role,
  joined_at: participant.joined_at.toISOString(),
  last_read_seq: participant.last_read_seq,
});

/** Participants as they are announced, and what of them is kept from whom. */
export interface SharedParticipants {
  participants: Participant[];
  masks: readonly Mask[];
}

/** The same array for all from whom nothing is kept. */
export function participantsSeenBy(viewerId: string, { participants, masks }: SharedParticipants): Participant[] {
  const own = new Map(masks.flatMap((mask) => (mask.viewer_id === viewerId ? [[mask.user_id, mask]] : [])));
  if (own.size === 0) return participants;
  return participants.map((participant) => {
    const mask = own.get(participant.user.id);
    return mask === undefined
      ? participant
      : { ...participant, user: withoutPresence(participant.user), last_read_seq: mask.last_read_seq };
  });
}
