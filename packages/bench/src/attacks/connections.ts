import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { setTimeout as delay } from "node:timers/promises";

/** A bare connection, on which nothing is read until somebody does, and which goes on when the other side has ended. */
export async function openConnection(url: string): Promise<Socket> {
  const { hostname, port } = new URL(url);
  const socket = connect({ host: hostname, port: Number(port), allowHalfOpen: true }).pause();
  await once(socket, "connect");
  // A reset shows in `closed`.
  socket.on("error", () => {});
  return socket;
}

/** The head of a request, up to the empty line. */
export const headOf = (request: string, headers: Readonly<Record<string, string>>): string =>
  [
    `${request} HTTP/1.1`,
    "host: localhost",
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
    "",
  ].join("\r\n");

/** How long a reset takes at most. */
const resetMs = 1_000;

/**
 * How many of the connections the other side still holds. Where it has let go, whether or not what it has sent was read,
 * the next byte is answered with a reset, and the one after that fails.
 */
export async function countHeld(sockets: readonly Socket[]): Promise<number> {
  for (let n = 0; n < 2; n += 1) {
    for (const socket of sockets) if (!socket.destroyed) socket.write("x");
    await delay(resetMs);
  }
  return sockets.filter(({ destroyed }) => !destroyed).length;
}
