/** Numbers of calls: of one user, of one workspace, of one process. */
export interface Slots {
  user: number;
  tenant?: number;
  process?: number;
}

export interface Share {
  /** Calls that run at once. */
  atOnce: Slots;
  /** Calls that may wait for their turn besides; one more is refused. */
  waiting: Slots;
  /** The milliseconds from the arrival of a call to its answer, waiting included. */
  deadlineMs: number;
  /** The size of the largest answer, which ends before the item that would exceed it. */
  maxBytes?: number;
  /** The pace at which large answers may follow each other. */
  pace?: Pace;
}

/**
 * The pace of large answers: a slot of a user or workspace that gave one becomes free only when the answer's bytes
 * would have passed at this speed. The slots of a process become free at once.
 */
export interface Pace {
  /** Answers up to this size are not slowed down; ordinary pages are smaller. */
  freeBytes: number;
  /** The speed of each slot, in bytes per second. */
  userBytesPerSecond: number;
  tenantBytesPerSecond: number;
}

/** The milliseconds from the arrival of a request to its answer, unless its share sets another deadline. */
const requestDeadlineMs = 4_500;

/**
 * The bytes of the largest answer of a list, as JSON in UTF-8: a process serialises that many in a few milliseconds.
 */
const maxAnswerBytes = 500_000;

const pace = { freeBytes: 100_000, userBytesPerSecond: 500_000, tenantBytesPerSecond: 2_000_000 };

/**
 * The shares of costly operations. Users of a workspace take turns, and so do workspaces, so that one caller's load
 * does not delay the others: a workspace never has all slots of a process, and all shares together never have all
 * connections to the database. Calls of signed-in callers that name no share count in `requests`, and calls in a share
 * with a limit per process count there as well. Sends that wait are written as a batch, so that many cost little more
 * than one. Shares are part of the contract, like the rates, so that openapi.json can state them.
 */
export const shareTable = {
  requests: { atOnce: { user: 4 }, waiting: { user: 100 }, deadlineMs: requestDeadlineMs },
  send: { atOnce: { user: 20 }, waiting: { user: 500 }, deadlineMs: requestDeadlineMs },
  list: {
    atOnce: { user: 2, tenant: 2, process: 3 },
    waiting: { user: 100, tenant: 200, process: 200 },
    deadlineMs: requestDeadlineMs,
    maxBytes: maxAnswerBytes,
    pace,
  },
  sync: {
    atOnce: { user: 1, tenant: 1, process: 2 },
    waiting: { user: 4, tenant: 200, process: 200 },
    deadlineMs: requestDeadlineMs,
    maxBytes: maxAnswerBytes,
    // A client that catches up asks for one answer after the other.
    pace: { ...pace, userBytesPerSecond: 1_000_000 },
  },
  search: {
    atOnce: { user: 1, tenant: 2, process: 3 },
    waiting: { user: 4, tenant: 12, process: 12 },
    deadlineMs: requestDeadlineMs,
    // Every text that is found is tokenized again to find the passages to show.
    maxBytes: maxAnswerBytes,
    // The size of an answer reflects less than half of its cost.
    pace: { freeBytes: 50_000, userBytesPerSecond: 250_000, tenantBytesPerSecond: 500_000 },
  },
  // One call writes up to 400 messages and answers them.
  forward: { atOnce: { user: 1 }, waiting: { user: 100 }, deadlineMs: requestDeadlineMs, maxBytes: maxAnswerBytes },
  // Readers of one conversation wait for its receipt counter, each with a connection, and all members of a group may
  // read at once.
  receipt: {
    atOnce: { user: 1, tenant: 2, process: 3 },
    waiting: { user: 100, tenant: 1_000, process: 2_000 },
    deadlineMs: requestDeadlineMs,
  },
  // Few files are checked at once: costly ones wait inside, where small images need not wait for them.
  confirm: {
    atOnce: { user: 1, tenant: 2, process: 8 },
    waiting: { user: 4, tenant: 20, process: 80 },
    deadlineMs: 15_000,
  },
} as const satisfies Record<string, Share>;

export type ShareName = keyof typeof shareTable;

/** The number of words of a message search that count. Further ones are ignored, so that no query is too long. */
export const maxQueryWords = 24;

/** Returns the milliseconds from the arrival of a call of an operation to its answer. */
export const deadlineMsOf = ({ share }: { share?: ShareName | undefined }): number =>
  shareTable[share ?? "requests"].deadlineMs;
