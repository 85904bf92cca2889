import { type Database, listLastChangeSeqs, listReceiptsAfter } from "@vero/db";
import { redactReceipts } from "../blocks/blocks.policy.js";
import type { Sources } from "./realtime.sources.js";

/** Receipts read at once, one for each participant. */
const maxReceipts = 501;

/** Makes the read of a conversation's receipts. */
export const createReceiptSource = ({
  database,
}: {
  database: Pick<Database, "snapshot">;
}): Pick<Sources, "receiptsAfter"> => ({
  receiptsAfter: ({ tenant_id, conversation_id }, receipt_seq) =>
    database.snapshot(async (tx) => {
      const [last] = await listLastChangeSeqs(tx, tenant_id, [conversation_id]);
      const rows = await listReceiptsAfter(tx, tenant_id, [{ conversation_id, receipt_seq }], {
        exceptUserIds: [],
        limit: maxReceipts,
      });
      const readers = rows.map(({ user_id }) => user_id);
      const redactions = await redactReceipts(tx, { tenant_id, userIds: readers });
      const at = new Date().toISOString();
      return {
        last_receipt_seq: last?.last_receipt_seq ?? receipt_seq,
        receipts: rows.map(({ user_id, last_read_seq, receipt_seq }) => ({
          type: "conversation.read",
          tenant_id,
          conversation_id,
          receipt_seq,
          at,
          data: { user_id, last_read_seq },
          redactions: redactions(user_id),
        })),
      };
    }),
});
