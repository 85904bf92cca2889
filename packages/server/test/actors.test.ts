import type { Database } from "@vero/db";
import { expect, it, vi } from "vitest";
import { createActors } from "../src/tokens/actors.js";
import type { Tokens } from "../src/tokens/tokens.js";

const actor = { tenant_id: "tenant", user_id: "user", session_id: "session", role: "member" as const };

/** A database whose every query, however it is put together, waits to be answered. */
function setUp() {
  const answers: ((rows: object[]) => void)[] = [];
  const query = (): object => {
    const rows = new Promise<object[]>((resolve) => answers.push(resolve));
    const chain: object = new Proxy({}, { get: (_, key) => (key === "then" ? rows.then.bind(rows) : () => chain) });
    return chain;
  };
  const database = { executor: { select: query } } as unknown as Database;
  const { ofSession, forget } = createActors({ database, tokens: {} as Tokens });
  return { ask: () => ofSession(actor), forget, answers };
}

it("answers who waits while the session is forgotten, and does not remember what was read before", async () => {
  const { ask, forget, answers } = setUp();
  const waiting = Promise.allSettled([ask(), ask()]);
  expect(answers).toHaveLength(1);
  forget(actor.session_id);
  answers[0]?.([actor]);
  expect((await waiting).map(({ status }) => status)).toEqual(["fulfilled", "fulfilled"]);
  const later = ask();
  expect(answers).toHaveLength(2);
  answers[1]?.([]);
  await expect(later).rejects.toMatchObject({ code: "unauthenticated" });
});

it("looks again at a session that it trusted for half a second, so that an end without an announcement counts", async () => {
  const clock = vi.spyOn(performance, "now");
  // The cache notes the time anew only once a timer of a millisecond has fired.
  const pass = async (ms: number): Promise<void> => {
    const then = performance.now() + ms;
    await new Promise((resolve) => setTimeout(resolve, 5));
    clock.mockReturnValue(then);
  };
  try {
    const { ask, answers } = setUp();
    const first = ask();
    answers[0]?.([actor]);
    await first;
    await pass(400);
    await ask();
    expect(answers).toHaveLength(1);
    await pass(200);
    const second = ask();
    expect(answers).toHaveLength(2);
    answers[1]?.([]);
    await expect(second).rejects.toMatchObject({ code: "unauthenticated" });
  } finally {
    clock.mockRestore();
  }
});
