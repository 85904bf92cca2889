import { connect, type NetConnectOpts } from "node:net";

interface Backend {
  pid: number;
  secret: number;
  /** Missing where the server, or a pooler before it, has sent no key to cancel with. */
  address?: { path: string } | { host?: string; port?: number };
}

/** A query of the driver: whether the server is working on it, and which backend process of which server that is. */
export interface Running {
  active?: boolean;
  state?: Backend | null;
}

const cancelRequestCode = 80_877_102;
const giveUpMs = 2_000;

/**
 * Sends a CancelRequest for a running query (PostgreSQL manual, "Canceling Requests in Progress"): one message on a
 * connection of its own, which the server never answers. It goes to the very address that the query's connection leads
 * to, because every other host, or other address of the same host, numbers its processes for itself. The driver's own
 * cancellation is not used: it always asks the first host, and loses the error when the server is away. Nothing is
 * guaranteed: the query may end before the request arrives.
 */
export function cancelQuery({ active, state }: Running): void {
  if (!active || !state?.address) return;
  const { pid, secret, address } = state;
  // The connection was lost during its handshake, and the query with it.
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
