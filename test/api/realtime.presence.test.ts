import type { User } from "@vero/contracts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { deleteConversation, removeFrom } from "../harness/actions.js";
import { agentsOf, blockBetween, usersOf } from "../harness/directory.js";
import { createWorkspace, directBetween, groupOf, invite, type Person } from "../harness/people.js";
import { connect, type Frame, type TestSocket } from "../harness/socket.js";
import { type Stack, startStack } from "../harness/stack.js";
import { waitFor } from "../harness/waiting.js";

/** A node on which users go offline soon after they have left, and one on which that takes longer than any test. */
const stacks = {} as Record<"hasty" | "patient", Stack>;
const owners = {} as Record<keyof typeof stacks, Person>;
const offlineAfterMs = 1_000;
beforeAll(async () => {
  stacks.hasty = await startStack({ VERO_OFFLINE_AFTER: String(offlineAfterMs / 1_000) });
  stacks.patient = await startStack({ VERO_OFFLINE_AFTER: "3600" });
  for (const name of ["hasty", "patient"] as const) owners[name] = await createWorkspace(stacks[name], "Owner");
});
afterAll(async () => {
  for (const stack of Object.values(stacks)) await stack.close();
});

interface Pair {
  stack: Stack;
  owner: Person;
  /** The user who comes and goes, and the one who watches; they share a conversation. */
  ada: Person;
  grace: Person;
  watching: TestSocket;
}

async function pair(name: keyof typeof stacks): Promise<Pair> {
  const [stack, owner] = [stacks[name], owners[name]];
  const [ada, grace] = [await invite(stack, owner, "Ada", "agent"), await invite(stack, owner, "Grace")];
  await directBetween(ada, grace);
  return { stack, owner, ada, grace, watching: await connect(stack, grace) };
}

const isOf =
  ({ id }: Person) =>
  (frame: Frame) =>
    frame["data"].user_id === id;
const presenceOf = (socket: TestSocket, person: Person) =>
  socket
    .events("presence.changed")
    .filter(isOf(person))
    .map((frame) => frame["data"]);
const outline = (socket: TestSocket, person: Person) =>
  presenceOf(socket, person).map(({ is_online, availability }) => [is_online, availability]);
const offline = (socket: TestSocket, person: Person) =>
  socket.event("presence.changed", (frame) => isOf(person)(frame) && !frame["data"].is_online);

/**
 * Waits until earlier events have arrived: another user comes online, and presence in a workspace is delivered in
 * order.
 */
async function deliverEarlier({ stack, owner }: Pair, listeners: readonly [Person, TestSocket][]): Promise<void> {
  const last = await invite(stack, owner, "Last");
  await groupOf(
    last,
    listeners.map(([person]) => person),
  );
  const socket = await connect(stack, last);
  for (const [, listener] of listeners) await listener.event("presence.changed", isOf(last));
  await socket.close();
}

const seen = async (by: Person, { id }: Person) => (await usersOf(by)).find((user) => user.id === id) as User;

describe("a user who comes online and goes offline", () => {
  it("is delivered once each, whatever the number of devices, and goes only some time after the last has closed", async () => {
    const { stack, ada, grace, watching } = await pair("hasty");
    expect(await seen(grace, ada)).toMatchObject({ is_online: false, last_seen_at: null });
    const [phone, laptop] = [await connect(stack, ada), await connect(stack, ada)];
    await watching.event("presence.changed", isOf(ada));
    expect(await seen(grace, ada)).toMatchObject({ is_online: true, last_seen_at: null });
    expect((await ada.call<User>("GET /auth/me")).body.is_online).toBe(true);
    await phone.close();
    const tablet = await connect(stack, ada);
    await laptop.close();
    const before = Date.now();
    await tablet.close();
    const frame = await offline(watching, ada);
    const receivedAt = Date.now();
    expect(receivedAt - before).toBeGreaterThanOrEqual(offlineAfterMs);
    expect(outline(watching, ada)).toEqual([
      [true, "online"],
      [false, "offline"],
    ]);
    // By the clock of the database, which is the one of this machine.
    const last = Date.parse(frame["data"].last_seen_at);
    expect(last).toBeGreaterThanOrEqual(before);
    expect(receivedAt - last).toBeGreaterThanOrEqual(offlineAfterMs);
    expect(await seen(grace, ada)).toMatchObject({ is_online: false, last_seen_at: frame["data"].last_seen_at });
    await watching.close();
  });

  it("is delivered to nobody when they are soon back", async () => {
    const fixture = await pair("patient");
    const { stack, ada, grace, watching } = fixture;
    for (let times = 0; times < 3; times += 1) {
      await (await connect(stack, ada)).close();
      expect((await seen(grace, ada)).is_online).toBe(true);
    }
    await deliverEarlier(fixture, [[grace, watching]]);
    expect(outline(watching, ada)).toEqual([[true, "online"]]);
    await watching.close();
  });

  it("is not delivered to themselves, to users who share no conversation with them, and to those who do no longer", async () => {
    const fixture = await pair("patient");
    const { stack, owner, ada, grace, watching } = fixture;
    const [stranger, former, bereft] = [
      await invite(stack, owner, "Stranger"),
      await invite(stack, owner, "Former"),
      await invite(stack, owner, "Bereft"),
    ];
    const { id: left } = await groupOf(ada, [former]);
    await removeFrom(former, left, former.id);
    const { id: deleted } = await groupOf(ada, [bereft]);
    await deleteConversation(ada, deleted, "for_everyone");
    const others = await Promise.all([stranger, former, bereft].map((person) => connect(stack, person)));
    const [first, second] = [await connect(stack, ada), await connect(stack, ada)];
    await watching.event("presence.changed", isOf(ada));
    const people: [Person, TestSocket][] = [grace, ada, ada, stranger, former, bereft].map((person, at) => [
      person,
      [watching, first, second, ...others][at] as TestSocket,
    ]);
    await deliverEarlier(fixture, people);
    expect(people.map(([, socket]) => presenceOf(socket, ada).length)).toEqual([1, 0, 0, 0, 0, 0]);
    await Promise.all(people.map(([, socket]) => socket.close()));
  });

  it("is not delivered across a block, whichever of the two has blocked", async () => {
    const fixture = await pair("hasty");
    const { stack, owner, ada, grace, watching } = fixture;
    const [blocker, blocked] = [await invite(stack, owner, "Blocker"), await invite(stack, owner, "Blocked")];
    await groupOf(ada, [blocker, blocked, grace]);
    await blockBetween(stack, blocker, ada);
    await blockBetween(stack, ada, blocked);
    const [first, second] = [await connect(stack, blocker), await connect(stack, blocked)];
    const socket = await connect(stack, ada);
    await ada.call("PATCH /auth/profile", { body: { availability: "busy" } });
    await socket.close();
    await offline(watching, ada);
    await deliverEarlier(fixture, [
      [blocker, first],
      [blocked, second],
      [grace, watching],
    ]);
    expect([first, second, watching].map((one) => presenceOf(one, ada).length)).toEqual([0, 0, 3]);
    // Nor the other way.
    expect(presenceOf(socket, blocker)).toEqual([]);
    expect(presenceOf(socket, blocked)).toEqual([]);
    await Promise.all([first, second, watching].map((one) => one.close()));
  });
});

