/** How long the transfer of a file may take: enough for 100 MB at 256 kbit/s. */
export const longestTransferMs = 3_600_000;

/** Bounds the phases of an exchange, in milliseconds. */
export interface Timing {
  /** Until the head of a request is complete. */
  headersMs: number;
  /** Until the body of a request is complete. */
  bodyMs: number;
  /** Until the body of an upload is complete. */
  transferMs: number;
  /** Until the client has read a long answer; downloads of files have no such limit. */
  answerMs: number;
  /** Without a byte in either direction, while it is the client's turn. */
  stallMs: number;
  /** The interval of the checks for late heads and for stalled answers. */
  checkMs: number;
  /** How long a connection that is being ended may still deliver its last bytes. */
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
