/** Keeps how far the changes of a conversation have been delivered. */
export class Cursor {
  #changeSeq: number;
  /** Every message up to this seq has been delivered. */
  #seq: number;
  /**
   * While changes are read, they come in the order of the latest change: a later message may come before an earlier one
   * that was changed since. So those delivered beyond `seq` are kept one by one until everything has been read.
   */
  #deliveredAhead: Set<number> | undefined;

  constructor({ last_change_seq, last_seq }: { last_change_seq: number; last_seq: number }) {
    this.#changeSeq = last_change_seq;
    this.#seq = last_seq;
  }

  get changeSeq(): number {
    return this.#changeSeq;
  }

  hasDelivered(seq: number): boolean {
    return seq <= this.#seq || (this.#deliveredAhead?.has(seq) ?? false);
  }

  /** Notes that an event is delivered; one without a change_seq moves nothing. */
  advance({ change_seq, seq }: { change_seq?: number | undefined; seq?: number | undefined }): void {
    if (change_seq === undefined) return;
    this.#changeSeq = change_seq;
    if (seq === undefined || seq <= this.#seq) return;
    if (this.#deliveredAhead === undefined) this.#seq = seq;
    else this.#deliveredAhead.add(seq);
  }

  /** Steps over numbers of which nothing remains to be delivered, as their rows have been changed again. */
  stepTo(changeSeq: number): void {
    this.#changeSeq = Math.max(this.#changeSeq, changeSeq);
  }

  /** Begins a reading, or continues one that failed: the messages that it delivered stay noted. */
  beginReading(): void {
    this.#deliveredAhead ??= new Set();
  }

  endReading(): void {
    for (const seq of this.#deliveredAhead ?? []) this.#seq = Math.max(this.#seq, seq);
    this.#deliveredAhead = undefined;
  }
}
