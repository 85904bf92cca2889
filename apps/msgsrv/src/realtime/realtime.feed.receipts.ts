import type { ConversationKey } from "@vero/db";
import { type Delivered, deliveredUpTo, noteDelivered, settleDelivered } from "./realtime.numbers.js";
import type { ReadEvent, Sources } from "./realtime.sources.js";

/** Keeps which read receipts of a conversation have been delivered: they have numbers of their own, in any order. */
export class FeedReceipts {
  readonly #key: ConversationKey;
  readonly #sources: Pick<Sources, "receiptsAfter">;
  readonly #delivered: Delivered;

  constructor(key: ConversationKey, from: { last_receipt_seq: number }, sources: Pick<Sources, "receiptsAfter">) {
    this.#key = key;
    this.#sources = sources;
    this.#delivered = deliveredUpTo(from.last_receipt_seq);
  }

  /** Notes that a receipt is delivered; answers false where it was before. */
  note(receiptSeq: number): boolean {
    return noteDelivered(this.#delivered, receiptSeq);
  }

  /** Delivers the receipts of which the bus brought no event, given the newest number of the database. */
  async compare(lastReceiptSeq: number, deliver: (event: ReadEvent) => void): Promise<void> {
    if (lastReceiptSeq <= this.#delivered.upTo) return;
    const { last_receipt_seq, receipts } = await this.#sources.receiptsAfter(this.#key, this.#delivered.upTo);
    for (const event of receipts) if (this.note(event.receipt_seq)) deliver(event);
    settleDelivered(this.#delivered, last_receipt_seq);
  }
}
