import { randomUUID } from "node:crypto";
import type { Conversation, Message } from "@vero/contracts";
import { beforeAll, describe, expect, it } from "vitest";
import { refusesNonParticipants } from "../harness/access.js";
import { expectProblem, pathsOf, until } from "../harness/accounts.js";
import { ready } from "../harness/files.js";
import { createWorkspace, groupOf, invite, type Person, say } from "../harness/people.js";
import { findAll, litIn, type Query, search } from "../harness/search.js";
import { startStack } from "../harness/stack.js";
import { historyOf, upTo, useWorkspace, withSockets } from "../harness/workspace.js";

const workspace = useWorkspace();
let group: Conversation;
beforeAll(async () => {
  group = await groupOf(workspace.ada, [workspace.grace]);
});

/** The texts that a query finds, in the order of finding. */
const finds = async (by: Person, q: string, more: Query = {}): Promise<(string | null)[]> =>
  (await findAll(by, { q, ...more })).map(({ message }) => message.text);

/** Says the texts in a conversation of their own, in which to search. */
async function among(...texts: string[]): Promise<{ id: string; said: Message[] }> {
  const { ada, grace } = workspace;
  const { id } = await groupOf(ada, [grace]);
  const said: Message[] = [];
  for (const text of texts) said.push(await say(ada, id, text));
  return { id, said };
}

