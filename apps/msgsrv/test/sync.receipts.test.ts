import { expect, test } from "vitest";
import { pageReceipts } from "../src/sync/sync.receipts.js";

const receipt = (conversation_id: string, user_id: string, receipt_seq: number) => ({
  conversation_id,
  user_id,
  last_read_seq: 1,
  receipt_seq,
});

test("receipts: an answer that is cut passes over nobody, neither before a block nor since", () => {
  const all = [receipt("a", "ada", 1), receipt("a", "grace", 3), receipt("a", "linus", 5), receipt("b", "ada", 1)];
  const kept = [receipt("a", "margaret", 2), receipt("a", "alan", 4), receipt("b", "margaret", 2)];
  for (const limit of [1, 2, 3, 4]) {
    const found: string[] = [];
    const known = new Map([
      ["a", 0],
      ["b", 0],
    ]);
    let has_more = true;
    for (let calls = 0; has_more && calls < 10; calls += 1) {
      const cursors = [...known].map(([conversation_id, receipt_seq]) => ({ conversation_id, receipt_seq }));
      const after = (row: (typeof all)[number]) => row.receipt_seq > (known.get(row.conversation_id) ?? 0);
      const pages = pageReceipts({
        cursors,
        rows: all.filter(after).slice(0, limit + 1),
        frozen: kept.filter(after),
        lastOf: (id) => (id === "a" ? 5 : 1),
        limit,
      });
      has_more = [...pages.values()].some((page) => page.has_more);
      for (const [id, page] of pages) {
        known.set(id, page.next_receipt_seq);
        found.push(...page.receipts.map(({ user_id }) => `${id} ${user_id}`));
      }
    }
    expect(has_more).toBe(false);
    expect(found.sort()).toEqual([...all, ...kept].map((row) => `${row.conversation_id} ${row.user_id}`).sort());
  }
});
