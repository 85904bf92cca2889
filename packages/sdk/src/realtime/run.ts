import type { VeroError } from "../errors.js";
import type { ReadyFrame } from "../generated/frames.js";
import type { Connection } from "./connection.js";
import { Order } from "./order.js";

/** The state from one `connect()` to its end, over any number of connections. */
export interface Run {
  controller: AbortController;
  ready: Promise<ReadyFrame>;
  resolve(ready: ReadyFrame): void;
  reject(error: VeroError): void;
  order: Order;
  /** The number of the last event of the present connection. */
  lastEvent: number;
  connection?: Connection | undefined;
  /** True while the server has set the time of the next attempt, which is then not tried earlier. */
  isScheduledByServer: boolean;
  /** Ends listening to the network. */
  unwatch(): void;
}

export function newRun(unwatch: () => void): Run {
  const fresh = { controller: new AbortController(), order: new Order(), lastEvent: 0, isScheduledByServer: false };
  const run: Partial<Run> = { ...fresh, unwatch };
  run.ready = new Promise((resolve, reject) => Object.assign(run, { resolve, reject }));
  // The rejection is for the callers of connect(); when none waits for it, it must not end the process.
  run.ready.catch(() => {});
  return run as Run;
}
