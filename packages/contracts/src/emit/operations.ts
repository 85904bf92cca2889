import { contract, msgsrvContract } from "../index.js";
import type { Domain, Procedure } from "../kernel/procedure.js";

export interface Operation {
  room: string;
  /** `messages.send`: the operationId, the path under `/trpc`, the `op` on the socket. */
  name: string;
  procedure: Procedure;
}

const operationsOf = (rooms: Record<string, Domain>): Operation[] =>
  Object.entries(rooms).flatMap(([room, domain]) =>
    Object.entries(domain).map(([name, procedure]) => ({ room, name: `${room}.${name}`, procedure })),
  );

export const operations = operationsOf(contract);

/** The operations that a `req` frame may name: those of the service that holds the socket. */
export const socketOperations = operationsOf(msgsrvContract);
