import type { Participant } from "../generated/client.js";
import { kept } from "./kept.js";
import { markRead } from "./reads.js";
import type { Held, StoredParticipant } from "./state.js";

function put(held: Held, userId: string, given: StoredParticipant): Held {
  const before = held.participants.get(userId);
  const isOld = before === undefined ? given.as_of < held.participants_as_of : given.as_of < before.as_of;
  const value = kept(before, given);
  if (isOld || value === before) return held;
  return { ...held, participants: new Map(held.participants).set(userId, value) };
}

/** Takes over who somebody is in the conversation, as of a change. */
export function putParticipant(before: Held, { user, last_read_seq, ...rest }: Participant, as_of: number): Held {
  const held = markRead(before, user.id, last_read_seq);
  return put(held, user.id, { role: rest.role, joined_at: rest.joined_at, as_of, is_removed: false });
}

export const removeParticipant = (held: Held, userId: string, as_of: number): Held =>
  put(held, userId, { role: "member", joined_at: "", as_of, is_removed: true });

/** Takes over all who take part, as of a change: others do not any more. */
export function putAllParticipants(before: Held, participants: readonly Participant[], as_of: number): Held {
  let held = before;
  for (const participant of participants) held = putParticipant(held, participant, as_of);
  const listed = new Set(participants.map(({ user }) => user.id));
  for (const id of held.participants.keys()) if (!listed.has(id)) held = removeParticipant(held, id, as_of);
  return as_of > held.participants_as_of ? { ...held, participants_as_of: as_of } : held;
}
