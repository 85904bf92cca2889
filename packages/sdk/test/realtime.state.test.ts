import { describe, expect, test, vi } from "vitest";
import { type ConnectionState, VeroError } from "../src/index.js";
import { ConnectionMachine } from "../src/realtime/machine.js";
import { type ConnectionInput, type ConnectionStatus, next, type StateOf, transitions } from "../src/realtime/state.js";
import { created, eachTestAlone, next as nextEvent, service, until, use, vero } from "./realtime.setup.js";
import { ids, problem } from "./service.js";

const before = new VeroError({ code: "network_error", detail: "before" });
const error = new VeroError({ code: "timeout", detail: "now" });

const states: { [S in ConnectionStatus]: StateOf<S> } = {
  idle: { status: "idle" },
  connecting: { status: "connecting", attempt: 3 },
  authenticating: { status: "authenticating", attempt: 3 },
  live: { status: "live", connection_id: "c-1", user_id: ids.user, checking: false },
  backing_off: { status: "backing_off", attempt: 3, retry_at: 100, error: before },
  offline: { status: "offline", attempt: 3, retry_at: 100, error: before },
  ended: { status: "ended", error: before },
};

const inputs: { [T in ConnectionInput["type"]]: ConnectionInput & { type: T } } = {
  connect: { type: "connect" },
  hello: { type: "hello" },
  ready: { type: "ready", connection_id: "c-2", user_id: ids.user },
  check: { type: "check" },
  checked: { type: "checked" },
  lost: { type: "lost", attempt: 4, retry_at: 200, error },
  unplugged: { type: "unplugged", attempt: 4, retry_at: 200, error },
  offline: { type: "offline" },
  retry: { type: "retry" },
  refused: { type: "refused", error },
  close: { type: "close" },
};

const first = { status: "connecting", attempt: 0 };
const again = { status: "connecting", attempt: 3 };
const waiting = { status: "backing_off", attempt: 4, retry_at: 200, error };
const offline = { ...waiting, status: "offline" };
const live = { status: "live", connection_id: "c-2", user_id: ids.user, checking: false };
const refused = { status: "ended", error };
const idle = { status: "idle" };
const same = "the same object";

/** Each state and each input: what follows, written out. */
const expected: Record<ConnectionStatus, Record<ConnectionInput["type"], object | typeof same>> = {
  idle: {
    connect: first,
    hello: same,
    ready: same,
    check: same,
    checked: same,
    lost: same,
    unplugged: same,
    offline: same,
    retry: same,
    refused,
    close: same,
  },
  connecting: {
    connect: same,
    hello: { status: "authenticating", attempt: 3 },
    ready: same,
    check: same,
    checked: same,
    lost: waiting,
    unplugged: offline,
    offline: same,
    retry: same,
    refused,
    close: idle,
  },
  authenticating: {
    connect: same,
    hello: same,
    ready: live,
    check: same,
    checked: same,
    lost: waiting,
    unplugged: offline,
    offline: same,
    retry: same,
    refused,
    close: idle,
  },
  live: {
    connect: same,
    hello: same,
    ready: same,
    check: { ...states.live, checking: true },
    checked: same,
    lost: waiting,
    unplugged: offline,
    offline: same,
    retry: same,
    refused,
    close: idle,
  },
  backing_off: {
    connect: same,
    hello: same,
    ready: same,
    check: same,
    checked: same,
    lost: same,
    unplugged: same,
    offline: { ...states.backing_off, status: "offline" },
    retry: again,
    refused,
    close: idle,
  },
  offline: {
    connect: same,
    hello: same,
    ready: same,
    check: same,
    checked: same,
    lost: same,
    unplugged: same,
    offline: same,
    retry: again,
    refused,
    close: idle,
  },
  ended: {
    connect: first,
    hello: same,
    ready: same,
    check: same,
    checked: same,
    lost: same,
    unplugged: same,
    offline: same,
    retry: same,
    refused: same,
    close: idle,
  },
};

describe("the states of a connection", () => {
  test("the table has a cell for every state and every input, and no others", () => {
    expect(Object.keys(transitions).sort()).toEqual(Object.keys(states).sort());
    for (const row of Object.values(transitions)) expect(Object.keys(row).sort()).toEqual(Object.keys(inputs).sort());
  });

  const cells = Object.values(states).flatMap((state) => Object.values(inputs).map((input) => ({ state, input })));
  test.each(cells)("$state.status, then $input.type", ({ state, input }) => {
    const after = next(state, input);
    const due = expected[state.status][input.type];
    if (due === same) expect(after).toBe(state);
    else expect(after).toEqual(due);
  });

  test("a check is over when a frame has come, and a second one changes nothing", () => {
    const checking = next(states.live, { type: "check" });
    expect(next(checking, { type: "check" })).toBe(checking);
    expect(next(checking, { type: "offline" })).toBe(checking);
    expect(next(checking, { type: "checked" })).toEqual(states.live);
  });

  test("every state can be reached, and left by close()", () => {
    const reached = new Set<ConnectionStatus>(["idle"]);
    for (const status of reached) for (const then of Object.values(transitions[status])) reached.add(then);
    expect([...reached].sort()).toEqual(Object.keys(states).sort());
    for (const row of Object.values(transitions)) expect(row.close).toBe("idle");
  });
});

