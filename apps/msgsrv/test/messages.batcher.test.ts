import { DatabaseUnavailableError, Deadline, withDeadline } from "@vero/db";
import { describe, expect, it } from "vitest";
import { waitFor } from "../../../test/harness/waiting.js";
import type { Outcome } from "../src/messages/messages.batch.js";
import { Batcher, type BatcherOptions } from "../src/messages/messages.batcher.js";

type Bounds = Omit<BatcherOptions<string, string>, "write">;

/**
 * Writes when the test ends a turn; what it was given is in `batches`. By default one batch is written at once. An item that begins
 * with "bad" is refused.
 */
function setUp(bounds: Bounds = {}) {
  const batches: string[][] = [];
  const turns: { done(): void; hold(items: readonly string[]): void; fail(error: Error): void }[] = [];
  const batcher = new Batcher<string, string>({
    maxBatches: 1,
    ...bounds,
    write: (items) => {
      batches.push([...items]);
      return new Promise((resolve, reject) => {
        const outcomeOf = (item: string): Outcome<string> =>
          item.startsWith("bad") ? { error: new Error(item) } : { result: `${item}!` };
        turns.push({
          done: () => resolve(items.map(outcomeOf)),
          hold: (held) => resolve(items.map((item) => (held.includes(item) ? { held: true } : outcomeOf(item)))),
          fail: reject,
        });
      });
    },
  });
  /** Lets the oldest write under way end, and the next one begin. */
  const turn = async (error?: Error) => {
    const next = turns.shift();
    if (error === undefined) next?.done();
    else next?.fail(error);
    await new Promise(setImmediate);
  };
  /** The same, where another transaction holds the conversations of these items. */
  const holding = async (...items: string[]) => {
    turns.shift()?.hold(items);
    await new Promise(setImmediate);
  };
  const add = (item: string, conversation_id = "one", tenant_id = "tenant") =>
    batcher.add({ tenant_id, conversation_id }, item);
  return { add, batches, turn, holding };
}

const gone = (code = "57P01") => Object.assign(new Error("gone"), { code });
const statuses = async (settled: Promise<PromiseSettledResult<string>[]>) =>
  (await settled).map(({ status }) => status);

describe("a batcher", () => {
  it("writes at once what comes while fewer batches are under way than may be", () => {
    const { add, batches } = setUp({ maxBatches: 2 });
    void add("a", "one");
    void add("b", "two");
    void add("c", "three");
    expect(batches).toEqual([["a"], ["b"]]);
  });

  it("gathers meanwhile, over all conversations, and answers each its own", async () => {
    const { add, batches, turn } = setUp();
    const settled = Promise.allSettled([add("a"), add("b", "two"), add("bad", "three"), add("c"), add("d", "two")]);
    expect(batches).toEqual([["a"]]);
    await turn();
    expect(batches).toEqual([["a"], ["b", "d", "bad", "c"]]);
    await turn();
    expect(await settled).toEqual([
      { status: "fulfilled", value: "a!" },
      { status: "fulfilled", value: "b!" },
      { status: "rejected", reason: new Error("bad") },
      { status: "fulfilled", value: "c!" },
      { status: "fulfilled", value: "d!" },
    ]);
    void add("e");
    expect(batches.at(-1)).toEqual(["e"]);
  });

  it("never has a conversation in two batches, and keeps its order", async () => {
    const { add, batches, turn } = setUp({ maxBatches: 2 });
    for (const item of ["a", "b", "c"]) void add(item);
    void add("d", "two");
    expect(batches).toEqual([["a"], ["d"]]);
    await turn();
    expect(batches).toEqual([["a"], ["d"], ["b", "c"]]);
  });

  it("has no more in a batch than it may, and goes on with the rest", async () => {
    const { add, batches, turn } = setUp({ maxItems: 2 });
    for (const item of ["a", "b", "c", "d"]) void add(item);
    void add("e", "two");
    for (let left = 2; left > 0; left -= 1) await turn();
    expect(batches).toEqual([["a"], ["e", "b"], ["c", "d"]]);
  });

  it("lets workspaces take turns, each with a batch of its own", async () => {
    const { add, batches, turn } = setUp({ maxItems: 2 });
    for (let item = 0; item < 5; item += 1) void add(`a${item}`, `a${item}`, "first");
    void add("b", "b", "second");
    for (let left = 3; left > 0; left -= 1) await turn();
    expect(batches).toEqual([["a0"], ["a1", "a2"], ["b"], ["a3", "a4"]]);
  });

  it("leaves a batch to other workspaces, however much one of them has", async () => {
    const { add, batches } = setUp({ maxBatches: 3, maxBatchesOfTenant: 2 });
    for (let item = 0; item < 4; item += 1) void add(`a${item}`, `a${item}`, "first");
    void add("b", "b", "second");
    expect(batches).toEqual([["a0"], ["a1"], ["b"]]);
  });

  it("writes a conversation that is held elsewhere again, in its order and with nothing else", async () => {
    const { add, batches, turn, holding } = setUp();
    const settled = Promise.allSettled([add("a", "zero"), add("b"), add("c"), add("d", "two")]);
    await turn();
    void add("e", "three");
    await holding("b", "c");
    expect(batches).toEqual([["a"], ["b", "c", "d"], ["e"], ["b", "c"]]);
    void add("f");
    await turn();
    await turn();
    expect(await statuses(settled)).toEqual(["fulfilled", "fulfilled", "fulfilled", "fulfilled"]);
    expect(batches.slice(4)).toEqual([["f"]]);
  });

  it("waits for no more conversations that are held elsewhere than it may, and writes others meanwhile", async () => {
    const { add, batches, turn, holding } = setUp({ maxHeldBatches: 1 });
    for (const item of ["a", "b", "c"]) void add(item, item);
    await turn();
    await holding("b", "c");
    void add("d", "d");
    expect(batches).toEqual([["a"], ["b", "c"], ["b"], ["d"]]);
    await turn();
    expect(batches.at(-1)).toEqual(["c"]);
  });
});

