import { AppError, type ShareName, shareTable } from "@vero/contracts";
import { Queue } from "./queue.js";

/** What the answers before it may weigh together when a call of a batch is begun. */
const maxBatchBytes = shareTable.list.maxBytes;
/** A batch has fewer calls. */
const maxWaiting = 100;

export type Batch = ReturnType<typeof createBatch>;

/**
 * Bounds what the calls of one request answer together: those whose answers may be large take turns, and are not begun
 * any more once the answers there are weigh too much. So whatever is refused was not done.
 */
export function createBatch() {
  const turns = new Queue({ atOnce: 1, maxWaiting });
  let bytes = 0;
  return {
    /** Resolves when a call may begin, with what ends its turn; when `giveUp` is aborted before, rejects with its reason. */
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
    /** Notes what an answer weighs. */
    add(answerBytes: number): void {
      bytes += answerBytes;
    },
  };
}
