import { connect, type NetConnectOpts } from "node:net";

interface Backend {
  pid: number;
  secret: number;
  /** Missing where the server, or what stands before it, has not said how to cancel. */
  address?: { path: string } | { host?: string; port?: number };
}

/** A query of the driver: whether it is being answered, and by which process of which server. */
export interface Running {
  active?: boolean;
  state?: Backend | null;
}

const cancelRequestCode = 80_877_102;
const giveUpMs = 2_000;

/**
 * Asks the server to end what one of its processes is working on (PostgreSQL manual, section 54.2.8): a connection of
 * its own with one message, which is never answered. It leads to where the connection of the query has led: of several
 * hosts, and of several addresses of one, each has a process of that number. Not by the driver, which asks the first
 * host, and loses the error when the server is away.
 */
export function cancelQuery({ active, state }: Running): void {
  if (!active || !state?.address) return;
  const { pid, secret, address } = state;
  // The connection was lost while its server was still greeting, and with it the query.
  if (!("path" in address) && address.port === undefined) return;
  const message = Buffer.alloc(16);
  message.writeInt32BE(16, 0);
  message.writeInt32BE(cancelRequestCode, 4);
  message.writeInt32BE(pid, 8);
  message.writeUInt32BE(secret >>> 0, 12);
  const socket = connect(address as NetConnectOpts);
  socket.on("error", () => {});
  socket.setTimeout(giveUpMs, () => socket.destroy());
  socket.end(message);
}