describe("200", () => {
  it.each([
    ["a word, whatever its case", "GRACE", ["Hello, Grace!"]],
    ["a word without its accents", "eclair", ["Un éclair", "e\u0301clairs"]],
    ["a word with accents that the text lacks", "Héllö", ["Hello, Grace!"]],
    ["all of several words", "the band", ["The Who, the band"]],
    ["words that mean little", "the who", ["The Who, the band", "who is the one?"]],
    ["nothing but such words", "to be or not to be", ["To be, or not to be", "not to be", "be to"]],
    ["a phrase", '"to be"', ["To be, or not to be", "not to be"]],
    ["what begins so", "hel", ["Hello, Grace!"]],
    ["a word between quotes only as it is", '"hel"', []],
    ["without a word", "band -who", ["headband or band-aid"]],
    ["without a phrase", 'be -"not to be"', ["be to"]],
    ["one or the other", "grace or headband", ["Hello, Grace!", "headband or band-aid"]],
    ["an address", "john.doe@example.com", ["Mail John.Doe@Example.com"]],
    ["the beginning of an address", "john.doe@exa", ["Mail John.Doe@Example.com"]],
    ["a part of an address", "example.com", ["Mail John.Doe@Example.com", "https://example.com/a-b?c=1#d"]],
    ["a link", "https://example.com/a-b?c=1#d", ["https://example.com/a-b?c=1#d"]],
    ["a word with a hyphen", "band-aid", ["headband or band-aid"]],
    ["the second half of it", "aid", ["headband or band-aid"]],
    ["a word with an apostrophe", "don't", ["I don’t know", "dont"]],
    ["the same without it", "dont", ["I don’t know", "dont"]],
    ["two Chinese characters", "京都", ["東京都に住む"]],
    ["one", "京", ["東京都に住む", "京"]],
    ["more", "東京都に", ["東京都に住む"]],
    ["not what stands in another order", "都京", []],
    ["Korean inside of a word", "학교", ["서울대학교에서"]],
    ["an emoji", "👍", ["fine 👍🏽", "👍"]],
    ["an emoji with its tone", "👍🏽", ["fine 👍🏽"]],
  ])("finds %s: %s", async (_, q, expected) => {
    expect((await finds(workspace.ada, q, { conversation_id: texts.id })).sort()).toEqual([...expected].sort());
  });
  let texts: { id: string };
  beforeAll(async () => {
    texts = await among(
      "Hello, Grace!",
      "Un éclair",
      "e\u0301clairs",
      "The Who, the band",
      "who is the one?",
      "To be, or not to be",
      "not to be",
      "be to",
      "headband or band-aid",
      "Mail John.Doe@Example.com",
      "https://example.com/a-b?c=1#d",
      "I don’t know",
      "dont",
      "東京都に住む",
      "京",
      "서울대학교에서",
      "fine 👍🏽",
      "👍",
    );
  });

  it.each(["?!", "-hello", '""', "-", "&", " ", "'", '"', "🏽", "\\", "%", "€"])(
    "finds nothing where nothing is asked for: %j",
    async (q) => {
      const { status, body } = await search(workspace.ada, { q, conversation_id: texts.id });
      expect({ status, body }).toEqual({ status: 200, body: { items: [], next_cursor: null } });
    },
  );

  it("answers every query, however it is made", async () => {
    const signs = [
      ..."\"'()&|!<>:*-\\%_$@#?;,.{}[]~`^=+/ \n\t\u200d\u0301\ufe0f",
      " or ",
      " -",
      "<->",
      ":*",
      "a",
      "京",
      "👍",
    ];
    let seed = 20_261_122;
    const next = (n: number): number => {
      seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
      return Math.floor((seed / 2 ** 32) * n);
    };
    for (let n = 0; n < 150; n += 1) {
      const q = upTo(1 + next(40))
        .map(() => signs[next(signs.length)])
        .join("")
        .slice(0, 200);
      for (const sort of ["relevance", "newest"]) {
        const { status } = await search(workspace.ada, { q, sort });
        expect({ q, status }).toEqual({ q, status: 200 });
      }
    }
  });

  it("is done in time with the most that can be asked", async () => {
    const letters = [..."abcdefghijklmnopqrstuvwxyz0123456789"];
    const queries = [
      upTo(100)
        .map((n) => letters[n % 36])
        .join(" "),
      upTo(66)
        .map((n) => `${letters[n % 36]}${letters[(n * 7) % 36]}`)
        .join(" "),
      upTo(50)
        .map((n) => letters[n % 36])
        .join(" or "),
      `a ${upTo(66)
        .map((n) => `-${letters[n % 36]}`)
        .join(" ")}`,
      `"${upTo(99)
        .map((n) => letters[n % 36])
        .join(" ")}"`,
      "東".repeat(200),
      "x".repeat(200),
      "👍".repeat(200),
      "\ufdfa".repeat(200),
    ];
    for (const q of queries) {
      // One that takes longer than two seconds is answered 503.
      expect((await search(workspace.ada, { q: [...q].slice(0, 200).join("") })).status).toBe(200);
    }
  });

  it("writes any text down so that it can be found", async () => {
    const strange = [
      "\\ ' \\' '' :1A",
      "a".repeat(10_000),
      `${"x ".repeat(4_990)}needle`,
      "東".repeat(9_999),
      "\ufdfa ".repeat(2_000),
    ];
    const { id } = await among(...strange.map((text) => `${text} findable`.slice(-10_000)));
    expect(await finds(workspace.ada, "findable", { conversation_id: id })).toHaveLength(strange.length);
    expect(await finds(workspace.ada, "needle", { conversation_id: id })).toHaveLength(1);
  });

  it("shows the message as it is, and where it was found", async () => {
    const { ada, grace } = workspace;
    const { id } = await groupOf(ada, [grace]);
    const first = await say(grace, id, "😀 e\u0301t\u0302e <b>Searched</b>");
    const reply = await say(ada, id, "searched, indeed", { reply_to_message_id: first.id });
    const hits = await findAll(ada, { q: "searched", conversation_id: id, sort: "newest" });
    expect(hits.map(({ message }) => message)).toEqual([reply, first]);
    expect(hits.map(({ snippet }) => snippet)).toEqual([
      { text: "searched, indeed", ranges: [{ start: 0, length: 8 }] },
      { text: "😀 e\u0301t\u0302e <b>Searched</b>", ranges: [{ start: 11, length: 8 }] },
    ]);
    expect(hits.map(litIn)).toEqual([["searched"], ["Searched"]]);
  });

  it("shows a part of a long text", async () => {
    const { id } = await among(`${"before ".repeat(100)}needle${" after".repeat(100)}`);
    const [hit] = await findAll(workspace.ada, { q: "needle", conversation_id: id });
    expect(hit && litIn(hit)).toEqual(["needle"]);
    expect(hit?.snippet.text).toMatch(/^…before .* before needle after .* after…$/);
  });

  it("puts what was written so before what only begins so, and the whole before its parts", async () => {
    const { id } = await among(
      "red apple",
      "the apple is red",
      "redder apples",
      "apple, red",
      "red apple and red apple",
    );
    const order = await finds(workspace.ada, "red apple", { conversation_id: id });
    expect(order.slice(0, 2).sort()).toEqual(["red apple", "red apple and red apple"]);
    expect(order.slice(2, 4).sort()).toEqual(["apple, red", "the apple is red"]);
    expect(order.slice(4)).toEqual(["redder apples"]);
  });

  it("puts the newer of the like before the older, and much of it before little", async () => {
    const { id, said } = await among(
      "pear",
      "pear",
      "pear pear",
      "one pear among so many other words in a longer text",
    );
    const { sql } = workspace.stack.database;
    await sql`update messages set created_at = now() - interval '40 days' where id = ${said[0]?.id ?? ""}`;
    const hits = await findAll(workspace.ada, { q: "pear", conversation_id: id });
    const seqs = hits.map(({ message }) => message.seq);
    expect(seqs.indexOf(2)).toBeLessThan(seqs.indexOf(1));
    expect(seqs.indexOf(3)).toBeLessThan(seqs.indexOf(4));
  });

  it.each(["relevance", "newest"])(
    "walks by %s without repeating or leaving out any, while more is written",
    async (sort) => {
      const { ada, grace } = workspace;
      const { id, said } = await among(
        ...upTo(23).map((n) => (n % 3 === 0 ? "walk" : `walk ${n} walking${" on".repeat(n)}`)),
      );
      const ids: string[] = [];
      for (let cursor: string | null | undefined; cursor !== null; ) {
        const query = { q: "walk", conversation_id: id, sort, limit: 4, ...(cursor && { cursor }) };
        const { body } = await search(ada, query);
        ids.push(...body.items.map(({ message }) => message.id));
        cursor = body.next_cursor;
        await say(grace, id, "walk");
      }
      const known = new Set(said.map((message) => message.id));
      const old = ids.filter((one) => known.has(one));
      expect([...old].sort()).toEqual([...known].sort());
      expect(new Set(ids).size).toBe(ids.length);
      if (sort === "newest") expect(ids).toEqual(said.map((message) => message.id).reverse());
    },
  );

  it("filters by conversation, sender and time", async () => {
    const { ada, grace } = workspace;
    const { id } = await groupOf(ada, [grace]);
    const [first, second, third] = [
      await say(ada, id, "filtered 1"),
      await say(grace, id, "filtered 2"),
      await say(ada, group.id, "filtered 3"),
    ];
    const { sql } = workspace.stack.database;
    await sql`update messages set created_at = '2026-01-01T00:00:00Z' where id = ${first.id}`;
    const ids = async (query: Query) =>
      (await findAll(ada, { q: "filtered", sort: "newest", ...query })).map(({ message }) => message.id);
    expect(await ids({})).toEqual([third.id, second.id, first.id]);
    expect(await ids({ conversation_id: id.toUpperCase() })).toEqual([second.id, first.id]);
    expect(await ids({ sender_id: grace.id })).toEqual([second.id]);
    expect(await ids({ sender_id: randomUUID() })).toEqual([]);
    expect(await ids({ before: "2026-01-01T00:00:00.001Z" })).toEqual([first.id]);
    expect(await ids({ before: "2026-01-01T00:00:00Z" })).toEqual([]);
    expect(await ids({ after: "2026-01-01T00:00:00Z" })).toEqual([third.id, second.id]);
    expect(await ids({ after: "2025-12-31T23:59:59.999+00:00", before: "2026-01-02T23:58:00+23:59" })).toEqual([
      first.id,
    ]);
    expect(
      await ids({ after: "1000-01-01T00:00:00+23:59", before: "2999-12-31T23:59:59.999999999-23:59" }),
    ).toHaveLength(3);
  });

  it("finds those with a link, and those with files", async () => {
    const { id } = await among("see https://example.com", "see www.example.com", "see it", "see httpsomething");
    const linked = await findAll(workspace.ada, { q: "see", conversation_id: id, has: "link", sort: "newest" });
    expect(linked.map(({ message }) => message.seq)).toEqual([2, 1]);
    const media = { q: "see", conversation_id: id, has: "media" };
    expect(await findAll(workspace.ada, media)).toEqual([]);
    const file = await ready(workspace.ada);
    const { seq } = await say(workspace.ada, id, "see this file", { media_ids: [file.id] });
    expect((await findAll(workspace.ada, media)).map(({ message }) => message.seq)).toEqual([seq]);
  });

  it("shows to each what they may read now, and to nobody more", async () => {
    const { ada, grace, outsider, stranger, stack } = workspace;
    const { id } = await groupOf(ada, [grace]);
    const seqs = async (by: Person, q = "visible") =>
      (await findAll(by, { q, sort: "newest" })).map(({ message }) => message.seq);
    const [first, second, third] = [
      await say(ada, id, "visible one"),
      await say(grace, id, "visible two"),
      await say(ada, id, "visible three"),
    ];
    expect(await seqs(ada)).toEqual([3, 2, 1]);
    expect(await seqs(outsider)).toEqual([]);
    expect(await seqs(stranger)).toEqual([]);

    await ada.call(`PATCH /v1/chat/messages/${first.id}`, { body: { text: "edited one" } });
    expect(await seqs(grace)).toEqual([3, 2]);
    expect(await seqs(grace, "edited")).toEqual([1]);

    await grace.call(`DELETE /v1/chat/messages/${third.id}?scope=for_me`);
    expect(await seqs(grace)).toEqual([2]);
    expect(await seqs(ada)).toEqual([3, 2]);

    await grace.call(`DELETE /v1/chat/messages/${second.id}?scope=for_everyone`);
    expect(await seqs(ada)).toEqual([3]);
    expect(await seqs(grace)).toEqual([]);

    const members = `/v1/chat/conversations/${id}/participants` as const;
    await ada.call(`POST ${members}`, { body: { user_ids: [outsider.id], history: "from_join" } });
    await say(grace, id, "visible to all");
    expect(await seqs(outsider)).toEqual([5]);
    expect(await seqs(outsider, "edited")).toEqual([]);

    await ada.call(`DELETE ${members}/${outsider.id}`);
    expect(await seqs(outsider)).toEqual([]);

    await grace.call(`DELETE /v1/chat/conversations/${id}`);
    expect(await seqs(grace)).toEqual([]);
    expect(await seqs(ada)).toEqual([5, 3]);

    const { sql } = stack.database;
    await sql`update participants set visible_to_seq = 3 where conversation_id = ${id} and user_id = ${ada.id}`;
    expect(await seqs(ada)).toEqual([3]);
    await ada.call(`DELETE /v1/chat/conversations/${id}?scope=for_everyone`);
    expect(await seqs(ada)).toEqual([]);
  });

  it("fills its pages with what may be read, whatever else is found", async () => {
    const { ada, grace } = workspace;
    const { id, said } = await among("paged 1", "paged 2", "paged 3", "paged 4");
    for (const { id: hidden } of said.slice(2)) await grace.call(`DELETE /v1/chat/messages/${hidden}?scope=for_me`);
    for (const sort of ["relevance", "newest"]) {
      const page = { q: "paged", conversation_id: id, sort, limit: 1 };
      expect((await search(grace, page)).body.items).toHaveLength(1);
      expect(await findAll(grace, page)).toHaveLength(2);
      expect(await findAll(ada, page)).toHaveLength(4);
    }
  });

  it("finds no words of the system, and what was forwarded in its new conversation", async () => {
    const { ada, grace } = workspace;
    const { id, said } = await among("forwarded words");
    const { body: renamed } = await ada.call<Conversation>(`PATCH /v1/chat/conversations/${id}`, {
      body: { name: "forwarded words" },
    });
    expect(renamed.name).toBe("forwarded words");
    const other = await groupOf(ada, [grace]);
    const message_ids = said.map((message) => message.id);
    await ada.call("POST /v1/chat/messages/forward", { body: { message_ids, conversation_ids: [other.id] } });
    const conversationIds = (await findAll(grace, { q: '"forwarded words"' })).map(
      ({ message }) => message.conversation_id,
    );
    expect(conversationIds.sort()).toEqual([id, other.id].sort());
  });

  it("is there on the socket and for tRPC too", async () => {
    const { ada, stack } = workspace;
    const { id } = await among("everywhere");
    await withSockets(stack, [ada], async (socket) => {
      const answer = await socket?.request("messages.search", { q: "everywhere", conversation_id: id });
      expect(answer?.["d"].items).toHaveLength(1);
    });
    const input = encodeURIComponent(JSON.stringify({ 0: { q: "everywhere", conversation_id: id } }));
    const { status, body } = await ada.call(`GET /trpc/messages.search?batch=1&input=${input}`);
    expect(status).toBe(200);
    expect(JSON.stringify(body)).toContain("everywhere");
  });

  it("finds what was written before its words were kept, soon after the start", async () => {
    const stack = await startStack();
    try {
      const { sql, url } = stack.database;
      const ada = await createWorkspace(stack, "Ada");
      const grace = await invite(stack, ada, "Grace");
      const { id } = await groupOf(ada, [grace]);
      for (const n of upTo(3)) await say(ada, id, `older ${n}`);
      await sql`update messages set search = null`;
      expect(await finds(ada, "older")).toEqual([]);
      const later = await startStack({ DATABASE_URL: url, VERO_PUBLIC_URL: stack.issuer });
      try {
        await until(async () => (await finds(ada, "older")).length === 3);
      } finally {
        await later.close();
      }
      expect(await historyOf(ada, id)).toHaveLength(3);
    } finally {
      await stack.close();
    }
  });
});

