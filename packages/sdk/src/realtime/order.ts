import type { AnyEvent } from "../generated/frames.js";

/** The events that are changes of a conversation. */
type ChangeEvent = Extract<AnyEvent, { change_seq: number }>;

interface Newest {
  changeSeq: number;
  /** The subjects of the events that had this number. */
  subjects: Set<string>;
}

/** The ids that the data of an event may hold. An event of a newer server may hold anything. */
interface Subject {
  message?: { id?: string } | null;
  message_id?: string;
  user_id?: string;
  participant?: { user?: { id?: string } } | null;
  participants?: Subject["participant"][];
}

/** Names what the event is about, so that two different events of one change differ from one event twice. */
function subjectOf(event: ChangeEvent): string {
  const { message, message_id, user_id, participant, participants }: Subject = Object(event.data);
  const people = [participant, ...(Array.isArray(participants) ? participants : [])];
  return [event.type, message?.id, message_id, user_id, ...people.map((one) => one?.user?.id)].join(" ");
}

/**
 * Drops events that were delivered before. In a conversation, events come in the order of `change_seq`; one with a lower
 * number than the newest is late, and one with the same number is a repetition unless it is about something else (a
 * participant who is added and the system message about it are one change). Events without `change_seq` always pass.
 */
export class Order {
  readonly #newest = new Map<string, Newest>();

  /** Answers whether the event is new, and remembers it, if so. */
  admits(event: AnyEvent): boolean {
    if (!("change_seq" in event)) return true;
    // It carries the number of the message that one person deleted for themselves, which is no change of its own.
    if (event.type === "message.deleted" && event.data?.scope === "for_me") return true;
    const { conversation_id: id, change_seq: changeSeq } = event;
    const newest = this.#newest.get(id);
    const subject = subjectOf(event);
    // A conversation that appears (again) starts a count of its own.
    if (newest === undefined || changeSeq > newest.changeSeq || event.type === "conversation.created") {
      this.#newest.set(id, { changeSeq, subjects: new Set([subject]) });
      return true;
    }
    if (changeSeq < newest.changeSeq || newest.subjects.has(subject)) return false;
    newest.subjects.add(subject);
    return true;
  }
}
