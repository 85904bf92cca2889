import { say } from "../harness/people.js";
import type { Frame } from "../harness/socket.js";
import { type RoleWorkspace, type SignedInRole, signedInRoles } from "./role-workspace.js";

/**
 * Returns the events that everybody has received on each of their sockets, and forgets them. Waits until all of them
 * have received a message that they send themselves after it, where nobody else is.
 */
export async function receivedSoFar({ players }: RoleWorkspace): Promise<Record<SignedInRole, Frame[][]>> {
  const received = await Promise.all(
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
  return Object.fromEntries(received);
}

/** Nobody has been notified of anything, on any of so many sockets. */
export const nothingReceivedOn = (sockets: number): Record<string, Frame[][]> =>
  Object.fromEntries(signedInRoles.map((role) => [role, Array.from({ length: sockets }, () => [])]));