describe("400", () => {
  it.each([
    ["", ["q"]],
    ["q=", ["q"]],
    [`q=${"x".repeat(201)}`, ["q"]],
    ["q=%00", ["q"]],
    ["q=a&limit=0", ["limit"]],
    ["q=a&limit=101", ["limit"]],
    ["q=a&sort=oldest", ["sort"]],
    ["q=a&has=text", ["has"]],
    ["q=a&conversation_id=x", ["conversation_id"]],
    ["q=a&sender_id=x", ["sender_id"]],
    ["q=a&before=yesterday", ["before"]],
    ["q=a&after=2026-02-30T00:00:00Z", ["after"]],
    ["q=a&from=ada", ["from"]],
    ["q=a&cursor=x", ["cursor"]],
    [
      `q=a&cursor=${Buffer.from(JSON.stringify(["0000-01-01T00:00:00.000Z", 1, randomUUID()])).toString("base64url")}`,
      ["cursor"],
    ],
    [`q=a&cursor=${Buffer.from(JSON.stringify([new Date(), "1", randomUUID()])).toString("base64url")}`, ["cursor"]],
  ])("validation_failed for %s", async (query, paths) => {
    const answer = await workspace.ada.call<object>(`GET /v1/chat/messages/search?${query}`);
    expectProblem(answer, 400, "validation_failed");
    expect(pathsOf(answer)).toEqual(paths);
  });

  it("validation_failed for the cursor of another order", async () => {
    const { id } = await among("cursed", "cursed");
    const page = { q: "cursed", conversation_id: id, limit: 1 };
    const { body } = await search(workspace.ada, { ...page, sort: "newest" });
    const answer = await search<object>(workspace.ada, { ...page, cursor: body.next_cursor ?? "" });
    expectProblem(answer, 400, "validation_failed");
    expect(pathsOf(answer)).toEqual(["cursor"]);
  });
});