describe("the machine", () => {
  test("answers the same object and calls nobody while nothing changes", () => {
    const machine = new ConnectionMachine(() => {});
    const listener = vi.fn();
    const { subscribe } = machine;
    const unsubscribe = subscribe(listener);
    const idleState = machine.state;
    for (const type of ["hello", "retry", "close"] as const) machine.input({ type });
    expect(machine.state).toBe(idleState);
    machine.input({ type: "connect" });
    expect(listener.mock.calls).toEqual([[{ status: "connecting", attempt: 0 }]]);
    expect(listener.mock.lastCall?.[0]).toBe(machine.state);
    unsubscribe();
    machine.input({ type: "close" });
    expect(listener).toHaveBeenCalledTimes(1);
  });

  test("a listener that changes the state from within: no other one is left with an older state", () => {
    const machine = new ConnectionMachine(() => {});
    machine.subscribe(({ status }) => status === "connecting" && machine.input({ type: "close" }));
    const seen: string[] = [];
    machine.subscribe(({ status }) => seen.push(status));
    machine.input({ type: "connect" });
    expect(seen).toEqual(["idle"]);
  });

  test("a listener that throws disturbs neither the others nor the machine", () => {
    const failed = vi.fn();
    const listener = vi.fn();
    const machine = new ConnectionMachine(failed);
    machine.subscribe(() => {
      throw new Error("listener");
    });
    machine.subscribe(listener);
    machine.input({ type: "connect" });
    expect(failed).toHaveBeenCalledTimes(1);
    expect(listener).toHaveBeenCalledTimes(1);
  });
});

