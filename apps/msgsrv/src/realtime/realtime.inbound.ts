import type { Duplex } from "node:stream";
import { type ClientFrame, type CloseReason, clientFrame } from "@vero/contracts";
import { createFrameFollower, parseJson } from "@vero/server";

/** An honest client sends a ping every 25 seconds, and the largest of requests 20 times in 4 seconds at most. */
const maxFramesPerSecond = 100;
const maxBytesPerSecond = 1024 * 1024;
/** Room for a realtime token and the frames before it. */
const maxAnonymousBytes = 8 * 1024;
/** Room for frames that are under way when a socket is closed, and for the client's own close frame. */
const maxBytesAfterClose = 4 * 1024;
const windowMs = 1_000;

/** Reads a frame of the protocol; undefined where it is none. */
export function parseFrame(bytes: Buffer, isBinary: boolean): ClientFrame | undefined {
  if (isBinary) return undefined;
  try {
    return clientFrame.safeParse(parseJson(bytes)).data;
  } catch {
    return undefined;
  }
}

export interface InboundOptions {
  /** Whether a token has been accepted. */
  isAuthenticated(): boolean;
  isClosing(): boolean;
  close(reason: CloseReason): void;
  /** Stops reading; the end of the connection follows. */
  pause(): void;
}

/**
 * Bounds the frames and bytes that a client sends, before any of them is parsed. Every frame counts: pings, pongs and
 * fragments, which are never handed over as messages, too.
 */
export function boundInbound(duplex: Duplex, { isAuthenticated, isClosing, close, pause }: InboundOptions): void {
  let windowStart = performance.now();
  let frames = 0;
  let bytes = 0;
  let anonymousBytes = 0;
  let bytesAfterClose = 0;

  const follower = createFrameFollower((payloadBytes) => {
    frames += 1;
    if (!isAuthenticated() && payloadBytes > maxAnonymousBytes) close("bad_frame");
  });

  function count(chunk: Buffer): void {
    const now = performance.now();
    if (now - windowStart >= windowMs) {
      windowStart = now;
      frames = 0;
      bytes = 0;
    }
    bytes += chunk.length;
    follower.follow(chunk);
    if (!isAuthenticated()) anonymousBytes += chunk.length;
    if (frames > maxFramesPerSecond || bytes > maxBytesPerSecond) close("rate_limited");
    else if (anonymousBytes > maxAnonymousBytes) close("bad_frame");
  }

  duplex.prependListener("data", (chunk: Buffer) => {
    if (!isClosing()) count(chunk);
    if (!isClosing()) return;
    bytesAfterClose += chunk.length;
    if (bytesAfterClose > maxBytesAfterClose) pause();
  });
}
