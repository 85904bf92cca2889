/** Holds the changes of a conversation that have arrived before those they follow. */
export class ReorderBuffer<Event> {
  readonly #events = new Map<number, Event>();

  get isEmpty(): boolean {
    return this.#events.size === 0;
  }

  /** The newest change_seq that is held, 0 where none is. */
  get newest(): number {
    return Math.max(0, ...this.#events.keys());
  }

  add(changeSeq: number, event: Event): void {
    this.#events.set(changeSeq, event);
  }

  /** Takes out the change that follows a number, and drops those up to it: they have been delivered. */
  takeAfter(changeSeq: number): Event | undefined {
    for (const held of this.#events.keys()) if (held <= changeSeq) this.#events.delete(held);
    const next = this.#events.get(changeSeq + 1);
    this.#events.delete(changeSeq + 1);
    return next;
  }
}
