/** Milliseconds throughout. */
export interface RealtimeTiming {
  /** The first wait before a new attempt is between 0 and this; it doubles from attempt to attempt. Default 500. */
  minDelayMs: number;
  /** No wait is longer. Default 30,000. */
  maxDelayMs: number;
  /** From opening a socket to `ready`. Default 10,000. */
  connectTimeoutMs: number;
  /** After a connection that lived this long the waits start from the beginning. Default 10,000. */
  stableMs: number;
}

export const defaultTiming: RealtimeTiming = {
  minDelayMs: 500,
  maxDelayMs: 30_000,
  connectTimeoutMs: 10_000,
  stableMs: 10_000,
};
