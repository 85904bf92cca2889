import {
  type Executor,
  listFrozenReceiptsAfter,
  listReceiptsAfter,
  listShownReceiptSeqs,
  type Receipt,
  type ReceiptCursor,
  type SyncMembership,
} from "@vero/db";
import type { Actor } from "@vero/server";
import { redactReads, withheldFrom } from "../blocks/blocks.policy.js";

/** Bounds the receipts in one answer; the rest comes with the next call. */
const maxReceipts = 1_000;

export interface SyncedReceipts {
  receipts: Pick<Receipt, "user_id" | "last_read_seq">[];
  next_receipt_seq: number;
  has_more: boolean;
}

/**
 * Lists the read positions that a block froze, which are all that each side is shown of the other's reading, where the
 * client does not know them yet.
 */
async function listFrozen(tx: Executor, { tenant_id, user_id }: Actor, cursors: readonly ReceiptCursor[]) {
  const frozen = await listFrozenReceiptsAfter(tx, { tenant_id, user_id }, cursors);
  const receipts: Receipt[] = [];
  for (const conversation_id of new Set(frozen.map((one) => one.conversation_id))) {
    const those = frozen.filter((one) => one.conversation_id === conversation_id);
    const ids = those.map((one) => one.user_id);
    const key = { tenant_id, conversation_id };
    const { frozen_reads } = await redactReads(tx, key, { userIds: ids, viewerId: user_id });
    for (const { user_id: id, last_read_seq } of frozen_reads) {
      const receipt_seq = those.find((one) => one.user_id === id)?.receipt_seq ?? 0;
      receipts.push({ conversation_id, user_id: id, last_read_seq, receipt_seq });
    }
  }
  return receipts;
}

/**
 * Divides receipts among their conversations. `rows` holds one more than an answer where there are more: the
 * conversation of that one is answered up to its last receipt on the page, also for receipts from before a block, and
 * those after it wait for the next call.
 */
export function pageReceipts({
  cursors,
  rows,
  frozen,
  lastOf,
  limit = maxReceipts,
}: {
  cursors: readonly ReceiptCursor[];
  rows: readonly Receipt[];
  frozen: readonly Receipt[];
  lastOf: (conversationId: string) => number;
  limit?: number;
}): Map<string, SyncedReceipts> {
  const pages = new Map<string, SyncedReceipts>();
  const page = rows.slice(0, limit);
  const cut = rows.at(limit)?.conversation_id;
  let isComplete = true;
  for (const { conversation_id, receipt_seq } of cursors) {
    if (conversation_id === cut) isComplete = false;
    const own = page.filter((row) => row.conversation_id === conversation_id);
    const upTo = isComplete ? Number.MAX_SAFE_INTEGER : (own.at(-1)?.receipt_seq ?? receipt_seq);
    const before = frozen.filter((row) => row.conversation_id === conversation_id && row.receipt_seq <= upTo);
    const due = [...own, ...before];
    pages.set(conversation_id, {
      receipts: due.map(({ user_id, last_read_seq }) => ({ user_id, last_read_seq })),
      next_receipt_seq: Math.max(
        receipt_seq,
        ...due.map((row) => row.receipt_seq),
        isComplete ? lastOf(conversation_id) : 0,
      ),
      has_more: !isComplete,
    });
  }
  return pages;
}

/**
 * Lists the receipts of others after the numbers asked for, by conversation. All conversations are read together, and
 * none where no number has moved.
 */
export async function listSyncedReceipts(
  tx: Executor,
  actor: Actor,
  asked: readonly { conversation_id: string; last_receipt_seq?: number | undefined }[],
  memberships: ReadonlyMap<string, SyncMembership>,
): Promise<Map<string, SyncedReceipts>> {
  const { tenant_id, user_id } = actor;
  const found = new Map<string, SyncedReceipts>();
  const cursors = asked.flatMap(({ conversation_id, last_receipt_seq: receipt_seq }): ReceiptCursor[] => {
    const last = memberships.get(conversation_id)?.last_receipt_seq;
    if (receipt_seq === undefined || last === undefined) return [];
    found.set(conversation_id, { receipts: [], next_receipt_seq: receipt_seq, has_more: false });
    if (receipt_seq === last) return [];
    // A number ahead of the database is from before a backup was restored: then all receipts are due.
    return [{ conversation_id, receipt_seq: receipt_seq > last ? 0 : receipt_seq }];
  });
  if (cursors.length === 0) return found;

  const withheld = await withheldFrom(tx, "reading", { tenant_id, user_id });
  const rows = await listReceiptsAfter(tx, tenant_id, cursors, {
    exceptUserIds: [user_id, ...withheld],
    limit: maxReceipts + 1,
  });
  const frozen = withheld.length === 0 ? [] : await listFrozen(tx, actor, cursors);
  const known =
    withheld.length === 0
      ? []
      : await listShownReceiptSeqs(
          tx,
          { tenant_id, user_id },
          cursors.map(({ conversation_id }) => conversation_id),
        );
  for (const [conversation_id, synced] of pageReceipts({
    cursors,
    rows,
    frozen,
    lastOf: (id) =>
      known.find((row) => row.conversation_id === id)?.last_receipt_seq ??
      (memberships.get(id)?.last_receipt_seq as number),
  })) {
    found.set(conversation_id, synced);
  }
  return found;
}
