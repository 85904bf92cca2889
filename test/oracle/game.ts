import { errorTable } from "@vero/contracts";
import type { Operation } from "../harness/people.js";
import { type OperationName, procedureOf } from "../operations/contract.js";
import { compare, type Ends } from "./comparison.js";
import type { Random } from "./random.js";
import { type OConversation, type OMessage, type OUser, Refused } from "./state.js";
import { differences } from "./views.js";

export interface Game extends Ends {
  random: Random;
}

/** One operation: what it is for people, what the oracle says of it, and the call. */
export interface Move {
  what: string;
  /** May refuse; otherwise does it, and says what to look for in the answer. */
  expect(): ((body: unknown) => string[]) | undefined;
  operation: Operation;
  body?: object;
}

/** How often, in comparison, and of which operation; nothing when there is nothing that it could be done to. */
export interface Kind {
  of: OperationName;
  weight: number;
  make(game: Game, by: OUser): Move | undefined | Promise<Move | undefined>;
}

/** Mostly what the user can do something with, sometimes what is gone or was never theirs. */
export function someConversation({ oracle, random }: Game, by: OUser): OConversation | undefined {
  const own = oracle.conversations.filter((one) => oracle.membershipOf(by, one) !== undefined);
  const from = own.length > 0 && random.chance(0.9) ? own : oracle.conversations;
  return from.length === 0 ? undefined : random.pick(from);
}

export function someMessage(game: Game, by: OUser, isRight: (message: OMessage) => boolean = () => true) {
  const { oracle, random } = game;
  const { messages = [] } = someConversation(game, by) ?? {};
  const recent = messages.filter((message) => oracle.sees(by, message) && isRight(message)).slice(-15);
  const from = recent.length > 0 && random.chance(0.85) ? recent : messages;
  return from.length === 0 ? undefined : random.pick(from);
}

/** There is nothing to look for in the answer. */
export const quiet = (work: () => void) => () => {
  work();
  return undefined;
};

/** Does one operation at both ends; what differs in the answer. */
async function make(game: Game, kind: Kind, by: OUser, move: Move): Promise<string[]> {
  let expected: { status: number; code?: string } = { status: procedureOf(kind.of).status ?? 200 };
  let check: ReturnType<Move["expect"]>;
  try {
    check = move.expect();
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    expected = { status: errorTable[error.code].status, code: error.code };
  }
  const { operation, body } = move;
  const answer = await game.personOf(by).call<{ code?: string }>(operation, body && { body });
  const found = differences(expected, { status: answer.status, code: answer.body?.code }, "answered");
  if (found.length > 0) return found;
  await learnIds(game);
  return check?.(answer.body) ?? [];
}

/** Looks up the ids of system messages, which are in no answer. */
async function learnIds({ oracle, personOf }: Game): Promise<void> {
  for (const { id, memberships, messages } of oracle.conversations) {
    const [membership, last] = [memberships[0], messages.at(-1)];
    if (membership === undefined || last === undefined || last.system === null || last.id !== "") continue;
    const { body } = await personOf(membership.user).call<{ items: { id: string }[] }>(
      `GET /v1/chat/conversations/${id}/messages?limit=1`,
    );
    last.id = body.items[0]?.id ?? "";
  }
}

export interface Length {
  operations: number;
  compareEvery: number;
}

/** Fails at the first difference, saying where it is and how to see it again. */
export async function play(game: Game, kinds: readonly Kind[], seed: number, { operations, compareEvery }: Length) {
  const { oracle, random } = game;
  const known = kinds.flatMap((kind) => Array<Kind>(kind.weight).fill(kind));
  const done: string[] = [];
  const failIf = (found: readonly string[]): void => {
    if (found.length === 0) return;
    const last = done.slice(-10).join("\n  ");
    throw new Error(`VERO_SEED=${seed}, operation ${done.length}:\n  ${last}\n${found.slice(0, 20).join("\n")}`);
  };
  while (done.length < operations) {
    const [kind, by] = [random.pick(known), random.pick(oracle.users)];
    const move = await kind.make(game, by);
    if (move === undefined) continue;
    done.push(`${done.length + 1}. ${by.name}: ${move.what}`);
    failIf(await make(game, kind, by, move));
    if (done.length % compareEvery !== 0 && done.length !== operations) continue;
    failIf(await compare(game));
    oracle.forgetGone();
  }
}
