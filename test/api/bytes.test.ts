import { type Conversation, type Message, type Problem, problem, shareTable } from "@vero/contracts";
import { beforeAll, describe, expect, it } from "vitest";
import { groupOf, type Operation, type Person, say } from "../harness/people.js";
import type { TestSocket } from "../harness/socket.js";
import { historyOf, upTo, useWorkspace, withSockets } from "../harness/workspace.js";

const workspace = useWorkspace();
const { maxBytes } = shareTable.list;

/** As heavy as one request of text and metadata may make a message. */
const metadata = { blob: "x".repeat(16_000) };
const text = `heavy ${"é ".repeat(4_900)}`;
const messageCount = 80;
const groupCount = 50;

let heavy: Conversation;
let all: Message[];
beforeAll(async () => {
  const { ada, grace } = workspace;
  heavy = await groupOf(ada, [grace], "Heavy");
  all = [];
  for (const n of upTo(messageCount)) all.push(await say(ada, heavy.id, `${n} ${text}`, { metadata }));
  for (const n of upTo(groupCount)) {
    const { body } = await ada.call<Conversation>("POST /v1/chat/conversations", {
      body: { type: "group", name: `Heavy ${n}`, participant_ids: [grace.id], metadata },
    });
    await say(ada, body.id, text, { metadata });
  }
});

/** An answer that is within the bound. */
async function ask<T>(by: Person, operation: Operation): Promise<T> {
  const { status, body } = await by.call<T>(operation);
  expect(status).toBe(200);
  expect(Buffer.byteLength(JSON.stringify(body))).toBeLessThanOrEqual(maxBytes);
  return body;
}

interface Page<T> {
  items: T[];
  next_cursor: string | null;
}

/** All pages of a list, each of them within the bound. */
async function pagesOf<T>(by: Person, path: `/${string}`): Promise<T[][]> {
  const pages: T[][] = [];
  for (let cursor: string | null = ""; cursor !== null; ) {
    const page: Page<T> = await ask<Page<T>>(by, `GET ${path}${cursor === "" ? "" : `&cursor=${cursor}`}`);
    pages.push(page.items);
    cursor = page.next_cursor;
  }
  return pages;
}

interface Stretch {
  items: Message[];
  has_more_before: boolean;
  has_more_after: boolean;
}
const stretch = (query: string) =>
  ask<Stretch>(workspace.grace, `GET /v1/chat/conversations/${heavy.id}/messages?limit=200${query}`);

describe("messages.list: an answer ends before the message that would exceed the bound", () => {
  it("walking forward, and nothing is left out", async () => {
    const seen: Message[] = [];
    for (let more = true; more; ) {
      const page: Stretch = await stretch(`&after_seq=${seen.at(-1)?.seq ?? 0}`);
      expect(page.items.length).toBeGreaterThan(0);
      expect(page.has_more_before).toBe(seen.length > 0);
      seen.push(...page.items);
      more = page.has_more_after;
      expect(seen.length).toBeLessThan(more ? messageCount : messageCount + 1);
    }
    expect(seen).toEqual(all);
  });

  it("walking back from the latest, and nothing is left out", async () => {
    let seen: Message[] = [];
    for (let more = true; more; ) {
      const page: Stretch = await stretch(seen[0] === undefined ? "" : `&before_seq=${seen[0].seq}`);
      expect(page.items.length).toBeGreaterThan(0);
      expect(page.has_more_after).toBe(seen.length > 0);
      seen = [...page.items, ...seen];
      more = page.has_more_before;
    }
    expect(seen).toEqual(all);
  });

  it("around a message, on both of its sides", async () => {
    const page = await stretch("&around_seq=40");
    const seqs = page.items.map(({ seq }) => seq);
    expect(seqs).toContain(40);
    expect(seqs).toEqual(upTo(messageCount).slice((seqs[0] ?? 0) - 1, seqs.at(-1)));
    expect([page.has_more_before, page.has_more_after]).toEqual([true, true]);
  });
});

