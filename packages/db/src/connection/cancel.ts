import type { Socket } from "node:net";

/** A query of the driver: whether it is being answered, and by which process of the server. */
export interface Running {
  active?: boolean;
  state?: { pid: number; secret: number } | null;
}

const cancelRequestCode = 80_877_102;
const giveUpMs = 2_000;

/**
 * Asks the server to end what one of its processes is working on (PostgreSQL manual, section 54.2.8): a connection of
 * its own with one message, which is never answered. Not by the driver, which loses the error when the server is away.
 */
export function cancelQuery({ active, state }: Running, open: () => Socket): void {
  if (!active || !state) return;
  const message = Buffer.alloc(16);
  message.writeInt32BE(16, 0);
  message.writeInt32BE(cancelRequestCode, 4);
  message.writeInt32BE(state.pid, 8);
  message.writeUInt32BE(state.secret >>> 0, 12);
  const socket = open();
  socket.on("error", () => {});
  socket.setTimeout(giveUpMs, () => socket.destroy());
  socket.end(message);
}
