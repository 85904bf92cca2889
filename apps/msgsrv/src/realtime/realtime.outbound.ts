import type { Socket as NetSocket } from "node:net";
import { textFrameHead } from "@vero/server";
import type { WebSocket } from "ws";
import type { EventWriter } from "./realtime.frames.js";
import type { NodeQueue, QueuedSocket } from "./realtime.node-queue.js";

export interface OutboundLimits {
  /** Bounds the bytes that wait on one socket, besides the answer to its last request. */
  maxQueuedBytes: number;
  /** Bounds the time that waiting bytes take to leave. */
  drainMs: number;
  /** Bounds the bytes that wait on all sockets of a node together. */
  maxNodeQueuedBytes: number;
}

export const outboundLimits: OutboundLimits = {
  maxQueuedBytes: 256 * 1024,
  drainMs: 10_000,
  maxNodeQueuedBytes: 32 * 1024 * 1024,
};

/**
 * The rate at which a client has to read an answer, which may be larger than the queue: it is given that much more
 * time.
 */
const answerBytesPerMs = 32;

/**
 * Bounds the bytes that wait for the end of the tick, although the client reads: many changes may be delivered in one
 * tick, and must not count as a queue.
 */
const maxCorkedBytes = 16 * 1024;

export interface OutboundOptions {
  ws: WebSocket;
  /** The connection below `ws`. */
  connection: Pick<NetSocket, "cork" | "uncork" | "write" | "bytesWritten">;
  limits: Pick<OutboundLimits, "maxQueuedBytes" | "drainMs">;
  node: Pick<NodeQueue, "note" | "forget" | "flushLater">;
  /** Called once, when the client reads too slowly. */
  onSlow(): void;
}

/** Sends on one socket, and bounds the bytes that wait there for a client that reads slowly or not at all. */
export class Outbound implements QueuedSocket {
  readonly #options: OutboundOptions;
  /** Bytes of answers among those that wait. */
  #answerBytes = 0;
  /** The end of the bytes that waited at an earlier check, when that was, and how long they may take to leave. */
  #oldest: { after: number; sinceMs: number; allowedMs: number } | undefined;
  #isGivenUp = false;
  /** Bytes of events that leave at the end of the tick. */
  #corkedBytes = 0;

  constructor(options: OutboundOptions) {
    this.#options = options;
  }

  queuedBytes(): number {
    return this.#options.ws.bufferedAmount;
  }

  giveUp(): void {
    if (this.#isGivenUp) return;
    this.#isGivenUp = true;
    this.#options.onSlow();
  }

  send(text: string): void {
    if (this.#isRefused()) return;
    this.#options.ws.send(text);
    this.#note();
  }

  /**
   * Sends an event as one frame of two buffers: the larger one is shared with other sockets. The events of one tick
   * leave in one write.
   */
  sendEvent(write: EventWriter, nextS: () => number): void {
    if (this.#isRefused()) return;
    const { connection, node } = this.#options;
    const [own, shared] = write(nextS);
    const head = textFrameHead(own.length + shared.length);
    if (this.#corkedBytes === 0) {
      connection.cork();
      node.flushLater(this);
    }
    connection.write(Buffer.concat([head, own]));
    connection.write(shared);
    this.#corkedBytes += head.length + own.length + shared.length;
    if (this.#corkedBytes >= maxCorkedBytes) this.flush();
  }

  /** Writes the events that were sent in this tick. */
  flush(): void {
    if (this.#corkedBytes === 0) return;
    this.#corkedBytes = 0;
    this.#options.connection.uncork();
    this.#note();
  }

  /** Sends an answer. Resolves when it has left or never will; until then the caller answers nothing else. */
  async sendAnswer(text: string): Promise<void> {
    if (this.#isRefused()) return;
    const bytes = Buffer.byteLength(text);
    this.#answerBytes += bytes;
    await new Promise<void>((resolve) => {
      this.#options.ws.send(text, () => resolve());
      this.#note();
    });
    this.#answerBytes -= bytes;
  }

  /** Gives the socket up when what waited at an earlier check has not left in time. Called every second. */
  check(nowMs: number): void {
    const { connection, limits, node } = this.#options;
    const waiting = this.queuedBytes();
    node.note(this, waiting);
    const left = connection.bytesWritten - waiting;
    const oldest = this.#oldest;
    if (oldest !== undefined && waiting > 0 && left < oldest.after) {
      if (nowMs - oldest.sinceMs >= oldest.allowedMs) this.giveUp();
      return;
    }
    const allowedMs = limits.drainMs + this.#answerBytes / answerBytesPerMs;
    this.#oldest = waiting === 0 ? undefined : { after: connection.bytesWritten, sinceMs: nowMs, allowedMs };
  }

  /** Called when the connection is gone. */
  forget(): void {
    this.#corkedBytes = 0;
    this.#options.node.forget(this);
  }

  #isRefused(): boolean {
    const { ws, limits } = this.#options;
    if (this.#isGivenUp || ws.readyState !== ws.OPEN) return true;
    if (ws.bufferedAmount - this.#answerBytes <= limits.maxQueuedBytes) return false;
    this.giveUp();
    return true;
  }

  #note(): void {
    const bytes = this.queuedBytes();
    if (bytes > 0) this.#options.node.note(this, bytes);
  }
}
