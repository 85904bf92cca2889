import { describe, expect, test, vi } from "vitest";
import { VeroError } from "../src/index.js";
import { ConnectionMachine } from "../src/realtime/machine.js";
import { type ConnectionInput, type ConnectionStatus, next, type StateOf, transitions } from "../src/realtime/state.js";
import { ids } from "./service.js";

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
  online: { type: "online" },
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

/** Each state, each input that changes it, and the state that follows. All other inputs leave the very same object. */
const changes: readonly (readonly [ConnectionStatus, ConnectionInput["type"], object])[] = [
  ["idle", "connect", first],
  ["idle", "refused", refused],

  ["connecting", "hello", { status: "authenticating", attempt: 3 }],
  ["connecting", "lost", waiting],
  ["connecting", "unplugged", offline],
  ["connecting", "refused", refused],
  ["connecting", "close", idle],

  ["authenticating", "ready", live],
  ["authenticating", "lost", waiting],
  ["authenticating", "unplugged", offline],
  ["authenticating", "refused", refused],
  ["authenticating", "close", idle],

  ["live", "check", { ...states.live, checking: true }],
  ["live", "lost", waiting],
  ["live", "unplugged", offline],
  ["live", "refused", refused],
  ["live", "close", idle],

  ["backing_off", "offline", { ...states.backing_off, status: "offline" }],
  ["backing_off", "retry", again],
  ["backing_off", "refused", refused],
  ["backing_off", "close", idle],

  ["offline", "online", { ...states.offline, status: "backing_off" }],
  ["offline", "retry", again],
  ["offline", "refused", refused],
  ["offline", "close", idle],

  ["ended", "connect", first],
  ["ended", "close", idle],
];

describe("the states of a connection", () => {
  test("the table has a cell for every state and every input, and no others", () => {
    expect(Object.keys(transitions).sort()).toEqual(Object.keys(states).sort());
    for (const row of Object.values(transitions)) expect(Object.keys(row).sort()).toEqual(Object.keys(inputs).sort());
  });

  const cells = Object.values(states).flatMap((state) => Object.values(inputs).map((input) => ({ state, input })));
  test.each(cells)("$state.status, then $input.type", ({ state, input }) => {
    const after = next(state, input);
    const [, , due] = changes.find(([status, type]) => status === state.status && type === input.type) ?? [];
    if (due === undefined) expect(after).toBe(state);
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
