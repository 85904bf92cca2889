import type { CloseCodes } from "../generated/frames.js";

/**
 * How the client goes on after a connection was closed.
 *
 * - `retry`: it connects again; attempt by attempt it waits longer.
 * - `move`: it connects again, and the close was no failure.
 * - `stop`: it gives up.
 * - `sign_out`: it gives up, and the session has ended too.
 */
export type Consequence = "retry" | "move" | "stop" | "sign_out";

/** One consequence for each code, such as the code allows. */
export type Consequences<Codes> = {
  readonly [C in keyof Codes]: Codes[C] extends { reconnect: true } ? "retry" | "move" : "stop" | "sign_out";
};

/**
 * The documents say of each code whether to connect again, and not what it means for the waits and for the session. That
 * is kept here: a code of theirs that is missing does not compile, nor does one that they do not have or that contradicts
 * them.
 */
export const consequences: Consequences<CloseCodes> = {
  4000: "move",
  4002: "retry",
  4003: "retry",
  4008: "retry",
  4009: "retry",
  4401: "retry",
  4500: "stop",
  4502: "sign_out",
  4503: "stop",
  4504: "sign_out",
  4505: "stop",
};

/**
 * Answers how to go on after any code. Codes newer than this client follow the rule of the contract: those from 4500 on are
 * final, and the others are not.
 */
export const consequenceOf = (code: number): Consequence =>
  (consequences as Readonly<Record<number, Consequence>>)[code] ?? (code < 4500 ? "retry" : "stop");

/** The code of a reason that the documents name. */
export type CodeOf<R extends CloseCodes[keyof CloseCodes]["reason"]> = {
  [C in keyof CloseCodes]: CloseCodes[C]["reason"] extends R ? C : never;
}[keyof CloseCodes];
