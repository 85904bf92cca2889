import type { Duplex } from "node:stream";
import { timing } from "./timing.js";

/**
 * Ends a connection after its last bytes. For `lingerMs` the other side may read them, while its own input is read and
 * dropped; then the connection is destroyed, whether or not the other side has closed it.
 */
export function endConnection(socket: Duplex, lastWords = "", lingerMs = timing.lingerMs): void {
  if (socket.destroyed) return;
  // Also detaches Node's HTTP parser, which would turn further input into requests.
  socket.removeAllListeners("data");
  socket.on("data", () => {});
  socket.on("error", () => socket.destroy());
  const timer = setTimeout(() => socket.destroy(), lingerMs);
  socket.once("close", () => clearTimeout(timer));
  socket.end(lastWords);
  socket.resume();
}
