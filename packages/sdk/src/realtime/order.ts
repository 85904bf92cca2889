import type { AnyEvent } from "./frames.js";

interface Newest {
  changeSeq: number;
  /** What has been seen with just this number. */
  subjects: Set<string>;
}

interface Person {
  user: { id: string };
}

/** As much of the data of any event as says what it is about. */
interface Subjects {
  message?: { id: string };
  message_id?: string;
  user_id?: string;
  participant?: Person;
  participants?: Person[];
}

/** What the event is about, so that two different events of one change are told apart from one event twice. */
function subjectOf({ type, data }: AnyEvent): string {
  const { message, message_id, user_id, participant, participants = [] } = data as Subjects;
  const people = [...participants, ...(participant === undefined ? [] : [participant])].map(({ user }) => user.id);
  return [type, message?.id, message_id, user_id, ...people].join(" ");
}

/**
 * These tell how the conversation stands for one person. They carry the number of the change that the log had reached,
 * without being a change themselves, so two of them may share it and both count.
 */
const personal: ReadonlySet<string> = new Set([
  "conversation.read",
  "conversation.state_updated",
  "conversation.deleted",
  "conversation.removed",
]);

/**
 * Drops what has been seen. In a conversation, events come in the order of `change_seq`; one with a lower number than the
 * newest is late, and one with the same number is a repetition unless it is about something else (a participant who is
 * added and the system message that says so are one change). Events without `change_seq` always pass.
 */
export class Order {
  readonly #newest = new Map<string, Newest>();

  /** Whether the event is news. Remembers it, if so. */
  admits(event: AnyEvent): boolean {
    const { conversation_id: id, change_seq: changeSeq } = event as { conversation_id?: string; change_seq?: number };
    if (id === undefined || changeSeq === undefined) return true;
    if (event.type === "conversation.removed" || event.type === "conversation.deleted") this.#newest.delete(id);
    if (personal.has(event.type)) return true;
    if (event.type === "message.deleted" && event.data.scope === "for_me") return true;
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
