import type { Conversation, Message } from "@vero/contracts";
import { beforeEach, describe, expect, it } from "vitest";
import { edit, react, type Synced, sync } from "../harness/actions.js";
import { writeMany } from "../harness/bulk.js";
import { withoutPresence } from "../harness/observe.js";
import { groupOf, type Person, say } from "../harness/people.js";
import { historyOf, upTo, useWorkspace } from "../harness/workspace.js";

type Caught = Synced["conversations"][number];

const workspace = useWorkspace();
let group: Conversation;
let messages: Message[];
/** Three messages, which the client of each test holds. */
beforeEach(async () => {
  const { ada, grace } = workspace;
  group = await groupOf(ada, [grace]);
  messages = [];
  for (const text of ["one", "two", "three"]) messages.push(await say(ada, group.id, text));
});

const held = (last_seq: number, last_change_seq?: number, conversation_id = group.id) => ({
  conversation_id,
  last_seq,
  ...(last_change_seq === undefined ? {} : { last_change_seq }),
});

async function catchUp(by: Person, known: object, more: object = {}): Promise<Caught> {
  const { status, body } = await sync(by, [known], more);
  expect([status, body.conversations.length]).toEqual([200, 1]);
  return withoutPresence(body.conversations[0] as Caught);
}

describe("200 in several calls", () => {
  it.each([1, 4, 7, 500])("ends with what is listed, %d at a time, while it is being changed", async (limit) => {
    const { ada, grace } = workspace;
    await writeMany(workspace.stack, ada, group.id, upTo(20).map(String));
    for (const { id } of (await historyOf(ada, group.id)).filter(({ seq }) => seq % 3 === 0)) {
      await edit(ada, id, "edited");
    }
    for (const start of [held(0, 0), held(3, 3), held(0)]) {
      const found = new Map<number, Message>();
      if (start.last_seq > 0) for (const one of messages) found.set(one.seq, one);
      let known: object = start;
      let rounds = 0;
      for (let more = true; more; rounds += 1) {
        const caught = await catchUp(grace, known, { limit_per_conversation: limit });
        expect(caught.messages.length).toBeLessThanOrEqual(limit);
        const numbers = caught.messages.map(({ change_seq }) => change_seq);
        expect(numbers).toEqual([...numbers].sort((a, b) => a - b));
        for (const one of caught.messages) found.set(one.seq, one);
        if (rounds < 3) await react(grace, messages[rounds]?.id as string, "👍");
        more = caught.has_more || rounds < 3;
        known = held(23, caught.next_change_seq);
      }
      const listed = await historyOf(grace, group.id);
      expect([...found.values()].sort((a, b) => a.seq - b.seq)).toEqual(listed);
      if (limit === 1) expect(rounds).toBeGreaterThan(20);
    }
  });

  it("misses nothing while others write", async () => {
    const { ada, grace } = workspace;
    let done = false;
    const traffic = Promise.all(
      [ada, grace, ada].map(async (by) => {
        for (const n of upTo(12)) await edit(by, (await say(by, group.id, `${n}`)).id, `${n}!`);
      }),
    ).finally(() => {
      done = true;
    });
    const found = new Map(messages.map((one) => [one.seq, one]));
    let known = held(3, 3);
    for (let more = true; more; ) {
      const wasDone = done;
      const caught = await catchUp(grace, known, { limit_per_conversation: 5 });
      for (const one of caught.messages) found.set(one.seq, one);
      known = held(caught.last_seq, caught.next_change_seq);
      more = caught.has_more || !wasDone;
    }
    await traffic;
    expect([...found.values()].sort((a, b) => a.seq - b.seq)).toEqual(await historyOf(grace, group.id));
  });

  it("holds at most a thousand messages, and the rest comes with the next call", async () => {
    const { ada, stack } = workspace;
    const conversations = await Promise.all(upTo(4).map(() => groupOf(ada, [])));
    for (const { id } of conversations) await writeMany(stack, ada, id, upTo(400).map(String));
    let asked = conversations.map(({ id }) => held(0, 0, id));
    const found = new Map<string, number>();
    for (let rounds = 0; asked.length > 0; rounds += 1) {
      expect(rounds).toBeLessThan(4);
      const { body } = await sync(ada, asked, { limit_per_conversation: 400 });
      expect(body.conversations.flatMap((caught) => caught.messages).length).toBeLessThanOrEqual(1_000);
      for (const { conversation_id: id, messages } of body.conversations) {
        found.set(id, (found.get(id) ?? 0) + messages.length);
      }
      asked = body.conversations
        .filter(({ has_more }) => has_more)
        .map(({ conversation_id, next_change_seq }) => held(0, next_change_seq, conversation_id));
    }
    expect([...found.values()]).toEqual(conversations.map(() => 400));
  });
});
