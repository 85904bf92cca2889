import type { User } from "@vero/contracts";
import { cursorOf, unblock } from "../harness/actions.js";
import { logIn } from "../harness/people.js";
import type { Frame } from "../harness/socket.js";
import type { Workspace } from "../harness/workspace.js";
import { isOfSocket, type OperationName, procedureOf } from "../operations/contract.js";
import { type BlockCase, inputOf, type Made } from "../operations/row.js";
import type { CaseOf } from "../operations/table.js";
import { byRest, bySocket, byTrpc, type Reply } from "../operations/transports.js";
import { type Change, changeOf, comparable, type State, stateOf } from "./effect.js";
import {
  blockIn,
  createFixture,
  type Fixture,
  type Pair,
  receivedByOther,
  subjectOf,
  type Variant,
} from "./fixture.js";

export type BlockCaseOf = CaseOf<BlockCase<object>>;

/** The outcome of one case, in one variant. */
export interface Recording {
  reply: Reply;
  /** The reply without what differs from fixture to fixture. */
  answer: unknown;
  noticed: Change;
  /** Where the other side has blocked: what they notice when they unblock. */
  lifted: Change | undefined;
  /** As the other is shown the actor before it, the actor the other in the answer, and the other the actor since. */
  online: { before: boolean[]; toActor: boolean[]; toOther: boolean[] };
}

type People = Pick<Fixture, "carol" | "dave">;

const transports = ["REST", "tRPC", "socket"] as const;
export type Transport = (typeof transports)[number];

/** Chooses the transports in turn. */
export const transportOf = (operation: OperationName, index: number): Transport =>
  isOfSocket(operation) ? (transports[index % transports.length] as Transport) : "REST";

/** Whether somebody is shown as online, wherever they are shown. */
export function onlineIn(value: unknown, userId: string): boolean[] {
  const found: boolean[] = [];
  JSON.stringify(value, (_, item) => {
    const user = item as Partial<User> | null;
    if (user?.id === userId && typeof user.is_online === "boolean") found.push(user.is_online);
    return item;
  });
  return found;
}

const shapeOf = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value, (_, item) => (typeof item === "object" ? item : typeof item)));

/**
 * Reduces a reply to what two fixtures have in common. Lists of people keep the other only: the rest of the workspace
 * differs.
 */
function answerOf(operation: OperationName, { status, body }: Reply, pair: Pair, fixture: Fixture): unknown {
  if (/^(auth|messaging|media)\./.test(operation) && status < 300) return { status, body: shapeOf(body) };
  const items = body["items"];
  const about = /^users\./.test(operation) && Array.isArray(items);
  const own = about ? { ...body, items: items.filter((item) => JSON.stringify(item).includes(pair.other.id)) } : body;
  return { status, body: comparable(own, pair, fixture) };
}

async function ask(workspace: Workspace, pair: Pair, fixture: Fixture, one: BlockCaseOf, transport: Transport) {
  const { operation, row } = one;
  const input = await inputOf(row, subjectOf(fixture), fixture, one.case);
  const { token } = row.endsSession ? await logIn(pair.actor) : pair.actor;
  const door = { url: workspace.stack.url, token };
  if (transport === "REST") return byRest(door, operation, input);
  if (transport === "tRPC") return byTrpc(door, operation, input);
  return bySocket(pair.sockets.actor, operation, input);
}

/** Lists the events that the other side receives, so that a test can wait for them. */
const eventsOf = ({ events = {} }: BlockCase<object>, variant: Variant): string[] =>
  variant === "mutual" ? [] : Object.entries(events).flatMap(([type, received]) => (received[variant] ? [type] : []));

/** Says whether the case leaves a fixture as it was for everybody in it. */
export const isLasting = ({ operation, case: { prepare, meanwhile } }: BlockCaseOf): boolean => {
  if (/^auth\.(?!update)/.test(operation)) return true;
  return procedureOf(operation).kind === "query" && prepare === undefined && meanwhile === undefined;
};

const withMade = (fixture: Fixture, { group = fixture.group, ...made }: Made = {}): Fixture => ({
  ...fixture,
  group,
  made: { ...fixture.made, ...made },
});

async function prepared(pair: Pair, people: People, { case: { prepare, meanwhile } }: BlockCaseOf): Promise<Fixture> {
  let fixture = await createFixture(pair, people);
  fixture = withMade(fixture, await prepare?.(fixture));
  await blockIn(pair);
  return withMade(fixture, await meanwhile?.(fixture));
}

/** Prepares a fixture in which the case can be run; one that nothing has changed serves for the next case too. */
async function fixtureFor(pair: Pair, people: People, one: BlockCaseOf): Promise<{ fixture: Fixture; before: State }> {
  const lasting = pair.lasting;
  delete pair.lasting;
  if (lasting && isLasting(one)) return { fixture: lasting.fixture, before: lasting.state };
  const fixture = await prepared(pair, people, one);
  await receivedByOther(pair);
  const state = await stateOf(pair.other, pair, fixture);
  return { fixture, before: { ...state, cursor: await cursorOf(pair.other) } };
}

/** Does what the case says, and answers the reply alone. */
export async function perform(
  workspace: Workspace,
  people: People,
  pair: Pair,
  one: BlockCaseOf,
  transport: Transport,
): Promise<Reply> {
  return ask(workspace, pair, await prepared(pair, people, one), one, transport);
}

/** The other side unblocks the actor, and notices something or not. */
async function lift(pair: Pair, fixture: Fixture, blocked: State): Promise<Change> {
  const before = { ...blocked, cursor: await cursorOf(pair.other) };
  await unblock(pair.other, pair.actor);
  const received = await receivedByOther(pair);
  const after = { ...(await stateOf(pair.other, pair, fixture)), cursor: before.cursor };
  const change = comparable(await changeOf(pair.other, pair, before, after, received), pair, fixture);
  // Withheld receipts take new numbers now; their positions are compared.
  const counted = Object.keys(change.changed).filter((path) => path.endsWith("/last_receipt_seq"));
  for (const path of counted) delete change.changed[path];
  return change;
}

/** Does what the case says, and notes what the other side notices of it. */
export async function record(
  workspace: Workspace,
  people: People,
  pair: Pair,
  one: BlockCaseOf,
  transport: Transport,
): Promise<Recording> {
  const { other, sockets, variant } = pair;
  const { fixture, before } = await fixtureFor(pair, people, one);
  const reply = await ask(workspace, pair, fixture, one, transport);
  for (const type of eventsOf(one.case, variant)) {
    await sockets.other.until((frame: Frame) => frame["type"] === type, `${type}, ${variant}`);
  }
  const received = await receivedByOther(pair);
  // Where nothing has changed, the next case may ask for what is new since the same cursor.
  const after = { ...(await stateOf(other, pair, fixture)), cursor: before.cursor };
  const noticed = comparable(await changeOf(other, pair, before, after, received), pair, fixture);
  const online = {
    before: onlineIn(before, pair.actor.id),
    toActor: onlineIn(reply.body, other.id),
    toOther: onlineIn([received, after], pair.actor.id),
  };
  const recording = { reply, answer: answerOf(one.operation, reply, pair, fixture), noticed, online };
  if (isLasting(one)) pair.lasting = { fixture, state: after };
  const lifted = variant === "blocked" && !isLasting(one) ? await lift(pair, fixture, after) : undefined;
  for (const id of after.order) if (id !== fixture.direct && id !== fixture.group) pair.known.add(id);
  return { ...recording, lifted };
}
