import type { Conversation } from "@vero/contracts";
import { beforeEach, describe, expect, it } from "vitest";
import { block, removeFrom, type Synced, sync, unblock } from "../harness/actions.js";
import { conversationOf } from "../harness/observe.js";
import { groupOf, invite, type Person, say } from "../harness/people.js";
import { upTo, useWorkspace } from "../harness/workspace.js";

const workspace = useWorkspace();
/** Somebody who is away, and others who read meanwhile. */
let linus: Person;
let margaret: Person;
let group: Conversation;
let last_receipt_seq: number;
beforeEach(async () => {
  const { ada, grace, stack } = workspace;
  linus = await invite(stack, ada, "Linus");
  margaret = await invite(stack, ada, "Margaret");
  group = await groupOf(ada, [linus, margaret, grace]);
  for (const n of upTo(5)) await say(ada, group.id, `message ${n}`);
  last_receipt_seq = (await conversationOf(linus, group.id)).last_receipt_seq;
});

const read = (by: Person, seq: number) => by.call(`POST /v1/chat/conversations/${group.id}/read`, { body: { seq } });

/** The read positions that Linus is answered, from where he stood at the last call. */
async function readReceipts(): Promise<Pick<Synced["conversations"][number], "receipts">["receipts"]> {
  const { body } = await sync(linus, [
    { conversation_id: group.id, last_seq: 5, last_change_seq: 5, last_receipt_seq },
  ]);
  const [synced] = body.conversations;
  if (synced?.next_receipt_seq === undefined) throw new Error(`sync answered ${JSON.stringify(body)}`);
  last_receipt_seq = synced.next_receipt_seq;
  return synced.receipts;
}

describe("sync: read positions of others", () => {
  it("come once, as they are by now, and none of one's own", async () => {
    const { grace } = workspace;
    expect(await readReceipts()).toEqual([]);
    await read(grace, 2);
    await read(margaret, 3);
    await read(grace, 4);
    await read(linus, 5);
    expect(await readReceipts()).toEqual([
      { user_id: margaret.id, last_read_seq: 3 },
      { user_id: grace.id, last_read_seq: 4 },
    ]);
    expect(await readReceipts()).toEqual([]);
    await read(margaret, 3);
    expect(await readReceipts()).toEqual([]);
  });

  it("do not come without last_receipt_seq, nor of those who have left", async () => {
    await read(margaret, 3);
    const { body } = await sync(linus, [{ conversation_id: group.id, last_seq: 5, last_change_seq: 5 }]);
    expect(body.conversations).toMatchObject([{ receipts: [] }]);
    expect(body.conversations[0]).not.toHaveProperty("next_receipt_seq");
    await removeFrom(margaret, group.id, margaret.id);
    expect(await readReceipts()).toEqual([]);
  });

  it("come all to who holds a number that there is not yet", async () => {
    await read(margaret, 3);
    last_receipt_seq = 1_000;
    expect(await readReceipts()).toEqual([{ user_id: margaret.id, last_read_seq: 3 }]);
  });

  it("of whoever reads at the same time come each, whatever is asked in between", async () => {
    const { ada, grace } = workspace;
    const found = new Map<string, number>();
    let done = false;
    const reading = Promise.all(
      [ada, grace, margaret].map(async (by) => {
        for (const seq of upTo(5)) await read(by, seq);
      }),
    ).finally(() => {
      done = true;
    });
    for (let more = true; more; ) {
      more = !done;
      for (const { user_id, last_read_seq } of await readReceipts()) found.set(user_id, last_read_seq);
    }
    await reading;
    expect(found).toEqual(new Map([grace, margaret].map(({ id }) => [id, 5])));
  });
});

describe("sync: read positions across a block", () => {
  it.each(["the blocker", "the blocked side"])("stay where they were, and nothing counts for %s", async (who) => {
    const [by, other] = who === "the blocker" ? [linus, margaret] : [margaret, linus];
    await read(margaret, 2);
    await block(by, other);
    await read(margaret, 4);
    expect(await readReceipts()).toEqual([{ user_id: margaret.id, last_read_seq: 2 }]);
    const before = last_receipt_seq;
    await read(margaret, 5);
    expect(await readReceipts()).toEqual([]);
    expect(last_receipt_seq).toBe(before);
    expect((await conversationOf(linus, group.id)).last_receipt_seq).toBeLessThanOrEqual(before);
    await unblock(by, other);
    expect(await readReceipts()).toEqual([{ user_id: margaret.id, last_read_seq: 5 }]);
    expect(await readReceipts()).toEqual([]);
  });
});
