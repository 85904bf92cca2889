import { after, longestMs } from "../timer.js";

export interface HeartbeatOptions {
  /** Sends the ping with this number. */
  ping(n: number): void;
  /** Ends the connection, whose server is silent. */
  giveUp(): void;
}

export interface Heartbeat {
  /** Pings from now on, each time that so many milliseconds have passed. */
  start(intervalMs: number): void;
  /** Takes note of a frame of any kind. */
  onSign(): void;
  /**
   * Asks whether the server is still there. Calls `onAlive` at the next frame of any kind; when none comes within
   * `deadlineMs` milliseconds, the connection ends. Does nothing while an earlier check is at work.
   */
  check(deadlineMs: number, onAlive: () => void): void;
  /** Ends it for good. */
  stop(): void;
}

/** The interval of pings where the server names none that makes sense. */
const usualMs = 25_000;

/** Finds out whether the server of one connection is still there. */
export function createHeartbeat({ ping, giveUp }: HeartbeatOptions): Heartbeat {
  let beating: ReturnType<typeof setInterval> | undefined;
  let checking: { cancel(): void; onAlive(): void } | undefined;
  let isStopped = false;
  let pings = 0;
  /** Pings since the last frame of any kind. */
  let unanswered = 0;

  const sendPing = () => {
    pings += 1;
    ping(pings);
  };

  // Counting pings rather than time: the timers of a page in the background are slowed down, and a frame that waits for
  // the page to wake up must not be taken for silence.
  const beat = () => {
    if (unanswered >= 2) return giveUp();
    unanswered += 1;
    sendPing();
  };

  const endCheck = () => {
    const ended = checking;
    checking = undefined;
    ended?.cancel();
    return ended;
  };

  return {
    start(intervalMs) {
      beating = setInterval(beat, intervalMs > 0 && intervalMs <= longestMs ? intervalMs : usualMs);
    },
    onSign() {
      unanswered = 0;
      endCheck()?.onAlive();
    },
    check(deadlineMs, onAlive) {
      if (isStopped || checking !== undefined) return;
      checking = { cancel: after(deadlineMs, giveUp), onAlive };
      sendPing();
    },
    stop() {
      isStopped = true;
      clearInterval(beating);
      endCheck();
    },
  };
}
