import type { Socket as NetSocket } from "node:net";
import { textFrameHead } from "@vero/server";
import type { WebSocket } from "ws";
import type { EventWriter } from "./realtime.frames.js";

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

/** The bytes that wait on the sockets of a node. */
export type NodeQueue = ReturnType<typeof createNodeQueue>;

/**
 * Bounds the bytes that wait on all sockets of a node together: where there are too many, the sockets with the most are
 * closed.
 */
export function createNodeQueue({ maxNodeQueuedBytes }: Pick<OutboundLimits, "maxNodeQueuedBytes">) {
  const queued = new Map<Outbound, number>();
  let total = 0;

  function set(outbound: Outbound, bytes: number): void {
    total += bytes - (queued.get(outbound) ?? 0);
    if (bytes === 0) queued.delete(outbound);
    else queued.set(outbound, bytes);
  }

  function closeWorst(): void {
    for (const outbound of [...queued.keys()]) set(outbound, outbound.queuedBytes());
    const worstFirst = [...queued].sort(([, a], [, b]) => b - a);
    for (const [outbound] of worstFirst) {
      if (total <= maxNodeQueuedBytes) return;
      set(outbound, 0);
      outbound.giveUp();
    }
  }

  return {
    /** Notes how much waits on a socket. */
    note(outbound: Outbound, bytes: number): void {
      set(outbound, bytes);
      if (total > maxNodeQueuedBytes) closeWorst();
    },
    forget: (outbound: Outbound) => set(outbound, 0),
  };
}

export type Outbound = ReturnType<typeof createOutbound>;

export interface OutboundOptions {
  ws: WebSocket;
  /** The connection below `ws`. */
  connection: Pick<NetSocket, "cork" | "uncork" | "write" | "bytesWritten">;
  limits: Pick<OutboundLimits, "maxQueuedBytes" | "drainMs">;
  node: Pick<NodeQueue, "note" | "forget">;
  /** Called once, when the client reads too slowly. */
  onSlow(): void;
}

/** Sends on one socket, and bounds the bytes that wait there for a client that reads slowly or not at all. */
export function createOutbound({ ws, connection, limits, node, onSlow }: OutboundOptions) {
  /** Bytes of answers among those that wait. */
  let answerBytes = 0;
  /** The end of the bytes that waited at an earlier check, when that was, and how long they may take to leave. */
  let oldest: { after: number; sinceMs: number; allowedMs: number } | undefined;
  let isGivenUp = false;

  function giveUp(): void {
    if (isGivenUp) return;
    isGivenUp = true;
    onSlow();
  }

  function isRefused(): boolean {
    if (isGivenUp || ws.readyState !== ws.OPEN) return true;
    if (ws.bufferedAmount - answerBytes <= limits.maxQueuedBytes) return false;
    giveUp();
    return true;
  }

  function note(): void {
    const bytes = ws.bufferedAmount;
    if (bytes > 0) node.note(outbound, bytes);
  }

  const outbound = {
    queuedBytes: (): number => ws.bufferedAmount,
    giveUp,

    send(text: string): void {
      if (isRefused()) return;
      ws.send(text);
      note();
    },

    /** Sends an event as one frame of two buffers: the larger one is shared with other sockets. */
    sendEvent(write: EventWriter, nextS: () => number): void {
      if (isRefused()) return;
      const [own, shared] = write(nextS);
      connection.cork();
      connection.write(Buffer.concat([textFrameHead(own.length + shared.length), own]));
      connection.write(shared);
      connection.uncork();
      note();
    },

    /** Sends an answer. Resolves when it has left or never will; until then the caller answers nothing else. */
    async sendAnswer(text: string): Promise<void> {
      if (isRefused()) return;
      const bytes = Buffer.byteLength(text);
      answerBytes += bytes;
      await new Promise<void>((resolve) => {
        ws.send(text, () => resolve());
        note();
      });
      answerBytes -= bytes;
    },

    /** Gives the socket up when what waited at an earlier check has not left in time. Called every second. */
    check(nowMs: number): void {
      const waiting = ws.bufferedAmount;
      node.note(outbound, waiting);
      const left = connection.bytesWritten - waiting;
      if (oldest !== undefined && waiting > 0 && left < oldest.after) {
        if (nowMs - oldest.sinceMs >= oldest.allowedMs) giveUp();
        return;
      }
      const allowedMs = limits.drainMs + answerBytes / answerBytesPerMs;
      oldest = waiting === 0 ? undefined : { after: connection.bytesWritten, sinceMs: nowMs, allowedMs };
    },

    forget: () => node.forget(outbound),
  };
  return outbound;
}
