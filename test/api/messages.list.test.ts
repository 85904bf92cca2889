import { randomUUID } from "node:crypto";
import type { Conversation, Message } from "@vero/contracts";
import { beforeAll, describe, expect, it } from "vitest";
import { expectProblem, pathsOf } from "../harness/accounts.js";
import { groupOf, type Person, say } from "../harness/people.js";
import { historyOf, upTo, useWorkspace, withoutRequestId } from "../harness/workspace.js";

interface Page {
  items: Message[];
  has_more_before: boolean;
  has_more_after: boolean;
  last_seq: number;
  last_change_seq: number;
}
interface Window {
  before_seq?: number;
  after_seq?: number;
  around_seq?: number;
  limit?: number;
}

const workspace = useWorkspace();
const total = 61;
let group: Conversation;
let empty: Conversation;
/** All messages, which every page is a part of. */
let all: Message[];
beforeAll(async () => {
  const { ada, grace } = workspace;
  group = await groupOf(ada, [grace]);
  empty = await groupOf(ada, [grace]);
  all = [];
  for (const n of upTo(total)) all.push(await say(n % 3 === 0 ? grace : ada, group.id, `message ${n}`));
});

const list = <T = Page>(by: Person, id: string, query: Window | string = "") =>
  by.call<T>(`GET /v1/chat/conversations/${id}/messages?${new URLSearchParams(query as Record<string, string>)}`);

/** The same from a plain array: which slice of the seqs from 1 to `n` a window is. */
function sliceOf(n: number, { before_seq, after_seq, around_seq, limit = 50 }: Window): [from: number, to: number] {
  const clamp = (at: number): number => Math.max(0, Math.min(n, at));
  if (after_seq !== undefined) return [clamp(after_seq), clamp(after_seq + limit)];
  if (before_seq !== undefined) return [clamp(clamp(before_seq - 1) - limit), clamp(before_seq - 1)];
  if (around_seq === undefined) return [clamp(n - limit), n];
  const start = Math.min(around_seq - 1 - Math.floor(limit / 2), n - limit);
  return [clamp(start), clamp(Math.max(0, start) + limit)];
}

async function check(window: Window): Promise<void> {
  const { status, body } = await list(workspace.grace, group.id, window);
  expect(status).toBe(200);
  const [from, to] = sliceOf(total, window);
  const seqs = body.items.map(({ seq }) => seq);
  expect({ window, seqs }).toEqual({ window, seqs: upTo(total).slice(from, to) });
  expect({ window, before: body.has_more_before, after: body.has_more_after }).toEqual({
    window,
    before: from > 0,
    after: to < total,
  });
  expect(body.items).toEqual(all.slice(from, to));
  expect(body).toMatchObject({ last_seq: total, last_change_seq: total });
}

describe("200", () => {
  it("answers the latest fifty, in ascending order", async () => {
    await check({});
    const { body } = await list(workspace.ada, group.id);
    expect(body.items.map(({ seq }) => seq)).toEqual(upTo(total).slice(-50));
    expect(body).toMatchObject({ has_more_before: true, has_more_after: false });
  });

  it.each([1, 2, 60, 61, 62, 200])("answers the latest %i", async (limit) => {
    await check({ limit });
  });

  it("says at every edge whether there is more", async () => {
    const edges = [0, 1, 2, 10, 30, 51, 59, 60, 61, 62, 63, 1_000, Number.MAX_SAFE_INTEGER];
    for (const limit of [1, 2, 10, 60, 61, 62]) {
      for (const at of edges) {
        await check({ before_seq: at, limit });
        await check({ after_seq: at, limit });
      }
    }
  });

  it.each(["before_seq", "after_seq", "around_seq"])(
    "agrees with a plain array in random windows of %s",
    async (kind) => {
      for (let n = 0; n < 80; n += 1) {
        const at = Math.floor(Math.random() * (total + 6));
        await check({ [kind]: at, limit: 1 + Math.floor(Math.random() * 20) });
      }
    },
  );

  it("answers windows around every message with as many as asked for", async () => {
    for (const around_seq of [0, ...upTo(total + 2)]) await check({ around_seq, limit: 7 });
    await check({ around_seq: 30, limit: 1 });
    await check({ around_seq: 30, limit: 200 });
  });

  it("answers an empty conversation", async () => {
    for (const window of [{}, { before_seq: 5 }, { after_seq: 0 }, { after_seq: 7 }, { around_seq: 1 }]) {
      const { body } = await list(workspace.ada, empty.id, window);
      expect(body).toEqual({
        items: [],
        has_more_before: false,
        has_more_after: false,
        last_seq: 0,
        last_change_seq: 0,
      });
    }
  });

  it("walks forwards and backwards without repeating or leaving out any", async () => {
    const { ada } = workspace;
    expect(await historyOf(ada, group.id)).toEqual(all);
    const back: Message[] = [];
    for (let more = true; more; ) {
      const before = back[0] === undefined ? {} : { before_seq: back[0].seq };
      const { body } = await list(ada, group.id, { ...before, limit: 7 });
      back.unshift(...body.items);
      more = body.has_more_before;
    }
    expect(back).toEqual(all);
  });

  it("does not mark as read", async () => {
    const { ada, grace } = workspace;
    const { id } = await groupOf(ada, [grace]);
    await say(ada, id, "unread");
    await list(grace, id);
    const { body } = await grace.call<Conversation>(`GET /v1/chat/conversations/${id}`);
    expect(body.me).toMatchObject({ unread_count: 1, last_read_seq: 0 });
  });
});

describe("400", () => {
  it.each([
    ["limit=201", ["limit"]],
    ["limit=0", ["limit"]],
    ["limit=-1", ["limit"]],
    ["limit=1.5", ["limit"]],
    ["limit=abc", ["limit"]],
    ["limit=1e1", ["limit"]],
    ["limit=", ["limit"]],
    ["limit=0x10", ["limit"]],
    ["limit=10&limit=20", ["limit"]],
    ["before_seq=-1", ["before_seq"]],
    ["after_seq=x", ["after_seq"]],
    ["around_seq=9007199254740992", ["around_seq"]],
    ["before_seq=1&after_seq=1", ["before_seq"]],
    ["before_seq=1&around_seq=1", ["before_seq"]],
    ["after_seq=0&around_seq=0", ["before_seq"]],
    ["cursor=x", ["cursor"]],
    [`id=${randomUUID()}`, ["id"]],
  ])("validation_failed for %s", async (query, paths) => {
    const answer = await list<object>(workspace.ada, group.id, query);
    expectProblem(answer, 400, "validation_failed");
    expect(pathsOf(answer)).toEqual(paths);
  });
});

describe("404", () => {
  it("conversation_not_found, the same for one of others and one that does not exist", async () => {
    const { ada, outsider, stranger } = workspace;
    const unknown = await list<object>(ada, randomUUID());
    expectProblem(unknown, 404, "conversation_not_found");
    for (const person of [outsider, stranger]) {
      for (const window of [{}, { after_seq: 0 }, { around_seq: 3 }]) {
        const answer = await list<object>(person, group.id, window);
        expect(withoutRequestId(answer)).toEqual(withoutRequestId(unknown));
      }
    }
  });
});
