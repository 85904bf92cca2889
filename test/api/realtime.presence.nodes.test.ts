import { afterAll, beforeAll, expect, it } from "vitest";
import { createWorkspace, directBetween, groupOf, invite, type Person } from "../harness/people.js";
import { type AppProcess, startApp } from "../harness/process.js";
import { connect, type Frame, type TestSocket } from "../harness/socket.js";
import { type Stack, startStack } from "../harness/stack.js";
import { scaledMs, waitFor } from "../harness/waiting.js";

let here: Stack;
let owner: Person;
const nodes: AppProcess[] = [];
/** Long enough to come back elsewhere, on a busy machine too. */
const VERO_OFFLINE_AFTER = String(scaledMs(2_000) / 1_000);
beforeAll(async () => {
  here = await startStack({ VERO_OFFLINE_AFTER });
  owner = await createWorkspace(here, "Owner");
});
afterAll(async () => {
  for (const node of nodes) await node.end("SIGKILL");
  await here.close();
});

/** Another messaging service on the same database, as a process of its own. */
async function startNode(): Promise<Stack & Pick<AppProcess, "end">> {
  const node = await startApp("msgsrv", {
    DATABASE_URL: here.database.url,
    VERO_SECRET: here.secret,
    VERO_PUBLIC_URL: here.issuer,
    VERO_OFFLINE_AFTER,
  });
  nodes.push(node);
  return { ...here, url: node.url, end: node.end };
}

const isOf =
  ({ id }: Person) =>
  (frame: Frame) =>
    frame["data"].user_id === id;
const states = (socket: TestSocket, person: Person): boolean[] =>
  socket
    .events("presence.changed")
    .filter(isOf(person))
    .map((frame) => frame["data"].is_online);
const online = (socket: TestSocket, person: Person, is_online: boolean) =>
  socket.event("presence.changed", (frame) => isOf(person)(frame) && frame["data"].is_online === is_online);

async function watchers(
  person: Person,
  stacks: readonly Stack[],
): Promise<{ people: Person[]; sockets: TestSocket[] }> {
  const people: Person[] = [];
  const sockets: TestSocket[] = [];
  for (const node of stacks) {
    const watcher = await invite(here, owner, "Watcher");
    await directBetween(watcher, person);
    people.push(watcher);
    sockets.push(await connect(node, watcher));
  }
  return { people, sockets };
}

/**
 * Waits until earlier events have arrived: another user comes online, and presence in a workspace is delivered in
 * order.
 */
async function deliverEarlier(people: readonly Person[], sockets: readonly TestSocket[]): Promise<void> {
  const last = await invite(here, owner, "Last");
  await groupOf(last, people);
  const socket = await connect(here, last);
  for (const one of sockets) await one.event("presence.changed", isOf(last));
  await socket.close();
}

it("a user with sockets on several nodes comes once and goes once, for watchers on each", async () => {
  const there = await startNode();
  const ada = await invite(here, owner, "Ada");
  const { people, sockets } = await watchers(ada, [here, there]);
  const first = await connect(here, ada);
  const second = await connect(there, ada);
  for (const socket of sockets) await online(socket, ada, true);
  // From node to node, as a client that is balanced elsewhere.
  await first.close();
  const third = await connect(here, ada);
  await second.close();
  await third.close();
  for (const socket of sockets) await online(socket, ada, false);
  await deliverEarlier(people, sockets);
  expect(sockets.map((socket) => states(socket, ada))).toEqual([
    [true, false],
    [true, false],
  ]);
  for (const socket of sockets) await socket.close();
  await there.end("SIGTERM");
});

it("a node that is stopped takes nobody offline who comes back elsewhere", async () => {
  const there = await startNode();
  const ada = await invite(here, owner, "Ada");
  const { people, sockets } = await watchers(ada, [here]);
  const device = await connect(there, ada);
  await online(sockets[0] as TestSocket, ada, true);
  const ending = there.end("SIGTERM");
  await device.until((frame) => frame["t"] === "reconnect", "reconnect");
  await device.closed;
  const back = await connect(here, ada);
  await ending;
  // Longer than the row of the first socket lasts.
  const [row] = await here.database.sql`select count(*)::int as n from connections where user_id = ${ada.id}`;
  expect(row?.["n"]).toBe(2);
  await waitFor(async () => {
    const [left] = await here.database.sql`select count(*)::int as n from connections where user_id = ${ada.id}`;
    return left?.["n"] === 1;
  });
  await deliverEarlier(people, sockets);
  expect(states(sockets[0] as TestSocket, ada)).toEqual([true]);
  for (const socket of [back, ...sockets]) await socket.close();
});

it("a node that is killed takes its people offline once their time is over, and another one tells", async () => {
  const there = await startNode();
  const ada = await invite(here, owner, "Ada");
  const { people, sockets } = await watchers(ada, [here]);
  await connect(there, ada);
  await online(sockets[0] as TestSocket, ada, true);
  await there.end("SIGKILL");
  await deliverEarlier(people, sockets);
  expect(states(sockets[0] as TestSocket, ada)).toEqual([true]);
  const [row] = await here.database.sql`
    select extract(epoch from expires_at - seen_at)::int as lives, is_open from connections where user_id = ${ada.id}`;
  expect(row).toEqual({ lives: 25, is_open: true });
  // That much later.
  await here.database.sql`
    update connections set seen_at = seen_at - interval '25 s', expires_at = expires_at - interval '25 s'
    where user_id = ${ada.id}`;
  await online(sockets[0] as TestSocket, ada, false);
  expect(states(sockets[0] as TestSocket, ada)).toEqual([true, false]);
  for (const socket of sockets) await socket.close();
});
