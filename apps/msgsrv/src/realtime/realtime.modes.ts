/** The modes of something long-lived, as data: for every mode and every event, the mode that follows. */
export type Transitions<Mode extends string, Event extends string> = Readonly<
  Record<Mode, Readonly<Record<Event, Mode>>>
>;

/** Keeps the mode of one thing. Nothing but an event changes it, and only as the table says. */
export class Modes<Mode extends string, Event extends string> {
  readonly #transitions: Transitions<Mode, Event>;
  readonly #onEnter: (mode: Mode) => void;
  #current: Mode;

  /** `onEnter` is called whenever the mode has changed. */
  constructor(transitions: Transitions<Mode, Event>, initial: Mode, onEnter: (mode: Mode) => void = () => {}) {
    this.#transitions = transitions;
    this.#current = initial;
    this.#onEnter = onEnter;
  }

  get current(): Mode {
    return this.#current;
  }

  /** Handles an event; answers whether the mode has changed. */
  on(event: Event): boolean {
    const next = this.#transitions[this.#current][event];
    if (next === this.#current) return false;
    this.#current = next;
    this.#onEnter(next);
    return true;
  }
}
