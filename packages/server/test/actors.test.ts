import type { Database } from "@vero/db";
import { expect, it, vi } from "vitest";
import { createActors } from "../src/tokens/actors.js";
import type { Tokens } from "../src/tokens/tokens.js";

const actor = { tenant_id: "tenant", user_id: "user", session_id: "session", role: "member" as const };

/** A driver whose every query waits to be answered. */
function setUp() {
  const answers: ((rows: unknown[][]) => void)[] = [];
  const values = () => new Promise((resolve) => answers.push(resolve));
  const database = { executor: { session: { client: { unsafe: () => ({ values }) } } } } as unknown as Database;
  const { ofSession, forget } = createActors({ database, tokens: {} as Tokens });
  /** Waits until so many queries have reached the driver, which takes no time but turns of promises. */
  const asked = async (count: number): Promise<void> => {
    for (let turn = 0; answers.length < count && turn < 100; turn += 1) await Promise.resolve();
    expect(answers).toHaveLength(count);
  };
  return { ask: () => ofSession(actor), forget, asked, answers };
}

/** The actor as a row: both generations come last. */
const row = [...Object.values(actor), "0", "0"];

it("answers who waits while the session is forgotten, and does not remember what was read before", async () => {
  const { ask, forget, asked, answers } = setUp();
  const waiting = Promise.allSettled([ask(), ask()]);
  await asked(1);
  forget(actor.session_id);
  answers[0]?.([row]);
  expect((await waiting).map(({ status }) => status)).toEqual(["fulfilled", "fulfilled"]);
  const later = ask();
  await asked(2);
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
    const { ask, asked, answers } = setUp();
    const first = ask();
    await asked(1);
    answers[0]?.([row]);
    await first;
    await pass(400);
    await ask();
    await asked(1);
    await pass(200);
    const second = ask();
    await asked(2);
    answers[1]?.([]);
    await expect(second).rejects.toMatchObject({ code: "unauthenticated" });
  } finally {
    clock.mockRestore();
  }
});