describe("a batch that fails", () => {
  it("is written by halves, so that what cannot be written fails alone", async () => {
    const { add, batches, turn } = setUp();
    const settled = Promise.allSettled(["x", "a", "b", "c", "d"].map((item) => add(item, item)));
    await turn();
    await turn(new Error("poisoned"));
    await turn();
    await turn(new Error("poisoned"));
    await turn(new Error("c is to blame"));
    await turn();
    expect(batches).toEqual([["x"], ["a", "b", "c", "d"], ["a", "b"], ["c", "d"], ["c"], ["d"]]);
    expect(await statuses(settled)).toEqual(["fulfilled", "fulfilled", "fulfilled", "rejected", "fulfilled"]);
  });

  it("splits a conversation only where it is alone, so that its order stays", async () => {
    const { add, batches, turn } = setUp();
    const settled = Promise.allSettled([add("x", "zero"), add("a"), add("b"), add("c"), add("d", "two")]);
    await turn();
    await turn(new Error("poisoned"));
    await turn(new Error("poisoned"));
    for (let left = 3; left > 0; left -= 1) await turn();
    expect(batches).toEqual([["x"], ["a", "b", "c", "d"], ["a", "b", "c"], ["a", "b"], ["c"], ["d"]]);
    expect(new Set(await statuses(settled))).toEqual(new Set(["fulfilled"]));
  });

  it("does not insist when the database is away, and goes on when it is back", async () => {
    const { add, batches, turn } = setUp();
    const settled = Promise.allSettled(["a", "b", "c"].map((item) => add(item)));
    await turn();
    await turn(gone());
    expect(await statuses(settled)).toEqual(["fulfilled", "rejected", "rejected"]);
    void add("d");
    expect(batches).toEqual([["a"], ["b", "c"], ["d"]]);
  });

  it("fails what waits for its conversations, when the database is away, and lets the others find out", async () => {
    const { add, batches, turn } = setUp();
    const settled = Promise.allSettled([add("a"), add("b"), add("c", "two")]);
    await turn(gone());
    await turn();
    expect(await statuses(settled)).toEqual(["rejected", "rejected", "fulfilled"]);
    expect(batches).toEqual([["a"], ["c"]]);
  });

  it("after it waited for another row for too long is written again, each conversation by itself", async () => {
    const { add, batches, turn } = setUp();
    const settled = Promise.allSettled([add("x", "zero"), add("a"), add("b"), add("c", "two")]);
    await turn();
    await turn(gone("55P03"));
    expect(batches).toEqual([["x"], ["a", "b", "c"], ["a", "b"], ["c"]]);
    await turn(gone("55P03"));
    await turn();
    expect(await statuses(settled)).toEqual(["fulfilled", "rejected", "rejected", "fulfilled"]);
  });

  it("writes no later item of a conversation while earlier ones are held", async () => {
    const { add, batches, turn, holding } = setUp();
    const settled = Promise.allSettled([add("x"), add("a"), add("b"), add("c"), add("d")]);
    await turn();
    await turn(new Error("poisoned"));
    await holding("a", "b");
    expect(batches).toEqual([["x"], ["a", "b", "c", "d"], ["a", "b"], ["a", "b", "c", "d"]]);
    await turn();
    expect(new Set(await statuses(settled))).toEqual(new Set(["fulfilled"]));
  });

  it.each(["40001", "40P01"])("is written once more where it met another transaction (%s)", async (code) => {
    const { add, batches, turn } = setUp({ maxItems: 1 });
    const settled = Promise.allSettled(["a", "b", "c"].map((item) => add(item)));
    await turn(gone(code));
    await turn();
    await turn(gone(code));
    await turn(gone(code));
    await turn();
    expect(batches).toEqual([["a"], ["a"], ["b"], ["b"], ["c"]]);
    expect(await statuses(settled)).toEqual(["fulfilled", "rejected", "fulfilled"]);
  });

  it.each([
    ["a lock that did not become free", gone("55P03")],
    ["a statement that was cancelled", gone("57014")],
    ["a disk that is full", gone("53100")],
    ["an answer that did not come in time", new DatabaseUnavailableError("late")],
    ["a connection that did not become free in time", new DatabaseUnavailableError("busy", { hasBegun: false })],
  ])("fails with %s, and what waits behind it is written", async (_, error) => {
    const { add, batches, turn } = setUp({ maxItems: 2 });
    const settled = Promise.allSettled(["a", "b", "c", "d"].map((item) => add(item)));
    await turn();
    await turn(error);
    await turn();
    expect(batches).toEqual([["a"], ["b", "c"], ["d"]]);
    expect(await statuses(settled)).toEqual(["fulfilled", "rejected", "rejected", "fulfilled"]);
  });

  it("is not tried further when the database goes away in the middle of it", async () => {
    const { add, batches, turn } = setUp();
    const settled = Promise.allSettled(["a", "b", "c", "d"].map((item) => add(item)));
    await turn();
    await turn(new Error("poisoned"));
    await turn(gone("ECONNRESET"));
    expect(batches).toEqual([["a"], ["b", "c", "d"], ["b", "c"]]);
    expect(await statuses(settled)).toEqual(["fulfilled", "rejected", "rejected", "rejected"]);
  });
});

