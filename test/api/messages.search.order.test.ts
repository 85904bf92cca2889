import { describe, expect, it } from "vitest";
import { groupOf, say } from "../harness/people.js";
import { findAll, litIn, search, sendAmong, textsFound } from "../harness/search.js";
import { upTo, useWorkspace } from "../harness/workspace.js";

const workspace = useWorkspace();

describe("200", () => {
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
    const { id } = await sendAmong(workspace, `${"before ".repeat(100)}needle${" after".repeat(100)}`);
    const [hit] = await findAll(workspace.ada, { q: "needle", conversation_id: id });
    expect(hit && litIn(hit)).toEqual(["needle"]);
    expect(hit?.snippet.text).toMatch(/^…before .* before needle after .* after…$/);
  });

  it("puts what was written so before what only begins so, and the whole before its parts", async () => {
    const { id } = await sendAmong(
      workspace,
      "red apple",
      "the apple is red",
      "redder apples",
      "apple, red",
      "red apple and red apple",
    );
    const order = await textsFound(workspace.ada, "red apple", { conversation_id: id });
    expect(order.slice(0, 2).sort()).toEqual(["red apple", "red apple and red apple"]);
    expect(order.slice(2, 4).sort()).toEqual(["apple, red", "the apple is red"]);
    expect(order.slice(4)).toEqual(["redder apples"]);
  });

  it("puts the newer of the like before the older, and much of it before little", async () => {
    const { id, sent } = await sendAmong(
      workspace,
      "pear",
      "pear",
      "pear pear",
      "one pear among so many other words in a longer text",
    );
    const { sql } = workspace.stack.database;
    await sql`update messages set created_at = now() - interval '40 days' where id = ${sent[0]?.id ?? ""}`;
    const hits = await findAll(workspace.ada, { q: "pear", conversation_id: id });
    const seqs = hits.map(({ message }) => message.seq);
    expect(seqs.indexOf(2)).toBeLessThan(seqs.indexOf(1));
    expect(seqs.indexOf(3)).toBeLessThan(seqs.indexOf(4));
  });

  it.each(["relevance", "newest"])(
    "walks by %s without repeating or leaving out any, while more is written",
    async (sort) => {
      const { ada, grace } = workspace;
      const { id, sent } = await sendAmong(
        workspace,
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
      const known = new Set(sent.map((message) => message.id));
      const old = ids.filter((one) => known.has(one));
      expect([...old].sort()).toEqual([...known].sort());
      expect(new Set(ids).size).toBe(ids.length);
      if (sort === "newest") expect(ids).toEqual(sent.map((message) => message.id).reverse());
    },
  );
});
