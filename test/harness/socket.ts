import { type EventType, eventFrame, events, serverFrames } from "@vero/contracts";
import { WebSocket } from "ws";
import { bodyOf } from "./client.js";
import { inTurn, type Person } from "./people.js";
import type { Stack } from "./stack.js";
import { waitFor, within } from "./waiting.js";

// biome-ignore lint/suspicious/noExplicitAny: tests look into frames of every kind; their shape is checked on arrival
export type Frame = Record<string, any>;

/** The validators of frames, compiled once: compiling takes longer than checking a frame. */
const models = new Map<EventType, ReturnType<typeof eventFrame>>();

function modelOf(type: EventType): ReturnType<typeof eventFrame> {
  const model = models.get(type) ?? eventFrame(type);
  models.set(type, model);
  return model;
}

/** Fails where a frame does not fit its model: a wrong or superfluous field fails the test that receives it. */
function check(frame: Frame): Frame {
  if (frame["t"] === "event") {
    if (!(frame["type"] in events)) throw new Error(`unknown event ${frame["type"]}`);
    modelOf(frame["type"] as EventType).parse(frame);
    return frame;
  }
  const model = serverFrames[frame["t"] as keyof typeof serverFrames];
  if (model === undefined) throw new Error(`unknown frame ${JSON.stringify(frame)}`);
  model.parse(frame);
  return frame;
}

/** A socket that stores every frame it receives. */
export class TestSocket {
  readonly frames: Frame[] = [];
  readonly ws: WebSocket;
  #waiting: (() => void)[] = [];
  #failure: unknown;
  #isClosed = false;
  readonly #closed: Promise<{ code: number; reason: string }>;

  constructor(url: string, options: { origin?: string } = {}) {
    this.ws = new WebSocket(url, options);
    this.ws.on("message", (data) => {
      try {
        this.frames.push(check(JSON.parse(String(data))));
      } catch (error) {
        this.#failure = error;
      }
      this.#wake();
    });
    this.#closed = new Promise((resolve) => {
      this.ws.on("close", (code, reason) => {
        this.#isClosed = true;
        resolve({ code, reason: String(reason) });
        this.#wake();
      });
    });
    this.ws.on("error", () => {});
  }

  #wake(): void {
    for (const wake of this.#waiting.splice(0)) wake();
  }

  /** Resolves with the code and the reason once the socket has closed; fails when it does not close in time. */
  get closed(): Promise<{ code: number; reason: string }> {
    return within(this.#closed, "the socket to close", () => this.frames);
  }

  send(frame: object | string): void {
    this.ws.send(typeof frame === "string" ? frame : JSON.stringify(frame));
  }

  /** Resolves with the first frame that fits, received already or later. */
  async until(fits: (frame: Frame) => boolean, what = `a frame that fits ${fits}`): Promise<Frame> {
    const look = (): Frame | boolean => {
      try {
        return this.frames.find(fits) ?? (this.#failure !== undefined || this.#isClosed);
      } catch (error) {
        this.#failure = error;
        return true;
      }
    };
    const found = await waitFor(look, what, {
      seen: () => JSON.stringify(this.frames),
      changed: (leftMs) => this.#change(leftMs),
    });
    if (this.#failure) throw this.#failure;
    if (found === true) throw new Error(`closed while waiting for ${what}; got ${JSON.stringify(this.frames)}`);
    return found;
  }

  #change(leftMs: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, leftMs);
      this.#waiting.push(() => {
        clearTimeout(timer);
        resolve();
      });
    });
  }

  event(type: EventType, fits: (frame: Frame) => boolean = () => true): Promise<Frame> {
    return this.until((frame) => frame["t"] === "event" && frame["type"] === type && fits(frame), type);
  }

  /** Lists the events of a type; without a type all events but presence. */
  events(type?: EventType): Frame[] {
    return this.frames.filter(
      (frame) =>
        frame["t"] === "event" && (type === undefined ? frame["type"] !== "presence.changed" : frame["type"] === type),
    );
  }

  #requests = 0;
  /** Sends a `req` frame, and resolves with its `res`. */
  async request(op: string, d?: unknown): Promise<Frame> {
    this.#requests += 1;
    const id = `r${this.#requests}`;
    this.send({ t: "req", id, op, ...(d === undefined ? {} : { d }) });
    return this.until((frame) => frame["t"] === "res" && frame["id"] === id, `the answer to ${op}`);
  }

  async close(): Promise<void> {
    this.ws.close();
    await this.closed;
  }
}

export const socketUrl = (stack: Stack): string => `${stack.url.replace(/^http/, "ws")}/v1/messaging/ws`;

export async function realtimeToken(person: Person): Promise<string> {
  return bodyOf("getting a realtime token", await person.call<{ token: string }>("GET /v1/messaging/token")).token;
}

/** Opens a socket that is authenticated and ready. */
export async function connect(stack: Stack, person: Person): Promise<TestSocket> {
  return await inTurn(async () => {
    const token = await realtimeToken(person);
    const socket = new TestSocket(socketUrl(stack));
    await socket.until((frame) => frame["t"] === "hello", "hello");
    socket.send({ t: "auth", token });
    await socket.until((frame) => frame["t"] === "ready", "ready");
    return socket;
  });
}
