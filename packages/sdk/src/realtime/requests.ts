import { aborted } from "../abort.js";
import { fromProblem, isProblem, unsendable, VeroError } from "../errors.js";
import type { ReqFrame, ResFrame } from "../generated/frames.js";
import { after } from "../timer.js";
import type { RealtimeOperation } from "./events.js";

interface Pending {
  frame: ReqFrame;
  /** True if it may be sent a second time. */
  idempotent: boolean;
  /** Counts the connections on which it was sent. */
  sent: number;
  done: Promise<unknown>;
  settle(outcome: { value: unknown } | { error: VeroError }): void;
}

export interface RequestOptions {
  idempotent: boolean;
  timeoutMs: number;
  signal?: AbortSignal | undefined;
}

/** An idempotent request that has broken this many connections is not tried on another one. */
const maxSendings = 3;

const lost = (): VeroError =>
  new VeroError({ code: "network_error", detail: "The connection was lost before the reply; it may have been done." });

const unexpected = (): VeroError =>
  new VeroError({ code: "unexpected_response", detail: "The server answered an error without a problem document." });

/**
 * The requests that wait for their reply. While there is no connection they wait for the next one; those that were under
 * way when a connection broke are sent again if that is safe.
 */
export class Requests {
  readonly #pending = new Map<number, Pending>();
  #send: ((frame: ReqFrame) => void) | undefined;
  #lastId = 0;

  add(op: RealtimeOperation, d: unknown, { idempotent, timeoutMs, signal }: RequestOptions): Promise<unknown> {
    if (signal?.aborted) return Promise.reject(aborted(signal));
    this.#lastId += 1;
    const id = this.#lastId;
    const frame = { t: "req", id, op, d } as const;
    const pending: Pending = { frame, idempotent, sent: 0, settle: () => {}, done: Promise.resolve() };
    pending.done = new Promise((resolve, reject) => {
      pending.settle = (outcome) => {
        cancel();
        signal?.removeEventListener("abort", onAbort);
        this.#pending.delete(id);
        if ("error" in outcome) reject(outcome.error);
        else resolve(outcome.value);
      };
      const onAbort = () => pending.settle({ error: aborted(signal!) });
      const cancel = after(timeoutMs, () => {
        pending.settle({ error: new VeroError({ code: "timeout", detail: `No reply within ${timeoutMs} ms.` }) });
      });
      signal?.addEventListener("abort", onAbort, { once: true });
    });
    this.#pending.set(id, pending);
    this.#transmit(pending);
    return pending.done;
  }

  /** Sends everything that waits over a new connection. */
  attach(send: (frame: ReqFrame) => void): void {
    this.#send = send;
    for (const pending of [...this.#pending.values()]) this.#transmit(pending);
  }

  /** Holds new requests for the next connection. Resolves when none of this one is under way. */
  async drain(): Promise<void> {
    this.#send = undefined;
    const underWay = [...this.#pending.values()].filter(({ sent }) => sent > 0);
    await Promise.allSettled(underWay.map(({ done }) => done));
  }

  /** Refuses what was sent and may not be sent again. */
  detach(): void {
    this.#send = undefined;
    for (const { sent, idempotent, settle } of [...this.#pending.values()]) {
      if (sent > 0 && (!idempotent || sent >= maxSendings)) settle({ error: lost() });
    }
  }

  /** Refuses all requests: there will be no other connection. */
  fail(error: VeroError): void {
    this.#send = undefined;
    for (const { settle } of [...this.#pending.values()]) settle({ error });
  }

  reply(frame: ResFrame): void {
    const pending = this.#pending.get(Number(frame.id));
    if (pending === undefined) return;
    if (frame.ok) pending.settle({ value: frame.d });
    else pending.settle({ error: isProblem(frame.error) ? fromProblem(frame.error) : unexpected() });
  }

  #transmit(pending: Pending): void {
    if (this.#send === undefined) return;
    pending.sent += 1;
    try {
      this.#send(pending.frame);
    } catch (cause) {
      pending.settle({ error: unsendable(cause) });
    }
  }
}
