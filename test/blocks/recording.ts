import type { User } from "@vero/contracts";
import { unblock } from "../harness/actions.js";
import type { Frame } from "../harness/socket.js";
import type { Workspace } from "../harness/workspace.js";
import { isOfSocket, procedureOf } from "../roles/operations.js";
import type { OperationName } from "../roles/roles.js";
import { byRest, bySocket, byTrpc, type Reply } from "../roles/transports.js";
import { type Cause, type EventRow, eventRows } from "./blocks.js";
import { type Change, changeOf, comparable, type State, stateOf } from "./effect.js";
import { blockIn, createFixture, type Fixture, type Pair, receivedByOther, type Variant } from "./fixture.js";
import { askOf } from "./requests.js";

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

async function ask(workspace: Workspace, pair: Pair, fixture: Fixture, [operation, name]: Cause, transport: Transport) {
  const { input, session } = askOf(operation, name);
  const door = { url: workspace.stack.url, token: session?.(fixture) ?? pair.actor.token };
  if (transport === "REST") return byRest(door, operation, input(fixture));
  if (transport === "tRPC") return byTrpc(door, operation, input(fixture));
  return bySocket(pair.sockets.actor, operation, input(fixture));
}

/** Lists the events that the other side receives, so that a test can wait for them. */
const eventsOf = (cause: Cause, variant: Variant): string[] =>
  variant === "mutual"
    ? []
    : Object.entries(eventRows).flatMap(([type, cases]) =>
        Object.values<EventRow>(cases).some((row) => String(row.by) === String(cause) && row[variant]) ? [type] : [],
      );

/** Says whether the case leaves a fixture as it was for everybody in it. */
export const isLasting = ([operation, name]: Cause): boolean => {
  const { prepare, meanwhile } = askOf(operation, name);
  if (/^auth\.(?!update)/.test(operation)) return true;
  return procedureOf(operation).kind === "query" && prepare === undefined && meanwhile === undefined;
};

/** Prepares a fixture in which the case can be run; one that nothing has changed serves for the next case too. */
async function fixtureFor(pair: Pair, people: People, cause: Cause): Promise<{ fixture: Fixture; before: State }> {
  const { prepare, meanwhile } = askOf(cause[0], cause[1]);
  const lasting = pair.lasting;
  delete pair.lasting;
  if (lasting && isLasting(cause)) {
    return { fixture: { ...lasting.fixture, ...(await prepare?.(lasting.fixture)) }, before: lasting.state };
  }
  let fixture = await createFixture(pair, people);
  fixture = { ...fixture, ...(await prepare?.(fixture)) };
  await blockIn(pair);
  fixture = { ...fixture, ...(await meanwhile?.(fixture)) };
  await receivedByOther(pair);
  return { fixture, before: await stateOf(pair.other, pair, fixture) };
}

/** The other side unblocks the actor, and notices something or not. */
async function lift(pair: Pair, fixture: Fixture, before: State): Promise<Change> {
  await unblock(pair.other, pair.actor);
  const received = await receivedByOther(pair);
  const after = await stateOf(pair.other, pair, fixture);
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
  cause: Cause,
  transport: Transport,
): Promise<Recording> {
  const { other, sockets, variant } = pair;
  const { fixture, before } = await fixtureFor(pair, people, cause);
  const reply = await ask(workspace, pair, fixture, cause, transport);
  for (const type of eventsOf(cause, variant)) {
    await sockets.other.until((frame: Frame) => frame["type"] === type, `${type}, ${variant}`);
  }
  const received = await receivedByOther(pair);
  const after = await stateOf(other, pair, fixture);
  const noticed = comparable(await changeOf(other, pair, before, after, received), pair, fixture);
  const online = {
    before: onlineIn(before, pair.actor.id),
    toActor: onlineIn(reply.body, other.id),
    toOther: onlineIn([received, after], pair.actor.id),
  };
  const recording = { reply, answer: answerOf(cause[0], reply, pair, fixture), noticed, online };
  if (isLasting(cause)) pair.lasting = { fixture, state: after };
  const lifted = variant === "blocked" && !isLasting(cause) ? await lift(pair, fixture, after) : undefined;
  for (const id of after.order) if (id !== fixture.direct && id !== fixture.group) pair.known.add(id);
  return { ...recording, lifted };
}
