export const heartbeatMs = 25_000;
const maxMissed = 2;

/** Pings a client regularly, and finds out that it has not shown a sign of life for too long. */
export class Heartbeat {
  readonly #timer: NodeJS.Timeout;
  #missed = 0;

  constructor({ ping, onDead }: { ping(): void; onDead(): void }) {
    this.#timer = setInterval(() => {
      if (this.#missed >= maxMissed) return onDead();
      this.#missed += 1;
      ping();
    }, heartbeatMs);
  }

  /** Notes a sign of life. */
  note(): void {
    this.#missed = 0;
  }

  stop(): void {
    clearInterval(this.#timer);
  }
}
