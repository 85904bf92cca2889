/** How many calls: of one user, of one workspace, of one process. */
export interface Places {
  user: number;
  tenant?: number;
  process?: number;
}

export interface Share {
  /** Calls at work at once. */
  atOnce: Places;
  /** Calls that wait for their turn beside them; one more is refused. */
  waiting: Places;
  /** From the arrival of a call to its answer, waiting included. */
  deadlineMs: number;
  /** The largest answer: it ends before the item that would exceed it. */
  maxBytes?: number;
  /** What large answers cost beside their places. */
  pace?: Pace;
}

/**
 * How fast large answers may follow each other: a place that gave one is free again when its bytes have passed at this
 * speed. The places of a process are free at once.
 */
export interface Pace {
  /** Answers up to this size are not slowed; ordinary pages are smaller. */
  freeBytes: number;
  /** Of each place, in bytes per second. */
  userBytesPerSecond: number;
  tenantBytesPerSecond: number;
}

/** From the arrival of a request to its answer, where its share names no other deadline. */
const requestDeadlineMs = 4_500;

/** The largest answer of a list, as JSON in UTF-8: what a process makes JSON of in a few milliseconds. */
const maxAnswerBytes = 500_000;

const pace = { freeBytes: 100_000, userBytesPerSecond: 500_000, tenantBytesPerSecond: 2_000_000 };

/**
 * The shares of costly operations. Users of a workspace take turns, and so do workspaces, so that nobody waits for
 * somebody else's appetite: a workspace never has all places of a process, and all shares together never have all
 * connections to the database. Calls of signed-in callers that name no share count in `requests`, and those with a share
 * of the process count there as well. Sends that wait are written together, so that many cost little more than one.
 * They are part of the contract, like the rates, so that openapi.json can say what a client has to expect.
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
    // Whoever catches up asks for one answer after the other.
    pace: { ...pace, userBytesPerSecond: 1_000_000 },
  },
  search: {
    atOnce: { user: 1, tenant: 2, process: 3 },
    waiting: { user: 4, tenant: 12, process: 12 },
    deadlineMs: requestDeadlineMs,
    // Of every text that is found, the words are looked through for the places to show.
    maxBytes: maxAnswerBytes,
    // Less than half of what it costs shows in its size.
    pace: { freeBytes: 50_000, userBytesPerSecond: 250_000, tenantBytesPerSecond: 500_000 },
  },
  // Up to 400 messages are written and answered.
  forward: { atOnce: { user: 1 }, waiting: { user: 10 }, deadlineMs: requestDeadlineMs, maxBytes: maxAnswerBytes },
  // Those who read in one conversation wait for its counter, each with a connection; all members of a group may come at once.
  receipt: {
    atOnce: { user: 1, tenant: 2, process: 3 },
    waiting: { user: 100, tenant: 1_000, process: 2_000 },
    deadlineMs: requestDeadlineMs,
  },
  // Files are few at work: what needs much of a processor waits inside, where small images do not wait for it.
  confirm: {
    atOnce: { user: 1, tenant: 2, process: 8 },
    waiting: { user: 4, tenant: 20, process: 80 },
    deadlineMs: 15_000,
  },
} as const satisfies Record<string, Share>;

export type ShareName = keyof typeof shareTable;

/** Words of a query for messages that count; the others are left out, so that nothing that is asked for is an error. */
export const maxQueryWords = 24;

/** From the arrival of a call of this operation to its answer. */
export const deadlineMsOf = ({ share }: { share?: ShareName | undefined }): number =>
  shareTable[share ?? "requests"].deadlineMs;
