import type { Duplex } from "node:stream";
import { timing } from "./timing.js";

/**
 * Ends a connection with what is still to be said on it. The other side has a moment to take it in, during which what it
 * sends is read and thrown away; then the connection is gone, whether or not it was closed over there.
 */
export function endConnection(socket: Duplex, lastWords = "", lingerMs = timing.lingerMs): void {
  if (socket.destroyed) return;
  // Also takes the connection away from Node's parser, which would make requests of what still comes.
  socket.removeAllListeners("data");
  socket.on("data", () => {});
  socket.on("error", () => socket.destroy());
  const timer = setTimeout(() => socket.destroy(), lingerMs);
  socket.once("close", () => clearTimeout(timer));
  socket.end(lastWords);
  socket.resume();
}
