import { randomUUID } from "node:crypto";
import { maxUnreadItems, shareTable } from "@vero/contracts";
import { describe, expect, it } from "vitest";
import { expectProblem } from "../harness/accounts.js";
import { groupsOf } from "../harness/bulk.js";
import { groupOf, invite, type Person, say } from "../harness/people.js";
import { upTo, useWorkspace } from "../harness/workspace.js";

interface Unread {
  items: { conversation_id: string; unread_count: number }[];
  total_unread: number;
  has_more: boolean;
}

const workspace = useWorkspace();
const unreadOf = async (by: Person) => (await by.call<Unread>("GET /v1/chat/conversations/unread")).body;

describe("200", () => {
  it("lists what is unread and nothing else, with the total", async () => {
    const { ada, stack } = workspace;
    const reader = await invite(stack, ada, "Reader");
    const [one, two, three] = [
      await groupOf(ada, [reader]),
      await groupOf(ada, [reader]),
      await groupOf(ada, [reader]),
    ];
    for (const n of upTo(3)) await say(ada, one.id, `one ${n}`);
    await say(ada, two.id, "two");
    await say(ada, three.id, "three");
    await say(reader, three.id, "answered, and so read");
    await reader.call(`POST /v1/chat/conversations/${two.id}/mute`);
    await reader.call(`POST /v1/chat/conversations/${one.id}/archive`);
    const base = { last_read_seq: 0, is_muted: false, is_archived: false };
    expect(await unreadOf(reader)).toEqual({
      items: [
        { ...base, conversation_id: two.id, unread_count: 1, last_seq: 1, is_muted: true },
        { ...base, conversation_id: one.id, unread_count: 3, last_seq: 3, is_archived: true },
      ],
      total_unread: 4,
      has_more: false,
    });
    await reader.call(`POST /v1/chat/conversations/${one.id}/read`, { body: { seq: 3 } });
    expect(await unreadOf(reader)).toMatchObject({ items: [{ conversation_id: two.id }], total_unread: 1 });
  });

  it("is empty for whoever takes part in nothing", async () => {
    expect(await unreadOf(workspace.outsider)).toEqual({ items: [], total_unread: 0, has_more: false });
  });

  it("of more than fit into an answer lists those with the latest activity, and still counts all", async () => {
    const { ada, stack } = workspace;
    const reader = await invite(stack, ada, "Reader");
    await groupsOf(stack, ada, reader, maxUnreadItems);
    const all = await unreadOf(reader);
    expect([all.items.length, all.total_unread, all.has_more]).toEqual([maxUnreadItems, maxUnreadItems, false]);
    expect(Buffer.byteLength(JSON.stringify(all))).toBeLessThanOrEqual(shareTable.list.maxBytes);
    const latest = await groupOf(ada, [reader]);
    await say(ada, latest.id, "one more");
    const { items, total_unread, has_more } = await unreadOf(reader);
    expect([items.length, total_unread, has_more]).toEqual([maxUnreadItems, maxUnreadItems + 1, true]);
    expect(items[0]?.conversation_id).toBe(latest.id);
  });

  it("has room for as many of the longest items", () => {
    const item = {
      conversation_id: randomUUID(),
      unread_count: Number.MAX_SAFE_INTEGER,
      last_read_seq: Number.MAX_SAFE_INTEGER,
      last_seq: Number.MAX_SAFE_INTEGER,
      is_muted: false,
      is_archived: false,
    };
    const bytes = maxUnreadItems * (JSON.stringify(item).length + 1);
    expect(bytes).toBeLessThan(shareTable.list.maxBytes);
  });
});

describe("400", () => {
  it("validation_failed for a parameter that it does not have", async () => {
    const answer = await workspace.ada.call<object>("GET /v1/chat/conversations/unread?limit=5");
    expectProblem(answer, 400, "validation_failed");
  });
});
