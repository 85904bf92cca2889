import { AppError, type ShareName, shareTable } from "@vero/contracts";
import { expect, test, vi } from "vitest";
import type { Actor } from "../src/procedures/context.js";
import { createShares, type Leave } from "../src/shares/shares.js";

const actor = (tenant: string, user: string): Actor => ({
  tenant_id: tenant,
  user_id: `${tenant}/${user}`,
  session_id: "",
  role: "member",
});
const never = () => new AbortController().signal;

/** Calls that hold their slots until the test lets them leave, in the order in which they came to work. */
function createCalls() {
  const shares = createShares();
  const working: { user: string; leave: Leave }[] = [];
  return {
    working,
    users: () => working.map(({ user }) => user),
    ask: async (share: ShareName, who: Actor, giveUp = never()): Promise<void> => {
      const leave = await shares.enter(share, who, giveUp);
      working.push({ user: who.user_id, leave });
    },
    /** The one that has worked longest is done, and who is next has begun. */
    finish: async (answer?: Parameters<Leave>[0]): Promise<string | undefined> => {
      const done = working.shift();
      done?.leave(answer);
      for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
      return done?.user;
    },
  };
}

const settled = () => new Promise((resolve) => setImmediate(resolve));

test("shares: a user has as many slots as the share says, and another user the next one", async () => {
  const calls = createCalls();
  for (let call = 0; call < 4; call += 1) void calls.ask("search", actor("a", "ada"));
  void calls.ask("search", actor("a", "grace"));
  await settled();
  expect(calls.users()).toEqual(["a/ada", "a/grace"]);
});

test("shares: a workspace never has all slots of the process, however many of its users ask", async () => {
  const calls = createCalls();
  for (let user = 0; user < 8; user += 1) void calls.ask("search", actor("a", `user-${user}`));
  await settled();
  expect(calls.working).toHaveLength(shareTable.search.atOnce.tenant);
  void calls.ask("search", actor("b", "alan"));
  await settled();
  expect(calls.users()).toContain("b/alan");
});

test("shares: workspaces take turns, whatever the number of calls that wait in each", async () => {
  const calls = createCalls();
  for (const tenant of ["a", "b", "c"]) {
    for (let user = 0; user < 4; user += 1) void calls.ask("search", actor(tenant, `user-${user}`));
  }
  void calls.ask("search", actor("d", "alan"));
  await settled();
  const order: (string | undefined)[] = [];
  while (calls.working.length > 0) order.push(await calls.finish());
  expect(order).toHaveLength(13);
  // At most the slots of the other workspaces came before.
  expect(order.indexOf("d/alan")).toBeLessThan(3 * shareTable.search.atOnce.tenant + 1);
});

test("shares: what waits for its own user keeps that user from nothing else", async () => {
  const calls = createCalls();
  for (let call = 0; call < 5; call += 1) void calls.ask("search", actor("a", "ada"));
  for (let call = 0; call < 3; call += 1) void calls.ask("requests", actor("a", "ada"));
  await settled();
  expect(calls.working).toHaveLength(4);
});

test("shares: a user's calls of all kinds share the slots for requests", async () => {
  const calls = createCalls();
  for (const share of ["search", "list", "list", "sync", "requests", "confirm"] as const) {
    void calls.ask(share, actor("a", "ada"));
  }
  await settled();
  expect(calls.working).toHaveLength(shareTable.requests.atOnce.user);
});

test.each([
  ["search", "unavailable"],
  ["requests", "rate_limited"],
] as const)("%s: beyond the queue of a user the answer is %s, and nobody else notices", async (share, code) => {
  const calls = createCalls();
  const { atOnce, waiting } = shareTable[share];
  for (let call = 0; call < atOnce.user + waiting.user; call += 1) void calls.ask(share, actor("a", "ada"));
  await settled();
  await expect(calls.ask(share, actor("a", "ada"))).rejects.toMatchObject({ code, retryAfter: 1 });
  await calls.ask(share, actor("a", "grace"));
});

test("shares: who gives up leaves every queue, and holds no slot", async () => {
  const calls = createCalls();
  const giveUp = new AbortController();
  await calls.ask("search", actor("a", "ada"));
  const waiting = calls.ask("search", actor("a", "ada"), giveUp.signal);
  void calls.ask("search", actor("a", "ada"));
  giveUp.abort(new AppError("unavailable"));
  await expect(waiting).rejects.toMatchObject({ code: "unavailable" });
  await calls.finish();
  expect(calls.working).toHaveLength(1);
});

test("shares: all slots together leave connections to the database to everything else", () => {
  const { list, sync, search, receipt } = shareTable;
  const taken = [list, sync, search, receipt].reduce((sum, { atOnce }) => sum + atOnce.process, 0);
  expect(taken).toBeLessThan(12);
});

test("shares: a slot that gave a large answer rests as its pace says, that of another workspace does not", async () => {
  vi.useFakeTimers();
  try {
    const calls = createCalls();
    const { atOnce, pace } = shareTable.list;
    const bytes = 10 * pace.freeBytes;
    for (let call = 0; call < 2 * atOnce.user; call += 1) void calls.ask("list", actor("a", "ada"));
    await vi.advanceTimersByTimeAsync(0);
    for (let call = 0; call < atOnce.user; call += 1) await calls.finish({ bytes, factor: 1 });
    void calls.ask("list", actor("b", "alan"));
    await vi.advanceTimersByTimeAsync((bytes / pace.tenantBytesPerSecond) * 1_000);
    void calls.ask("list", actor("a", "grace"));
    await vi.advanceTimersByTimeAsync(1);
    expect(calls.users()).toEqual(["b/alan", "a/grace"]);
    await vi.advanceTimersByTimeAsync((bytes / pace.userBytesPerSecond) * 1_000);
    expect(calls.users()).toContain("a/ada");
  } finally {
    vi.useRealTimers();
  }
});

test.each([
  ["an ordinary answer", shareTable.list.pace.freeBytes, 1],
  ["any answer where rates are off", shareTable.list.maxBytes, Number.POSITIVE_INFINITY],
])("shares: the slot that gave %s is free at once", async (_name, bytes, factor) => {
  const calls = createCalls();
  for (let call = 0; call < 2 * shareTable.list.atOnce.user; call += 1) void calls.ask("list", actor("a", "ada"));
  await settled();
  await calls.finish({ bytes, factor });
  expect(calls.working).toHaveLength(shareTable.list.atOnce.user);
});
