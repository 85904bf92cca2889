import { say } from "../harness/people.js";
import type { Frame } from "../harness/socket.js";
import { type Cast, type SignedInRole, signedInRoles } from "./cast.js";

/**
 * What everybody has heard, on each of their sockets, which they then forget. Waits until all of them have heard a
 * message that they send themselves after it, where nobody else is.
 */
export async function heardSoFar({ players }: Cast): Promise<Record<SignedInRole, Frame[][]>> {
  const heard = await Promise.all(
    signedInRoles.map(async (role) => {
      const { person, home, sockets } = players[role];
      const { id } = await say(person, home, "at home again");
      const isMark = (frame: Frame) => frame["type"] === "message.created" && frame["data"].message.id === id;
      for (const socket of sockets) await socket.until(isMark, "the message at home");
      return [
        role,
        sockets.map(({ frames }) => frames.splice(0).filter((frame) => frame["t"] === "event" && !isMark(frame))),
      ];
    }),
  );
  return Object.fromEntries(heard);
}

/** Nobody has heard of anything, on any of so many sockets. */
export const silenceOf = (sockets: number): Record<string, Frame[][]> =>
  Object.fromEntries(signedInRoles.map((role) => [role, Array.from({ length: sockets }, () => [])]));
