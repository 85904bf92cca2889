import type { ClientFrame } from "@vero/contracts";
import { type Actor, problemOf, toAppError } from "@vero/server";
import { v7 as uuidv7 } from "uuid";

type RequestFrame = Extract<ClientFrame, { t: "req" }>;

interface SocketCaller {
  actor: Actor;
  /** The client's address. */
  address: string;
  requestId: string;
  /** The time by `performance.now()`. */
  arrivedAt: number;
}

export interface RequestsOptions {
  /** The client's address. */
  address: string;
  /** Runs an operation of the contract for the caller. */
  call(op: string, input: unknown, caller: SocketCaller): Promise<unknown>;
  /** Whether answers still reach the client. */
  isServing(): boolean;
  /** Sends an answer; resolves when it has left or never will. */
  send(text: string): Promise<void>;
}

const maxWaiting = 64;

/**
 * Answers the requests of one socket. They take turns, so that they are done in the order in which they were sent; the
 * next one begins when the answer has left, so that a client that does not read causes no work.
 */
export class Requests {
  readonly #options: RequestsOptions;
  #waiting = 0;
  #last: Promise<void> = Promise.resolve();

  constructor(options: RequestsOptions) {
    this.#options = options;
  }

  /** Adds a request; answers false where too many are waiting. */
  add(frame: RequestFrame, actor: Actor): boolean {
    if (this.#waiting >= maxWaiting) return false;
    this.#waiting += 1;
    const arrivedAt = performance.now();
    this.#last = this.#last
      .then(() => this.#answer(frame, actor, arrivedAt))
      .finally(() => {
        this.#waiting -= 1;
      });
    return true;
  }

  /** Resolves when no request waits, or none is answered any more. */
  async answered(): Promise<void> {
    while (this.#waiting > 0 && this.#options.isServing()) await this.#last;
  }

  async #answer({ id, op, d }: RequestFrame, actor: Actor, arrivedAt: number): Promise<void> {
    const { address, call, isServing, send } = this.#options;
    const requestId = uuidv7();
    // The client could not learn of the outcome; it asks again when it is back.
    if (!isServing()) return;
    const frame = await call(op, d ?? {}, { actor, address, requestId, arrivedAt }).then(
      (result) => ({ t: "res", id, ok: true, d: result ?? null }),
      (error: unknown) => ({ t: "res", id, ok: false, error: problemOf(toAppError(error), requestId) }),
    );
    await send(JSON.stringify(frame));
  }
}
