import type { PersonalBusEvent } from "@vero/server";

function subjectOf(event: PersonalBusEvent): string | undefined {
  switch (event.type) {
    case "message.deleted":
      return event.data.message.id;
    case "block.created":
      return event.data.block.user.id;
    case "block.removed":
      return event.data.user_id;
    case "conversation.deleted":
    case "conversation.state_updated":
      return event.conversation_id;
    default:
      return undefined;
  }
}

/** Keeps how far a connected user has been delivered what is their own. */
export class UserPosition {
  /** Nothing up to this number is missing. */
  #checked = 0;
  /** For each conversation, hidden message and blocked user, the number that was delivered last. */
  readonly #delivered = new Map<string, number>();

  get checked(): number {
    return this.#checked;
  }

  /**
   * Notes that an event is delivered; answers false where a newer one about the same was before: changes from two
   * devices may be published in either order. Events without a number are always new.
   */
  note(event: PersonalBusEvent): boolean {
    const { state_seq } = event;
    const subject = subjectOf(event);
    if (state_seq === undefined || subject === undefined) return true;
    if (state_seq <= Math.max(this.#checked, this.#delivered.get(subject) ?? 0)) return false;
    this.#delivered.set(subject, state_seq);
    return true;
  }

  hasDelivered({ subject_id, state_seq }: { subject_id: string; state_seq: number }): boolean {
    return (this.#delivered.get(subject_id) ?? 0) >= state_seq;
  }

  /** Notes that nothing up to a number is missing any more. */
  settleTo(stateSeq: number): void {
    this.#checked = Math.max(this.#checked, stateSeq);
    for (const [subject, number] of this.#delivered) if (number <= this.#checked) this.#delivered.delete(subject);
  }
}