describe("another availability", () => {
  it("is delivered while online, to the own devices too; the profile has not changed", async () => {
    const fixture = await pair("patient");
    const { stack, ada, grace, watching } = fixture;
    const device = await connect(stack, ada);
    const choose = (availability: string) => ada.call("PATCH /auth/profile", { body: { availability } });
    await watching.event("presence.changed", isOf(ada));
    for (const one of ["busy", "offline", "online"]) {
      const before = presenceOf(watching, ada).length;
      // The second time it is no other.
      for (let times = 0; times < 2; times += 1) await choose(one);
      // An event has the state at its delivery: the changes are made one after the other, or else the last might come
      // twice.
      await waitFor(async () => presenceOf(watching, ada).length > before);
    }
    await deliverEarlier(fixture, [
      [grace, watching],
      [ada, device],
    ]);
    expect(outline(watching, ada)).toEqual([
      [true, "online"],
      ...["busy", "offline", "online"].map((one) => [true, one]),
    ]);
    expect(outline(device, ada)).toEqual(["busy", "offline", "online"].map((one) => [true, one]));
    for (const socket of [device, watching]) expect(socket.events("user.updated")).toEqual([]);
    await Promise.all([device.close(), watching.close()]);
  });

  it("is delivered to nobody while offline, and counts from the next socket on", async () => {
    const fixture = await pair("patient");
    const { stack, ada, grace, watching } = fixture;
    const { body } = await ada.call("PATCH /auth/profile", { body: { availability: "busy" } });
    expect(body).toMatchObject({ availability: "busy", is_online: false });
    await deliverEarlier(fixture, [[grace, watching]]);
    expect(presenceOf(watching, ada)).toEqual([]);
    const device = await connect(stack, ada);
    await watching.event("presence.changed", isOf(ada));
    expect(outline(watching, ada)).toEqual([[true, "busy"]]);
    const agent = (await agentsOf(grace)).find(({ user }) => user.id === ada.id);
    expect(agent?.availability).toBe("busy");
    await Promise.all([device.close(), watching.close()]);
  });
});

describe("a service that stops and starts", () => {
  it("takes nobody for gone who is back in time", async () => {
    const { stack, ada, grace, watching } = await pair("patient");
    const socket = await connect(stack, ada);
    await watching.event("presence.changed", isOf(ada));
    await Promise.all([socket.close(), watching.close()]);
    const next = await startStack({
      DATABASE_URL: stack.database.url,
      VERO_PUBLIC_URL: stack.issuer,
      VERO_OFFLINE_AFTER: "3600",
    });
    // A node that was killed leaves such a row behind.
    await stack.database
      .sql`update connections set is_open = true, expires_at = now() + interval '20 s' where user_id = ${ada.id}`;
    const again = await connect(next, grace);
    const back = await connect(next, ada);
    expect((await seen(grace, ada)).is_online).toBe(true);
    await waitFor(async () => (await again.request("users.list"))["ok"] === true);
    expect(presenceOf(again, ada)).toEqual([]);
    await Promise.all([again.close(), back.close()]);
    await next.close();
  });
});
