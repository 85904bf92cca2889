import type { EventType, Procedure } from "@vero/contracts";
import type { Fixture as BlocksFixture } from "../blocks/fixture.js";
import type { Effects, ReceivedAcross } from "../blocks/policies.js";
import type { Fixture as EventsFixture, Role as EventsRole } from "../events/fixture.js";
import type { Person } from "../harness/people.js";
import type { Staged } from "../roles/fixture.js";
import type { SignedInRole } from "../roles/role-workspace.js";
import type { Answers, Role } from "../roles/roles.js";
import type { Contract, Room } from "./contract.js";

/** What a request can name. A fixture gives each of them; a case names others. */
export interface Subject {
  conversation: string;
  message: string;
  user: string;
  media: string;
  invite: string;
  session: string;
  refreshToken: string;
  account: Pick<Person, "email" | "password">;
}

type Fields<I> = { readonly [K in keyof I]?: I[K] | undefined };

/** How the request of a case differs from the sample request. */
export interface Request<I, F> {
  /** What it is done to, where that is not what the fixture gives first. */
  on?(fixture: F): Partial<Subject> | Promise<Partial<Subject>>;
  /** The fields that differ. */
  with?: Fields<I> | ((subject: Subject, fixture: F) => Fields<I>);
}

type Cases<T> = Readonly<Record<string, T>>;

/** The answer to each role. */
export interface RoleCase<I> extends Request<I, Staged> {
  answers: Answers;
}

/** The roles whose every session receives each of these events; the sessions of the other roles do not. */
export type Receivers = { readonly [E in EventType]?: readonly Role[] };

/** The receivers of the events that a call causes; or that something else does, which the case does by itself. */
export type ReceivedCase<I> = { receivers: Receivers } & (
  | (Request<I, Staged> & { by: SignedInRole; prepare?(staged: Staged): Promise<unknown>; isRefused?: true })
  | { cause(staged: Staged): Promise<unknown> }
);

/** The effects of a call across a block, and the events that the other side receives of it or does not. */
export interface BlockCase<I> extends Request<I, BlocksFixture> {
  effects: Effects;
  events?: { readonly [E in EventType]?: ReceivedAcross };
  /** Before the block, with the fixture's people, conversations and messages. */
  prepare?(fixture: BlocksFixture): Promise<Made>;
  /** While it lasts, by who is blocked; with no block by the other. */
  meanwhile?(fixture: BlocksFixture): Promise<Made>;
}
/** What the steps before a case have made; the group takes the place of the fixture's. */
export type Made = Partial<Subject> & { group?: string };

/** A change, after which stale state and events are compared with the state that is. */
export interface EventCase<I> extends Request<I, EventsFixture> {
  by: EventsRole;
  prepare?(fixture: EventsFixture): Promise<unknown>;
  /** The status of the same call the second time, which changes nothing; absent where it would be another change. */
  again?: number;
  /** The same call, refused for who makes it or for what differs. */
  refused: Request<I, EventsFixture> & { by: EventsRole; status: number };
  /** Exactly what each receives; where it is left out, only the states are compared. */
  receives?: Partial<Record<EventsRole | "participants", readonly EventType[]>>;
}

/** An operation, as all tests know it that walk over all operations. */
export interface OperationRow<I = object> {
  /** The sample request. */
  request(subject: Subject): I;
  /** Whether the call ends the session that makes it. */
  endsSession?: true;
  roles: Cases<RoleCase<I>>;
  received?: Cases<ReceivedCase<I>>;
  blocks: Cases<BlockCase<I>>;
  events?: Cases<EventCase<I>>;
}

/** The rooms whose changes clients hold: each of their mutations has cases of events. */
export type HeldRoom = "conversations" | "participants" | "messages" | "users";

type InputOf<P extends Procedure> = P["input"]["_input"];
type Events<P extends Procedure> = Required<Pick<OperationRow<InputOf<P>>, "events">>;
type RowOf<R extends Room, P> = P extends Procedure
  ? OperationRow<InputOf<P>> & (R extends HeldRoom ? (P["kind"] extends "mutation" ? Events<P> : unknown) : unknown)
  : never;

/** The rows of a room: an operation of the contract without one does not compile. */
export type RowsOf<R extends Room> = { readonly [O in keyof Contract[R]]: RowOf<R, Contract[R][O]> };

/** Makes the input of a case: the sample request, with what differs. */
export async function inputOf<I, F>(
  row: Pick<OperationRow<I>, "request">,
  base: Partial<Subject>,
  fixture: F,
  ...requests: readonly Request<I, F>[]
): Promise<Record<string, unknown>> {
  const subject = { ...base } as Subject;
  for (const { on } of requests) Object.assign(subject, await on?.(fixture));
  const fields = requests.map((one) => (typeof one.with === "function" ? one.with(subject, fixture) : one.with));
  return Object.assign({}, row.request(subject), ...fields);
}
