import postgres from "postgres";
import { type Address, Sockets } from "./sockets.js";

export interface ListenOptions {
  url: string;
  /** Options of the driver. */
  settings: object;
  channel: string;
  onPayload(payload: string): void;
  /** Called whenever LISTEN has taken effect: first, and after each reconnection. Notifications in between are lost. */
  onConnect(): void;
}

/** A connection that is subscribed to a channel. */
export interface Listening {
  /** Destroys the connection, which may be dead without having been closed, and opens a new one. */
  reconnect(): Promise<void>;
  close(): Promise<void>;
}

/**
 * Listens on a channel, on a connection of its own. The driver reconnects when the connection is closed. A connection
 * that died without being closed can be recognised only by the caller, who knows when a notification is overdue.
 */
export async function listen({ url, settings, channel, onPayload, onConnect }: ListenOptions): Promise<Listening> {
  let current: { client: postgres.Sql; sockets: Sockets } | undefined;
  let isClosed = false;

  async function open(): Promise<void> {
    // An idle listener rightly receives nothing for hours, so it is never given up for its silence.
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