describe("connection.state of a client", () => {
  eachTestAlone();

  const statuses = (): ConnectionState[] => {
    const seen: ConnectionState[] = [];
    vero.connection.subscribe((state) => seen.push(state));
    return seen;
  };

  test("says how a connection comes, goes and comes again", async () => {
    const seen = statuses();
    expect(vero.connection.state).toEqual({ status: "idle" });
    await vero.realtime.connect();
    const connected = nextEvent("connected");
    service.drop(1011, "restart");
    await connected;
    vero.realtime.close();
    expect(seen.map(({ status }) => status)).toEqual([
      ...["connecting", "authenticating", "live"],
      ...["backing_off", "connecting", "authenticating", "live", "idle"],
    ]);
    expect(seen[2]).toEqual({ status: "live", connection_id: "c-1", user_id: ids.user, checking: false });
    expect(seen[3]).toMatchObject({ attempt: 1, error: { code: "network_error" } });
    expect((seen[3] as StateOf<"backing_off">).error.detail).toContain("1011 restart");
    expect(seen[4]).toEqual({ status: "connecting", attempt: 1 });
  });

  test("says why there is no connection yet, and when it is tried again", async () => {
    use({ retry: { retries: 0 }, realtime: { minDelayMs: 60_000, maxDelayMs: 60_000 } });
    service.on("GET /v1/messaging/token", () => ({ text: "<html>Sign in to the Wi-Fi</html>" }));
    const connecting = vero.realtime.connect();
    await until(() => expect(vero.connection.state.status).toBe("backing_off"));
    expect(vero.connection.state).toMatchObject({ attempt: 1, error: { code: "unexpected_response" } });
    expect((vero.connection.state as StateOf<"backing_off">).retry_at).toBeGreaterThan(Date.now() - 60_000);
    vero.realtime.close();
    await expect(connecting).rejects.toMatchObject({ code: "aborted" });
    expect(vero.connection.state).toEqual({ status: "idle" });
  });

  test("has ended with the reason where the session has, also without a connection; connect() begins anew", async () => {
    service.valid.clear();
    service.on("POST /auth/refresh", () => problem(401, "token_reused"));
    await expect(vero.auth.me()).rejects.toMatchObject({ code: "token_reused" });
    expect(vero.connection.state).toMatchObject({ status: "ended", error: { code: "token_reused" } });
    await vero.auth.login({ email: "ada@example.com", password: "p" });
    expect(vero.connection.state).toEqual({ status: "idle" });
    await vero.realtime.connect();
    expect(vero.connection.state.status).toBe("live");
  });

  test("a listener that closes and connects again is obeyed, and one connection remains", async () => {
    await vero.realtime.connect();
    const stop = vero.realtime.on("reconnecting", () => {
      stop();
      vero.realtime.close();
      void vero.realtime.connect();
    });
    service.drop(1011);
    await nextEvent("connected");
    expect(service.connections).toBe(2);
    expect(vero.connection.state).toMatchObject({ status: "live", connection_id: "c-2" });
  });

  /** The names and `will_reconnect` of the events of the connection itself, in order. */
  const ownEvents = (): string[] => {
    const seen: string[] = [];
    for (const type of ["connected", "reconnecting", "resync"] as const) {
      vero.realtime.on(type, () => seen.push(type));
    }
    vero.realtime.on("disconnected", ({ will_reconnect }) => seen.push(`disconnected, ${will_reconnect}`));
    return seen;
  };

  const onStatus = (status: ConnectionStatus, act: () => void) => {
    const stop = vero.connection.subscribe((state) => {
      if (state.status !== status) return;
      stop();
      act();
    });
  };

  test("a state listener that closes on backing_off: one disconnected, which says that it stays so", async () => {
    await vero.realtime.connect();
    const seen = ownEvents();
    const closed = new Promise<void>((resolve) => {
      onStatus("backing_off", () => {
        vero.realtime.close();
        resolve();
      });
    });
    service.drop(1011);
    await closed;
    expect(vero.connection.state).toEqual({ status: "idle" });
    await use({}).realtime.connect();
    expect(seen).toEqual(["disconnected, false"]);
  });

  test.each(["connecting", "authenticating", "live"] as const)(
    "a state listener that closes on %s is obeyed",
    async (status) => {
      const seen = ownEvents();
      onStatus(status, () => vero.realtime.close());
      await expect(vero.realtime.connect()).rejects.toMatchObject({ code: "aborted" });
      expect(seen).toEqual(["disconnected, false"]);
      expect(vero.connection.state).toEqual({ status: "idle" });
      await vero.realtime.connect();
      expect(seen.slice(1)).toContain("connected");
    },
  );

  test("a listener of connected or of an event that closes gets no other event", async () => {
    await vero.realtime.connect();
    service.drop(1011);
    const seen = ownEvents();
    const stop = vero.realtime.on("connected", () => {
      stop();
      vero.realtime.close();
    });
    await until(() => expect(seen.at(-1)).toBe("disconnected, false"));
    await vero.realtime.connect();
    expect(seen.slice(0, 4)).toEqual(["disconnected, true", "reconnecting", "connected", "disconnected, false"]);
    const all = vi.fn();
    vero.realtime.on("*", all);
    const received = new Promise<void>((resolve) => {
      vero.realtime.on("message.created", () => {
        vero.realtime.close();
        resolve();
      });
    });
    service.broadcast(created(1, 1));
    await received;
    expect(all).not.toHaveBeenCalled();
  });

  test("a state listener that connects on idle gets a run of its own, after the end of the one before", async () => {
    await vero.realtime.connect();
    const seen = ownEvents();
    let asked: Promise<unknown> | undefined;
    onStatus("idle", () => {
      void vero.realtime.connect();
      asked = vero.realtime.request("messages.send", { conversation_id: ids.conversation, text: "Hello" });
    });
    service.on("req messages.send", () => ({ body: { id: ids.message } }));
    vero.realtime.close();
    expect(seen).toEqual(["disconnected, false"]);
    expect(await asked).toEqual({ id: ids.message });
    expect(seen).toEqual(["disconnected, false", "connected", "resync"]);
  });

  test("a state listener that connects on ended gets a run of its own, after the end of the one before", async () => {
    await vero.realtime.connect();
    const seen = ownEvents();
    service.on("req messages.send", () => ({ body: { id: ids.message } }));
    const asked = new Promise((resolve) => {
      onStatus("ended", () => {
        void vero.realtime.connect();
        resolve(vero.realtime.request("messages.send", { conversation_id: ids.conversation, text: "Hello" }));
      });
    });
    service.drop(4599);
    expect(await asked).toEqual({ id: ids.message });
    expect(seen).toEqual(["disconnected, false", "connected", "resync"]);
    expect(vero.connection.state.status).toBe("live");
  });

  test("a listener of disconnected that connects is obeyed, and the state does not go back", async () => {
    await vero.realtime.connect();
    const seen = statuses();
    const stop = vero.realtime.on("disconnected", () => {
      stop();
      void vero.realtime.connect();
    });
    vero.realtime.close();
    await nextEvent("connected");
    expect(seen.map(({ status }) => status)).toEqual(["connecting", "authenticating", "live"]);
  });
});
