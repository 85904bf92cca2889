import { EventEmitter } from "node:events";
import type { Socket } from "node:net";
import { closeCodes } from "@vero/contracts";
import { type Actor, createLogger } from "@vero/server";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { WebSocket } from "ws";
import { eventually } from "../../../test/harness/waiting.js";
import type { HubSocket } from "../src/realtime/realtime.connected-user.js";
import { Connection, type ConnectionDeps } from "../src/realtime/realtime.connection.js";
import {
  type ConnectionEvent,
  type ConnectionMode,
  connectionTransitions,
} from "../src/realtime/realtime.connection.modes.js";
import { NodeQueue } from "../src/realtime/realtime.node-queue.js";
import { outboundLimits } from "../src/realtime/realtime.outbound.js";
import { type Driven, theModeOf, walkTransitions } from "./modes.setup.js";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** A connection whose other end is the test. */
function setUp(deps: Partial<ConnectionDeps> = {}) {
  const releaseSlot = vi.fn();
  let isGone = false;
  const frames: { t: string; [key: string]: unknown }[] = [];
  let code: number | undefined;
  const connection = Object.assign(new EventEmitter(), { bytesWritten: 0 });
  const ws = Object.assign(new EventEmitter(), {
    OPEN: 1,
    readyState: 1,
    bufferedAmount: 0,
    send(text: string, done: () => void = () => {}) {
      frames.push(JSON.parse(text));
      done();
    },
    ping: () => {},
    terminate: () => {},
    close(given: number) {
      ws.readyState = 2;
      code = given;
    },
  });
  const socket = new Connection({
    ws: ws as unknown as WebSocket,
    connection: connection as unknown as Socket,
    address: "127.0.0.1",
    releaseSlot,
    deps: {
      hub: { join: async (_socket, onReady) => onReady(), leave: () => {} },
      log: createLogger({ level: "silent", name: "test" }),
      bounds: outboundLimits,
      queue: new NodeQueue(outboundLimits),
      arrive: async () => ({ tenant_id: "t", user_id: "u", session_id: "s" }) as Actor,
      depart: async () => {},
      call: async () => null,
      ...deps,
    },
  });
  return {
    socket,
    frames,
    releaseSlot,
    isGone: () => isGone,
    closedWith: () => code,
    /** The connection below ends. */
    end(): void {
      isGone = true;
      ws.readyState = 3;
      ws.emit("close");
    },
    send: (frame: object) => ws.emit("message", Buffer.from(JSON.stringify(frame)), false),
    async ready(): Promise<void> {
      ws.emit("message", Buffer.from('{"t":"auth","token":"token"}'), false);
      await eventually(() => expect(frames.at(-1)?.t).toBe("ready"));
    },
  };
}

describe("the modes of a connection", () => {
  const paths: Record<ConnectionMode, ConnectionEvent[]> = {
    anonymous: [],
    authenticating: ["token"],
    ready: ["token", "accepted"],
    draining: ["token", "accepted", "drain"],
    closing: ["close"],
    closed: ["gone"],
  };

  function begin(): Driven<ConnectionMode, ConnectionEvent> {
    let accept = (): void => {};
    let isJoined = false;
    const arrive = () =>
      new Promise<Actor>((resolve) => {
        accept = () => resolve({ tenant_id: "t", user_id: "u", session_id: "s" } as Actor);
      });
    const join = async (_socket: HubSocket, onReady: () => void) => {
      isJoined = true;
      onReady();
    };
    const leave = () => {
      isJoined = false;
    };
    const { socket, frames, send, end, isGone, closedWith, releaseSlot } = setUp({ arrive, hub: { join, leave } });
    const triggers: Record<ConnectionEvent, () => void> = {
      token: () => send({ t: "auth", token: "token" }),
      request: () => send({ t: "req", id: 1, op: "any" }),
      accepted: () => accept(),
      drain: () => socket.drain(10_000),
      close: () => socket.end("session_revoked"),
      gone: end,
    };
    return {
      async trigger(event) {
        triggers[event]();
        await vi.advanceTimersByTimeAsync(0);
      },
      async observe() {
        const before = frames.length;
        socket.resync("probe");
        const isServed = frames.length > before;
        const isClosed = isGone();
        const isAsked = frames.some(({ t }) => t === "reconnect");
        const isEnding = closedWith() !== undefined;
        // A socket without a token ends after 5 seconds, one whose token is being checked after 10.
        if (!isEnding && !isClosed) await vi.advanceTimersByTimeAsync(5_000);
        const isTimedOut = closedWith() === closeCodes.auth_timeout;
        if (!isEnding && !isClosed && !isTimedOut) await vi.advanceTimersByTimeAsync(5_000);
        const isCheckLate = !isServed && !isTimedOut && !isEnding && closedWith() === closeCodes.drain;
        const hasSlot = releaseSlot.mock.calls.length === 0;
        const facts = { isServed, isAsked, isJoined, isEnding, isClosed, isTimedOut, isCheckLate, hasSlot };
        return theModeOf<ConnectionMode>(facts, {
          anonymous: { isServed: false, isJoined: false, isClosed: false, isTimedOut: true, hasSlot: true },
          authenticating: { isServed: false, isJoined: false, isClosed: false, isCheckLate: true, hasSlot: true },
          ready: { isServed: true, isAsked: false, isJoined: true, isEnding: false, isClosed: false, hasSlot: false },
          draining: { isServed: true, isAsked: true, isEnding: false, isClosed: false, hasSlot: false },
          closing: { isServed: false, isJoined: false, isEnding: true, isClosed: false },
          closed: { isServed: false, isJoined: false, isClosed: true, hasSlot: false },
        });
      },
    };
  }

  walkTransitions("a connection", connectionTransitions, paths, begin);
});

