import type { Conversation } from "@vero/contracts";
import { describe, expect, it } from "vitest";
import { groupOf, type Person, say } from "../harness/people.js";
import { findAll, search, sendAmong } from "../harness/search.js";
import { useWorkspace } from "../harness/workspace.js";

const workspace = useWorkspace();

describe("200", () => {
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
    const { id, sent } = await sendAmong(workspace, "paged 1", "paged 2", "paged 3", "paged 4");
    for (const { id: hidden } of sent.slice(2)) await grace.call(`DELETE /v1/chat/messages/${hidden}?scope=for_me`);
    for (const sort of ["relevance", "newest"]) {
      const page = { q: "paged", conversation_id: id, sort, limit: 1 };
      expect((await search(grace, page)).body.items).toHaveLength(1);
      expect(await findAll(grace, page)).toHaveLength(2);
      expect(await findAll(ada, page)).toHaveLength(4);
    }
  });

  it("finds no words of the system, and what was forwarded in its new conversation", async () => {
    const { ada, grace } = workspace;
    const { id, sent } = await sendAmong(workspace, "forwarded words");
    const { body: renamed } = await ada.call<Conversation>(`PATCH /v1/chat/conversations/${id}`, {
      body: { name: "forwarded words" },
    });
    expect(renamed.name).toBe("forwarded words");
    const other = await groupOf(ada, [grace]);
    const message_ids = sent.map((message) => message.id);
    await ada.call("POST /v1/chat/messages/forward", { body: { message_ids, conversation_ids: [other.id] } });
    const conversationIds = (await findAll(grace, { q: '"forwarded words"' })).map(
      ({ message }) => message.conversation_id,
    );
    expect(conversationIds.sort()).toEqual([id, other.id].sort());
  });
});