describe("what waits", () => {
  it("is bounded, and the next ones may wait again when those are written", async () => {
    const { add, batches, turn } = setUp({ maxWaiting: 2 });
    const settled = Promise.allSettled(["a", "b", "c"].map((item) => add(item)));
    await expect(add("d", "two", "another")).rejects.toMatchObject({ code: "unavailable", retryAfter: 1 });
    await turn();
    const later = add("e");
    await turn();
    await turn();
    expect(await later).toBe("e!");
    expect(new Set(await statuses(settled))).toEqual(new Set(["fulfilled"]));
    expect(batches).toEqual([["a"], ["b", "c"], ["e"]]);
  });

  it("is bounded for each workspace, so that one leaves room for others", async () => {
    const { add, batches, turn } = setUp({ maxWaitingOfTenant: 2 });
    for (const item of ["a", "b", "c"]) void add(item);
    await expect(add("d", "two")).rejects.toMatchObject({ code: "unavailable", retryAfter: 1 });
    const other = add("e", "one", "another");
    for (let left = 3; left > 0; left -= 1) await turn();
    expect(await other).toBe("e!");
    expect(batches).toEqual([["a"], ["e"], ["b", "c"]]);
  });

  it("is not written once its caller has been answered", async () => {
    const { add, batches, turn } = setUp();
    void add("a");
    const deadline = new Deadline(1);
    const late = withDeadline(deadline, () => add("late")).catch((error: unknown) => error);
    const inTime = add("in time");
    await waitFor(() => deadline.remainingMs === 0);
    await turn();
    expect(await late).toMatchObject({ code: "unavailable" });
    await turn();
    expect(await inTime).toBe("in time!");
    expect(batches).toEqual([["a"], ["in time"]]);
  });
});
