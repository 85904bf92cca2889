import { AppError, type ShareName, shareTable } from "@vero/contracts";
import { Queue } from "./queue.js";

/** The bytes that the earlier answers of a batch may have together when another call begins. */
const maxBatchBytes = shareTable.list.maxBytes;
/** More calls than a batch has, so that its queue never refuses one. */
const maxWaiting = 100;

export type Batch = ReturnType<typeof createBatch>;

/**
 * Bounds the bytes that the calls of one batch answer together. Calls whose answers may be large run one at a time, and
 * are refused before they begin once the answers so far are too large: a refused call has changed nothing.
 */
export function createBatch() {
  const turns = new Queue({ atOnce: 1, maxWaiting });
  let bytes = 0;
  return {
    /**
     * Resolves, when a call may begin, to the function that ends its turn; rejects with the reason of `giveUp` where
     * that is aborted first.
     */
    async enter(share: ShareName, giveUp: AbortSignal): Promise<() => void> {
      if (!("maxBytes" in shareTable[share])) return () => {};
      const leave = await turns.enter("", giveUp);
      if (bytes <= maxBatchBytes) return leave;
      leave();
      throw new AppError("rate_limited", {
        detail: `The other answers of this batch weigh more than ${maxBatchBytes} bytes; call again in another request.`,
        retryAfter: 1,
      });
    },
    /** Counts the bytes of an answer. */
    add(answerBytes: number): void {
      bytes += answerBytes;
    },
  };
}
