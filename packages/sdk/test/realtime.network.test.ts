import { beforeEach, describe, expect, test, vi } from "vitest";
import { memoryTokens } from "../src/index.js";
import { collect, eachTestAlone, next, service, until, use, vero } from "./realtime.setup.js";
import { ids, problem } from "./service.js";

/** A browser, as far as it tells of the network and of the page. */
let page: EventTarget & { visibilityState: string };
let machine: EventTarget;
let navigator: { onLine: boolean };
let listening: Set<string>;

/** An event target that remembers to which events somebody listens. */
function watched(name: string): EventTarget {
  const target = new EventTarget();
  const { addEventListener, removeEventListener } = target;
  target.addEventListener = (type: string, listener: (event: Event) => void) => {
    listening.add(`${name} ${type}`);
    addEventListener.call(target, type, listener);
  };
  target.removeEventListener = (type: string, listener: (event: Event) => void) => {
    listening.delete(`${name} ${type}`);
    removeEventListener.call(target, type, listener);
  };
  return target;
}

const say = (type: "online" | "offline") => {
  navigator.onLine = type === "online";
  machine.dispatchEvent(new Event(type));
};

const show = (visibilityState: "visible" | "hidden") => {
  page.visibilityState = visibilityState;
  page.dispatchEvent(new Event("visibilitychange"));
};

beforeEach(() => {
  listening = new Set();
  navigator = { onLine: true };
  machine = watched("window");
  page = Object.assign(watched("document"), { visibilityState: "visible" });
  vi.stubGlobal("navigator", navigator);
  vi.stubGlobal("addEventListener", machine.addEventListener);
  vi.stubGlobal("removeEventListener", machine.removeEventListener);
  vi.stubGlobal("document", page);
  return () => vi.unstubAllGlobals();
});

const pings = () => service.frames.filter(({ t }) => t === "ping");
const state = () => vero.connection.state;

describe("the network, where the platform tells of it", () => {
  eachTestAlone();

  test.each([
    ["offline", () => say("offline")],
    ["online", () => say("online")],
    ["visible", () => show("visible")],
  ])("%s: a live connection is checked at once, and stays where the server answers", async (_, happens) => {
    await vero.realtime.connect();
    happens();
    expect(state()).toMatchObject({ status: "live", checking: true });
    await until(() => expect(state()).toMatchObject({ status: "live", checking: false }));
    expect(pings()).toHaveLength(1);
    expect(service.connections).toBe(1);
  });

  test("a page that is hidden checks nothing", async () => {
    await vero.realtime.connect();
    show("hidden");
    expect(state()).toMatchObject({ checking: false });
  });

  test("a connection that is silent for 3 s after that is given up, and another one made", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    try {
      await vero.realtime.connect();
      const disconnected = next("disconnected");
      const connected = next("connected");
      service.responsive = false;
      say("online");
      vi.advanceTimersByTime(2_999);
      say("online");
      expect(state()).toMatchObject({ status: "live", checking: true });
      vi.advanceTimersByTime(1);
      expect(await disconnected).toMatchObject({ code: 4003, reason: "heartbeat_timeout", will_reconnect: true });
      expect(state()).toMatchObject({ status: "backing_off", attempt: 1, error: { code: "network_error" } });
      vi.advanceTimersByTime(20);
      vi.useRealTimers();
      expect((await connected).reconnected).toBe(true);
      expect(pings()).toHaveLength(1);
    } finally {
      vi.useRealTimers();
    }
  });

  test("without a network the state is offline, and it is tried at once when the network is there again", async () => {
    use({ realtime: { minDelayMs: 600_000, maxDelayMs: 600_000 } });
    await vero.realtime.connect();
    navigator.onLine = false;
    service.drop(1011);
    await until(() => expect(state()).toMatchObject({ status: "offline", attempt: 1 }));
    say("online");
    await next("connected");
    expect(service.connections).toBe(2);
  });

  test("while it waits for another attempt it goes offline, and a look at the page ends the wait", async () => {
    use({ realtime: { minDelayMs: 600_000, maxDelayMs: 600_000 } });
    await vero.realtime.connect();
    service.drop(1011);
    await until(() => expect(state().status).toBe("backing_off"));
    say("offline");
    expect(state().status).toBe("offline");
    show("visible");
    await next("connected");
  });

  test("a wait that the server has asked for is not cut short", async () => {
    const token = service.handlers.get("GET /v1/messaging/token")!;
    service.on("GET /v1/messaging/token", () => ({
      ...problem(429, "rate_limited"),
      headers: { "retry-after": "60" },
    }));
    use({ retry: { retries: 0 } });
    const connecting = vero.realtime.connect();
    connecting.catch(() => {});
    await until(() => expect(state().status).toBe("backing_off"));
    service.on("GET /v1/messaging/token", token);
    show("visible");
    say("online");
    expect(state()).toMatchObject({ status: "backing_off", error: { code: "rate_limited", retryAfter: 60 } });
  });

  test("a wait that the server has asked for goes on when the network is there again, and the state says so", async () => {
    service.on("GET /v1/messaging/token", () => ({
      ...problem(429, "rate_limited"),
      headers: { "retry-after": "60" },
    }));
    use({ retry: { retries: 0 } });
    vero.realtime.connect().catch(() => {});
    await until(() => expect(state().status).toBe("backing_off"));
    const before = state();
    say("offline");
    show("visible");
    expect(state()).toEqual({ ...before, status: "offline" });
    say("online");
    expect(state()).toEqual(before);
    expect(service.count("GET /v1/messaging/token")).toBe(1);
  });

  test("somebody else who has signed in while nobody looked is noticed, without events of the store", async () => {
    const tokenStore = memoryTokens(service.issue());
    use({ tokenStore, tokens: undefined });
    await vero.realtime.connect();
    await tokenStore.set({ ...service.issue(ids.other), expires_at: Date.now() + 600_000 });
    const disconnected = next("disconnected");
    show("visible");
    expect(await disconnected).toMatchObject({ will_reconnect: false, error: { code: "user_changed" } });
    expect(state()).toMatchObject({ status: "ended", error: { code: "user_changed" } });
  });

  test.each([
    ["realtime.close()", () => vero.realtime.close()],
    ["close()", () => vero.close()],
    ["a final close code", () => service.drop(4500)],
  ])("%s ends the listening", async (_, end) => {
    expect(listening).toEqual(new Set());
    await vero.realtime.connect();
    expect(listening).toEqual(new Set(["window online", "window offline", "document visibilitychange"]));
    end();
    await until(() => expect(listening).toEqual(new Set()));
  });

  test("a worker has no document, and a runtime may have none of it", async () => {
    vi.stubGlobal("document", undefined);
    await vero.realtime.connect();
    expect(listening).toEqual(new Set(["window online", "window offline"]));
    vero.realtime.close();
    for (const name of ["navigator", "addEventListener", "removeEventListener"]) vi.stubGlobal(name, undefined);
    await vero.realtime.connect();
    const lost = collect("disconnected");
    service.drop(1011);
    await next("connected");
    expect(lost).toHaveLength(1);
  });
});
