import type { Message, Participant } from "@vero/sdk";

export interface ReadMarks {
  /** The others by the newest message that is shown and that they have read. */
  readers: ReadonlyMap<number, readonly Participant[]>;
  /** The newest own message, and how far it has come. */
  ownSeq: number | undefined;
  ownMark: "sent" | "read";
}

interface Source {
  items: readonly Message[];
  participants: readonly Participant[];
  myId: string | undefined;
  isDirect: boolean;
}

/** Says where the read marks of a conversation stand: pictures of the readers in a group, a mark of one's own otherwise. */
export function readMarksOf({ items, participants, myId, isDirect }: Source): ReadMarks {
  const own = items.findLast(({ sender_id, type }) => sender_id === myId && type !== "system");
  const others = participants.filter(({ user }) => user.id !== myId);
  const readers = new Map<number, Participant[]>();
  if (!isDirect) {
    for (const participant of others) {
      const at = items.findLast(({ seq, type }) => seq <= participant.last_read_seq && type !== "system");
      // Whoever has written a message has read it.
      if (at === undefined || at.sender_id === participant.user.id) continue;
      readers.set(at.seq, [...(readers.get(at.seq) ?? []), participant]);
    }
  }
  const isRead = own !== undefined && others.some(({ last_read_seq }) => last_read_seq >= own.seq);
  return { readers, ownSeq: own?.seq, ownMark: isRead ? "read" : "sent" };
}