/** An operation that takes until the test lets it go. */
function slowly() {
  const called: string[] = [];
  const ends: (() => void)[] = [];
  const call = (op: string) => {
    called.push(op);
    return new Promise<null>((resolve) => ends.push(() => resolve(null)));
  };
  return { call, called, end: () => ends.shift()?.() };
}

describe("a token", () => {
  it("that does not come in time: auth_timeout, for good", () => {
    const { closedWith } = setUp();
    vi.advanceTimersByTime(5_000);
    expect(closedWith()).toBe(closeCodes.auth_timeout);
  });

  it("that has come and cannot be checked now: drain, so that the client tries again", () => {
    const { send, closedWith } = setUp({ arrive: () => new Promise(() => {}) });
    send({ t: "auth", token: "token" });
    vi.advanceTimersByTime(9_999);
    expect(closedWith()).toBeUndefined();
    vi.advanceTimersByTime(1);
    expect(closedWith()).toBe(closeCodes.drain);
  });

  it("that was checked leaves no limit of time behind", async () => {
    const { ready, closedWith } = setUp();
    await ready();
    vi.advanceTimersByTime(20_000);
    expect(closedWith()).toBeUndefined();
  });
});

describe("requests that wait", () => {
  it("are not done when the socket has closed", async () => {
    const { call, called, end } = slowly();
    const { ready, send, closedWith } = setUp({ call });
    await ready();
    send({ t: "req", id: 1, op: "first" });
    send({ t: "req", id: 2, op: "second" });
    await eventually(() => expect(called).toEqual(["first"]));
    send({ t: "auth", token: "again" });
    expect(closedWith()).toBe(closeCodes.bad_frame);
    end();
    await vi.advanceTimersByTimeAsync(100);
    expect(called).toEqual(["first"]);
  });
});

describe("a drain", () => {
  it("serves the client until the moment it named, and then closes", async () => {
    const { socket, ready, send, frames, closedWith } = setUp();
    await ready();
    socket.drain(500);
    expect(frames.at(-1)).toEqual({ t: "reconnect", after_ms: 500 });
    send({ t: "req", id: 1, op: "late" });
    await vi.advanceTimersByTimeAsync(499);
    expect(frames.at(-1)).toMatchObject({ t: "res", id: 1 });
    expect(closedWith()).toBeUndefined();
    await vi.advanceTimersByTimeAsync(1);
    expect(closedWith()).toBe(closeCodes.drain);
  });

  it("waits for the answers under way, for a second", async () => {
    const { call, called, end } = slowly();
    const { socket, ready, send, frames, closedWith } = setUp({ call });
    await ready();
    send({ t: "req", id: 1, op: "first" });
    send({ t: "req", id: 2, op: "second" });
    socket.drain(0);
    await vi.advanceTimersByTimeAsync(900);
    expect(closedWith()).toBeUndefined();
    end();
    await vi.advanceTimersByTimeAsync(0);
    expect(frames.at(-1)).toMatchObject({ t: "res", id: 1 });
    await vi.advanceTimersByTimeAsync(100);
    expect(closedWith()).toBe(closeCodes.drain);
    expect(called).toEqual(["first", "second"]);
  });

  it("ends at once with the last answer", async () => {
    const { call, called, end } = slowly();
    const { socket, ready, send, closedWith } = setUp({ call });
    await ready();
    send({ t: "req", id: 1, op: "first" });
    socket.drain(0);
    await vi.advanceTimersByTimeAsync(10);
    expect(called).toEqual(["first"]);
    end();
    await vi.advanceTimersByTimeAsync(0);
    expect(closedWith()).toBe(closeCodes.drain);
  });
});
