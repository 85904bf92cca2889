import { DatabaseUnavailableError, Deadline, withDeadline } from "@vero/db";
import { describe, expect, it } from "vitest";
import { waitFor } from "../../../test/harness/waiting.js";
import { createBatcher, type Outcome } from "../src/messages/messages.batcher.js";

/** Writes when told to; what it was given is in `batches`. */
function setUp(most?: number, bounds: { maxWaiting?: number; itemMs?: number } = {}) {
  const batches: string[][] = [];
  const turns: { done(): void; fail(error: Error): void }[] = [];
  const batcher = createBatcher<string, string>({
    ...(most !== undefined && { most }),
    ...bounds,
    write: (items) => {
      batches.push([...items]);
      return new Promise((resolve, reject) => {
        const outcomeOf = (item: string): Outcome<string> =>
          item.startsWith("bad") ? { error: new Error(item) } : { result: `${item}!` };
        turns.push({ done: () => resolve(items.map(outcomeOf)), fail: reject });
      });
    },
  });
  /** Lets the write under way end, and the next one begin. */
  const turn = async (error?: Error) => {
    const next = turns.shift();
    if (error === undefined) next?.done();
    else next?.fail(error);
    await new Promise(setImmediate);
  };
  return { add: (item: string, key = "key") => batcher.add(key, item), batches, turn };
}

describe("a batcher", () => {
  it("writes at once what comes alone, and each key for itself", () => {
    const { add, batches } = setUp();
    void add("a");
    void add("b", "another");
    expect(batches).toEqual([["a"], ["b"]]);
  });

  it("gathers while it writes, in order, and answers each its own", async () => {
    const { add, batches, turn } = setUp();
    const all = ["a", "b", "bad", "c"].map((item) => add(item));
    const settled = Promise.allSettled(all);
    expect(batches).toEqual([["a"]]);
    await turn();
    expect(batches).toEqual([["a"], ["b", "bad", "c"]]);
    await turn();
    expect(await settled).toEqual([
      { status: "fulfilled", value: "a!" },
      { status: "fulfilled", value: "b!" },
      { status: "rejected", reason: new Error("bad") },
      { status: "fulfilled", value: "c!" },
    ]);
    void add("d");
    expect(batches.at(-1)).toEqual(["d"]);
  });

  it("writes no more at once than it may", async () => {
    const { add, batches, turn } = setUp(2);
    for (const item of ["a", "b", "c", "d"]) void add(item);
    for (let left = 3; left > 0; left -= 1) await turn();
    expect(batches).toEqual([["a"], ["b", "c"], ["d"]]);
  });

  it("writes one by one what could not be written together", async () => {
    const { add, batches, turn } = setUp();
    const settled = Promise.allSettled(["a", "b", "c"].map((item) => add(item)));
    await turn();
    await turn(new Error("poisoned"));
    await turn(new Error("b is to blame"));
    await turn();
    expect(batches).toEqual([["a"], ["b", "c"], ["b"], ["c"]]);
    expect((await settled).map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
  });

  it("does not insist when the database is away, and goes on when it is back", async () => {
    const { add, batches, turn } = setUp();
    const settled = Promise.allSettled(["a", "b", "c"].map((item) => add(item)));
    await turn();
    await turn(Object.assign(new Error("gone"), { code: "57P01" }));
    expect((await settled).map(({ status }) => status)).toEqual(["fulfilled", "rejected", "rejected"]);
    void add("d");
    expect(batches).toEqual([["a"], ["b", "c"], ["d"]]);
  });

  it("fails with a batch all that wait behind it, when the database is away", async () => {
    const { add, batches, turn } = setUp(1);
    const settled = Promise.allSettled(["a", "b", "c"].map((item) => add(item)));
    await turn(Object.assign(new Error("gone"), { code: "57P01" }));
    expect((await settled).map(({ status }) => status)).toEqual(["rejected", "rejected", "rejected"]);
    expect(batches).toEqual([["a"]]);
  });

  it.each(["40001", "40P01"])(
    "writes once more, and no more than that, what met another transaction (%s)",
    async (code) => {
      const { add, batches, turn } = setUp(1);
      const met = Object.assign(new Error("met another"), { code });
      const settled = Promise.allSettled(["a", "b", "c"].map((item) => add(item)));
      await turn(met);
      await turn();
      await turn(met);
      await turn(met);
      await turn();
      expect(batches).toEqual([["a"], ["a"], ["b"], ["b"], ["c"]]);
      expect((await settled).map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
    },
  );

  it.each([
    ["a lock that did not become free", Object.assign(new Error("locked"), { code: "55P03" })],
    ["a statement that was cancelled", Object.assign(new Error("cancelled"), { code: "57014" })],
    ["a disk that is full", Object.assign(new Error("full"), { code: "53100" })],
    ["an answer that did not come in time", new DatabaseUnavailableError("late")],
    ["a connection that did not become free in time", new DatabaseUnavailableError("busy", false)],
  ])("fails with %s the batch that met it, and writes those that wait behind it", async (_, error) => {
    const { add, batches, turn } = setUp(2);
    const settled = Promise.allSettled(["a", "b", "c", "d"].map((item) => add(item)));
    await turn();
    await turn(error);
    await turn();
    expect(batches).toEqual([["a"], ["b", "c"], ["d"]]);
    expect((await settled).map(({ status }) => status)).toEqual(["fulfilled", "rejected", "rejected", "fulfilled"]);
  });

  it("asks no more for the rest of a batch when the database goes away in the middle of it", async () => {
    const { add, batches, turn } = setUp();
    const settled = Promise.allSettled(["a", "b", "c", "d"].map((item) => add(item)));
    await turn();
    await turn(new Error("poisoned"));
    await turn(Object.assign(new Error("gone"), { code: "ECONNRESET" }));
    expect(batches).toEqual([["a"], ["b", "c", "d"], ["b"]]);
    expect((await settled).map(({ status }) => status)).toEqual(["fulfilled", "rejected", "rejected", "rejected"]);
  });

  it("lets only so many wait, and the next ones again when those are written", async () => {
    const { add, batches, turn } = setUp(undefined, { maxWaiting: 2 });
    const settled = Promise.allSettled(["a", "b", "c"].map((item) => add(item)));
    await expect(add("d")).rejects.toMatchObject({ code: "unavailable", retryAfter: 1 });
    await turn();
    const later = add("e");
    await turn();
    await turn();
    expect(await later).toBe("e!");
    expect((await settled).every(({ status }) => status === "fulfilled")).toBe(true);
    expect(batches).toEqual([["a"], ["b", "c"], ["e"]]);
  });

  it("does not write what its caller has been answered for", async () => {
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
