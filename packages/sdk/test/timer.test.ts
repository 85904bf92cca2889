import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { after } from "../src/timer.js";
import { eachTestAlone, service, use, vero } from "./realtime.setup.js";
import { problem } from "./service.js";

/** Waits that are longer than the timers of the platform take, which are over at once if they are asked for them. */
const days = 86_400_000;

afterEach(() => {
  vi.useRealTimers();
});

describe("after", () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });

  test.each([1, 5, 2 ** 31 - 1, 2 ** 31, 100 * days])("calls after %i ms, once", (ms) => {
    const task = vi.fn();
    after(ms, task);
    vi.advanceTimersByTime(ms - 1);
    expect(task).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1);
    expect(task).toHaveBeenCalledTimes(1);
    expect(vi.getTimerCount()).toBe(0);
  });

  test.each([5, 100 * days, Number.POSITIVE_INFINITY])("is cancelled at any time: %d ms", (ms) => {
    const task = vi.fn();
    const cancel = after(ms, task);
    vi.advanceTimersByTime(Math.min(ms - 1, 60 * days));
    cancel();
    expect(vi.getTimerCount()).toBe(0);
    vi.advanceTimersByTime(100 * days);
    expect(task).not.toHaveBeenCalled();
  });
});

describe("a client that", () => {
  eachTestAlone();

  test("has any time for an answer gets it", async () => {
    service.on("GET /auth/me", () => ({ body: { id: "me" } }));
    use({ timeoutMs: Number.POSITIVE_INFINITY });
    expect(await vero.auth.me()).toEqual({ id: "me" });
    service.on("req users.list", () => ({ body: { items: [], next_cursor: null } }));
    await vero.realtime.connect();
    expect(await vero.realtime.request("users.list")).toEqual({ items: [], next_cursor: null });
  });

  test("is told to come back in 30 days does not come back at once", async () => {
    const headers = { "retry-after": String(30 * 86_400) };
    service.on("GET /v1/messaging/token", () => ({ ...problem(429, "rate_limited"), headers }));
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    use({ realtime: { minDelayMs: 1, maxDelayMs: 1 } });
    vero.realtime.connect().catch(() => {});
    await vi.waitFor(() => expect(vero.connection.state.status).toBe("backing_off"));
    // The timers of these days, in one step: those of other modules may start themselves anew each second.
    await vi.runOnlyPendingTimersAsync();
    expect(service.count("GET /v1/messaging/token")).toBe(1);
    expect(vero.connection.state.status).toBe("backing_off");
  });
});
