/** 100 MB at 256 kbit/s, in milliseconds. */
export const longestTransferMs = 3_600_000;

/** How long the parts of an exchange may take, in milliseconds. */
export interface Timing {
  /** Until the head of a request is there. */
  headersMs: number;
  /** Until its body is there. */
  bodyMs: number;
  /** Until a file is there. */
  transferMs: number;
  /** Until an answer is read. */
  answerMs: number;
  /** Without a byte in either direction, while it is the client's turn. */
  stallMs: number;
  /** How often heads are looked for that take too long. */
  checkMs: number;
  /** How long a connection that is being ended may still take in our last words. */
  lingerMs: number;
}

export const timing: Timing = {
  headersMs: 10_000,
  bodyMs: 30_000,
  transferMs: longestTransferMs,
  answerMs: 120_000,
  stallMs: 30_000,
  checkMs: 1_000,
  lingerMs: 1_000,
};
