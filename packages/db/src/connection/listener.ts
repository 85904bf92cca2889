import postgres from "postgres";
import { type Address, Sockets } from "./sockets.js";

export interface ListenOptions {
  url: string;
  /** Of the driver. */
  settings: object;
  channel: string;
  onPayload(payload: string): void;
  /** Called whenever LISTEN has taken effect: at first, and whenever the connection was lost and is back. */
  onConnect(): void;
}

/** A connection that waits for notifications. */
export interface Listening {
  /** Gives the connection up for dead, which it may be without a word, and makes another one. */
  reconnect(): Promise<void>;
  close(): Promise<void>;
}

/**
 * Listens on a channel, on a connection of its own. The driver makes another one when this one is closed; that a
 * connection is dead and was never closed only the caller can know, who expects to hear something.
 */
export async function listen({ url, settings, channel, onPayload, onConnect }: ListenOptions): Promise<Listening> {
  let current: { client: postgres.Sql; sockets: Sockets } | undefined;
  let isClosed = false;

  async function open(): Promise<void> {
    // It hears nothing for hours, and rightly: nobody is to give it up for its silence.
    const sockets = new Sockets(Number.POSITIVE_INFINITY, () => false);
    const socket = (address: Address) => sockets.open(address);
    const mine = { client: postgres(url, { ...settings, max: 1, socket } as object), sockets };
    current = mine;
    const isCurrent = (): boolean => current === mine;
    await mine.client.listen(
      channel,
      (payload) => isCurrent() && onPayload(payload),
      () => isCurrent() && onConnect(),
    );
  }

  async function end(): Promise<void> {
    const ending = current;
    current = undefined;
    await ending?.client.end({ timeout: 0 });
    ending?.sockets.destroy();
  }

  await open();
  return {
    async reconnect() {
      await end();
      if (!isClosed) await open();
    },
    async close() {
      isClosed = true;
      await end();
    },
  };
}