describe("404", () => {
  refusesNonParticipants(
    workspace,
    () => group,
    (id) => `GET /v1/chat/messages/search?q=hello&conversation_id=${id}`,
  );

  it("conversation_not_found also where nothing is asked for", async () => {
    const query = { q: "?!", conversation_id: randomUUID() };
    expectProblem(await search<object>(workspace.ada, query), 404, "conversation_not_found");
  });
});

describe("503", () => {
  /** A row takes a while to be read, so that the search of some is slow, and nothing else is. */
  it("unavailable after two seconds, when it takes too long", async () => {
    const stack = await startStack();
    try {
      const { sql } = stack.database;
      const ada = await createWorkspace(stack, "Ada");
      const { id } = await groupOf(ada, []);
      for (const n of upTo(10)) await say(ada, id, `slow ${n}`);
      await sql`alter table messages rename to slow`;
      await sql`create view messages as select * from slow where pg_sleep(30) is not null`;
      const start = Date.now();
      const answer = await search<object>(ada, { q: "slow" });
      const took = Date.now() - start;
      expectProblem(answer, 503, "unavailable");
      expect(Number(answer.headers.get("retry-after"))).toBeGreaterThan(0);
      expect(took).toBeGreaterThan(1_900);
      await sql`drop view messages`;
      await sql`alter table slow rename to messages`;
      expect(await findAll(ada, { q: "slow" })).toHaveLength(10);
    } finally {
      await stack.close();
    }
  });
});