describe("a page ends before the item that would exceed the bound, and the next one goes on there", () => {
  it("conversations.list", async () => {
    const pages = await pagesOf<Conversation>(workspace.grace, "/v1/chat/conversations?limit=100");
    expect(pages.length).toBeGreaterThan(1);
    const names = upTo(groupCount).map((n) => `Heavy ${n}`);
    expect(pages.flat().map(({ name }) => name)).toEqual([...names.reverse(), "Heavy"]);
  });

  it.each(["relevance", "newest"])("messages.search by %s", async (sort) => {
    const pages = await pagesOf<{ message: Message }>(
      workspace.grace,
      `/v1/chat/messages/search?q=heavy&limit=100&sort=${sort}`,
    );
    expect(pages.length).toBeGreaterThan(1);
    const ids = pages.flat().map(({ message }) => message.id);
    expect(ids).toHaveLength(messageCount + groupCount);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it("messages.list_edits", async () => {
    const { ada } = workspace;
    const edits = upTo(70).map((n) => `${n} ${"世".repeat(9_990)}`);
    const message = await say(ada, heavy.id, "first");
    for (const one of edits) await ada.call(`PATCH /v1/chat/messages/${message.id}`, { body: { text: one } });
    const pages = await pagesOf<{ text: string }>(ada, `/v1/chat/messages/${message.id}/edits?limit=100`);
    expect(pages.length).toBeGreaterThan(1);
    const earlier = [...edits.slice(0, -1).reverse(), "first"];
    expect(pages.flat().map((edit) => edit.text)).toEqual(earlier);
  });
});

describe("an answer is as small by the other transports", () => {
  const input = () => ({ id: heavy.id, limit: 200 });
  const isCut = (page: Stretch): boolean => page.items.length < messageCount && page.has_more_before;

  it("tRPC", async () => {
    const query = encodeURIComponent(JSON.stringify(input()));
    const { status, body } = await workspace.grace.call<{ result: { data: Stretch } }>(
      `GET /trpc/messages.list?input=${query}`,
    );
    expect([status, isCut(body.result.data)]).toEqual([200, true]);
    expect(Buffer.byteLength(JSON.stringify(body.result.data))).toBeLessThanOrEqual(maxBytes);
  });

  it("a request of the socket", async () => {
    await withSockets(workspace.stack, [workspace.grace], async (socket) => {
      const { ok, d } = await (socket as TestSocket).request("messages.list", input());
      expect([ok, isCut(d)]).toEqual([true, true]);
      expect(Buffer.byteLength(JSON.stringify(d))).toBeLessThanOrEqual(maxBytes);
    });
  });
});

interface Forwarded {
  results: { conversation_id: string; status: string; messages?: Message[] }[];
}

/** Heavy, and quick to write: there is nothing to find in them. */
const texts = upTo(5).map((n) => `${n} ${"…".repeat(9_990)}`);

/** The ids of such messages. */
async function wordless(): Promise<string[]> {
  const { ada, grace } = workspace;
  const { id } = await groupOf(ada, [grace], "Source");
  const ids: string[] = [];
  for (const one of texts) ids.push((await say(ada, id, one)).id);
  return ids;
}

describe("messages.forward: an answer leaves out messages from where they would exceed the bound", () => {
  it("and all of them are written", async () => {
    const { ada, grace } = workspace;
    const message_ids = await wordless();
    const targets: string[] = [];
    for (const n of upTo(6)) targets.push((await groupOf(ada, [grace], `Target ${n}`)).id);
    const answer = await ada.call<Forwarded>("POST /v1/chat/messages/forward", {
      body: { message_ids, conversation_ids: targets },
    });
    expect(answer.status).toBe(200);
    expect(Buffer.byteLength(JSON.stringify(answer.body))).toBeLessThanOrEqual(maxBytes);
    const { results } = answer.body;
    expect(results.map(({ conversation_id, status }) => [conversation_id, status])).toEqual(
      targets.map((id) => [id, "sent"]),
    );
    const counts = results.map(({ messages }) => messages?.length ?? 0);
    const returnedCount = counts.filter((count) => count > 0).length;
    expect(counts).toEqual(targets.map((_, index) => (index < returnedCount ? texts.length : 0)));
    expect(returnedCount).toBeGreaterThan(0);
    expect(returnedCount).toBeLessThan(targets.length);
    for (const id of targets) expect((await historyOf(grace, id)).map((one) => one.text)).toEqual(texts);
  });
});

interface Envelope {
  result?: { data: { items?: Message[]; results?: Forwarded["results"] } };
  error?: { data: { problem: Problem } };
}

/** A batch of tRPC: what each of its calls came to, and what all of it weighs. */
async function batch(by: Person, method: "GET" | "POST", name: string, inputs: readonly object[]) {
  const names = inputs.map(() => name).join(",");
  const given = JSON.stringify(Object.fromEntries(inputs.map((input, index) => [index, input])));
  const answer =
    method === "GET"
      ? await by.call<Envelope[]>(`GET /trpc/${names}?batch=1&input=${encodeURIComponent(given)}`)
      : await by.call<Envelope[]>(`POST /trpc/${names}?batch=1`, { raw: given });
  return { answers: answer.body, bytes: Buffer.byteLength(JSON.stringify(answer.body)) };
}

describe("a batch: calls are not begun any more once the answers before them exceed the bound of one", () => {
  /** The first ones are answered, and then none. */
  function expectCutOff(answers: readonly Envelope[]): number {
    const answered = answers.filter(({ result }) => result !== undefined).length;
    expect(answered).toBeGreaterThan(0);
    expect(answered).toBeLessThan(answers.length);
    for (const { error } of answers.slice(answered)) {
      expect(problem.parse(error?.data.problem)).toMatchObject({ code: "rate_limited", status: 429 });
    }
    return answered;
  }

  it("of ten lists; the others are answered in another request", async () => {
    const { grace } = workspace;
    const inputs = upTo(10).map((n) => ({ id: heavy.id, limit: 200, after_seq: n }));
    const { answers, bytes } = await batch(grace, "GET", "messages.list", inputs);
    const answered = expectCutOff(answers);
    expect(bytes).toBeLessThanOrEqual(2 * maxBytes);
    const [next] = (await batch(grace, "GET", "messages.list", inputs.slice(answered))).answers;
    expect(next?.result?.data.items?.[0]?.seq).toBe(answered + 2);
  });

  it("of forwards; those that are refused were not done", async () => {
    const { ada, grace } = workspace;
    const message_ids = await wordless();
    const inputs: { message_ids: string[]; conversation_ids: string[] }[] = [];
    for (const n of upTo(10)) {
      const { id } = await groupOf(ada, [grace], `Batch ${n}`);
      inputs.push({ message_ids, conversation_ids: [id] });
    }
    const { answers, bytes } = await batch(ada, "POST", "messages.forward", inputs);
    const answered = expectCutOff(answers);
    expect(bytes).toBeLessThanOrEqual(2 * maxBytes);
    for (const [
      index,
      {
        conversation_ids: [id = ""],
      },
    ] of inputs.entries()) {
      expect(await historyOf(grace, id)).toHaveLength(index < answered ? texts.length : 0);
    }
  });

  it("of syncs that list heavy conversations afresh", async () => {
    const { ada, grace } = workspace;
    const conversations: { conversation_id: string; last_seq: number; last_change_seq: number }[] = [];
    for (const n of upTo(6)) {
      const { id } = await groupOf(ada, [grace], `Ahead ${n}`);
      await say(ada, id, texts[0] as string, { metadata });
      // Further than the database: as after a restored copy, the conversation is listed afresh.
      conversations.push({ conversation_id: id, last_seq: 1_000, last_change_seq: 1_000 });
    }
    const inputs = upTo(10).map(() => ({
      conversations: upTo(6)
        .flatMap(() => conversations)
        .slice(0, 6),
    }));
    const { answers, bytes } = await batch(grace, "POST", "messages.sync", inputs);
    expectCutOff(answers);
    expect(bytes).toBeLessThanOrEqual(2 * maxBytes);
  });

  it("of ten that are small is answered", async () => {
    const { ada, grace } = workspace;
    const { id } = await groupOf(ada, [grace]);
    await say(ada, id, "Hello");
    const inputs = upTo(10).map(() => ({ id, limit: 1 }));
    const { answers } = await batch(grace, "GET", "messages.list", inputs);
    expect(answers.map(({ result }) => result?.data.items?.length)).toEqual(inputs.map(() => 1));
  });
});

interface SyncAnswer {
  conversations: { conversation_id: string; messages: Message[]; next_change_seq: number; has_more: boolean }[];
  added: Conversation[];
  user_cursor: string;
  has_more: boolean;
}
type Position = { conversation_id: string; last_seq: number; last_change_seq: number };

/** An answer of sync, within the bound. */
async function sync(by: Person, body: object): Promise<SyncAnswer> {
  const answer = await by.call<SyncAnswer>("POST /v1/chat/messages/sync", { body });
  expect(answer.status).toBe(200);
  expect(Buffer.byteLength(JSON.stringify(answer.body))).toBeLessThanOrEqual(maxBytes);
  return answer.body;
}

describe("messages.sync: an answer ends before what would exceed the bound", () => {
  it("in many heavy conversations, and nothing is left out", async () => {
    const { grace } = workspace;
    const listed = (await pagesOf<Conversation>(grace, "/v1/chat/conversations?limit=100")).flat();
    let positions = listed.map(({ id }): Position => ({ conversation_id: id, last_seq: 0, last_change_seq: 0 }));
    const seen = new Map(listed.map(({ id }) => [id, new Map<string, Message>()]));
    let calls = 0;
    while (positions.length > 0) {
      const { conversations } = await sync(grace, { conversations: positions, limit_per_conversation: 500 });
      calls += 1;
      expect(calls).toBeLessThan(100);
      for (const { conversation_id, messages } of conversations) {
        for (const message of messages) seen.get(conversation_id)?.set(message.id, message);
      }
      const before = new Map(positions.map((one) => [one.conversation_id, one.last_change_seq]));
      positions = conversations
        .filter(({ has_more }) => has_more)
        .map(({ conversation_id, next_change_seq }) => ({
          conversation_id,
          last_seq: 0,
          last_change_seq: next_change_seq,
        }));
      // Every call brings something of the first that is left.
      const [first] = positions;
      if (first !== undefined) {
        const gone = [...before.keys()].indexOf(first.conversation_id) > 0;
        expect(gone || first.last_change_seq > (before.get(first.conversation_id) ?? 0)).toBe(true);
      }
    }
    expect(calls).toBeGreaterThan(2);
    const history: Message[] = [];
    for (let more = true; more; ) {
      const page: Stretch = await stretch(`&after_seq=${history.at(-1)?.seq ?? 0}`);
      history.push(...page.items);
      more = page.has_more_after;
    }
    const synced = [...(seen.get(heavy.id)?.values() ?? [])].sort((a, b) => a.seq - b.seq);
    expect(synced).toEqual(history);
    for (const { id, last_seq } of listed) expect([id, seen.get(id)?.size]).toEqual([id, last_seq]);
  });

  it("of conversations that were added, and nothing is left out", async () => {
    const { ada, outsider } = workspace;
    let { user_cursor } = await sync(outsider, { conversations: [] });
    const listed = (await pagesOf<Conversation>(ada, "/v1/chat/conversations?limit=100")).flat();
    for (const { id } of listed) {
      await ada.call(`POST /v1/chat/conversations/${id}/participants`, { body: { user_ids: [outsider.id] } });
    }
    const added = new Set<string>();
    let calls = 0;
    for (let more = true; more; ) {
      const answer: SyncAnswer = await sync(outsider, { conversations: [], user_cursor });
      for (const { id } of answer.added) added.add(id);
      calls += 1;
      expect(calls).toBeLessThan(200);
      more = answer.has_more;
      user_cursor = answer.user_cursor;
    }
    expect(calls).toBeGreaterThan(1);
    expect(added).toEqual(new Set(listed.map(({ id }) => id)));
  });
});
