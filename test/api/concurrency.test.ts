import { randomUUID } from "node:crypto";
import type { Conversation, Message } from "@vero/contracts";
import { beforeAll, describe, expect, it } from "vitest";
import { groupOf, invite, type Person, say } from "../harness/people.js";
import { historyOf, upTo, useWorkspace, withSockets } from "../harness/workspace.js";

const workspace = useWorkspace();
const crowd: Person[] = [];
beforeAll(async () => {
  for (const n of upTo(15)) crowd.push(await invite(workspace.stack, workspace.ada, `Writer ${n}`));
});

const send = (by: Person, conversation_id: string, text: string) =>
  by.call<Message>("POST /v1/chat/messages/send", { body: { conversation_id, text } });
const react = (by: Person, { id }: Message, emoji: string, action: string) =>
  by.call<{ reacted: boolean }>(`POST /v1/chat/messages/${id}/reactions`, { body: { emoji, action } });
const get = (by: Person, { id }: Message) => by.call<Message>(`GET /v1/chat/messages/${id}`);
const seatOf = async (by: Person, { id }: Conversation): Promise<Conversation["me"]> =>
  (await by.call<Conversation>(`GET /v1/chat/conversations/${id}`)).body.me;

/** The tables that hold the text in whatever column. */
async function tablesWith(text: string): Promise<string[]> {
  const { sql } = workspace.stack.database;
  const tables = await sql<{ name: string }[]>`
    select table_name as name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'`;
  const found: string[] = [];
  for (const { name } of tables) {
    const rows = await sql`select 1 from ${sql(name)} as row where row::text like ${`%${text}%`} limit 1`;
    if (rows.length > 0) found.push(name);
  }
  return found;
}

describe("sixteen writers in one conversation", () => {
  it("leave no hole and no repeat, and are received by all in the order that is read", async () => {
    const { ada, grace, stack } = workspace;
    const group = await groupOf(ada, [grace, ...crowd]);
    await withSockets(stack, [ada, grace], async (...sockets) => {
      const written = await Promise.all(
        [ada, ...crowd].map(async (by) => {
          const own: Message[] = [];
          for (const n of upTo(20)) own.push(await say(by, group.id, `${n} of ${by.id}`));
          return own;
        }),
      );
      // The messages of one user have the order in which they were sent.
      for (const own of written) {
        const seqs = own.map(({ seq }) => seq);
        expect(seqs).toEqual([...seqs].sort((a, b) => a - b));
      }
      const history = await historyOf(grace, group.id);
      expect(history.map(({ seq }) => seq)).toEqual(upTo(320));
      expect(history).toEqual(written.flat().sort((a, b) => a.seq - b.seq));
      for (const socket of sockets) {
        await socket.event("message.created", (frame) => frame["change_seq"] === 320);
        expect(socket.events("message.created").map((frame) => frame["data"].message)).toEqual(history);
      }
    });
  });
});

describe("reading while others write", () => {
  it("never moves a position back, never counts below nothing, and ends exact", async () => {
    const { ada, grace } = workspace;
    const group = await groupOf(ada, [grace, ...crowd.slice(0, 3)]);
    let isOver = false;
    const reading = upTo(3).map(async () => {
      let last = 0;
      while (!isOver) {
        const known = (await historyOf(grace, group.id)).at(-1)?.seq ?? 0;
        const seq = Math.floor(Math.random() * (known + 1));
        const { status, body } = await grace.call<{ last_read_seq: number; unread_count: number }>(
          `POST /v1/chat/conversations/${group.id}/read`,
          { body: { seq } },
        );
        expect(status).toBe(200);
        expect(body.last_read_seq).toBeGreaterThanOrEqual(Math.max(seq, last));
        expect(body.unread_count).toBeGreaterThanOrEqual(0);
        last = body.last_read_seq;
      }
      return last;
    });
    const writing = crowd.slice(0, 3).map(async (by) => {
      for (const n of upTo(20)) await say(by, group.id, `${n}`);
    });
    await Promise.all(writing);
    isOver = true;
    const last = Math.max(...(await Promise.all(reading)));
    const { last_read_seq, unread_count } = await seatOf(grace, group);
    expect(last_read_seq).toBe(last);
    expect(unread_count).toBe(60 - last);
    expect((await seatOf(ada, group)).unread_count).toBe(60);
  });
});

describe("reactions of many at once", () => {
  it("are counted once for each person, however often they are added", async () => {
    const { ada, stack } = workspace;
    const group = await groupOf(ada, crowd);
    const message = await say(ada, group.id, "to react to");
    const answers = await Promise.all(upTo(3).flatMap(() => crowd.map((by) => react(by, message, "👍", "add"))));
    for (const { status, body } of answers) expect([status, body.reacted]).toEqual([200, true]);
    const { reactions } = (await get(ada, message)).body;
    expect(reactions).toMatchObject([{ emoji: "👍", count: crowd.length, reacted: false }]);
    expect(reactions[0]?.user_ids).toHaveLength(10);
    const rows = await stack.database.sql`select 1 from reactions where message_id = ${message.id}`;
    expect(rows).toHaveLength(crowd.length);
  });

  it("are there after an odd number of toggles, and not after an even one", async () => {
    const { ada } = workspace;
    const group = await groupOf(ada, crowd);
    const message = await say(ada, group.id, "to react to");
    const toggle = (times: number, emoji: string) =>
      upTo(times).flatMap(() => crowd.map((by) => react(by, message, emoji, "toggle")));
    const answers = await Promise.all([...toggle(3, "👍"), ...toggle(2, "🎉")]);
    for (const { status } of answers) expect(status).toBe(200);
    const { body } = await get(ada, message);
    expect(body.reactions).toMatchObject([{ emoji: "👍", count: crowd.length }]);
    // Each of them was a change, and took a number.
    expect(body.change_seq).toBe(message.change_seq + crowd.length * 5);
  });
});

describe("a message that is deleted for everyone", () => {
  it.each(upTo(8))("leaves nothing of itself, whatever is done to it meanwhile (%i)", async () => {
    const { ada, grace } = workspace;
    const secret = `secret${randomUUID().replaceAll("-", "")}`;
    const group = await groupOf(ada, [grace, ...crowd]);
    const message = await say(ada, group.id, `${secret} at first`, { mentions: [grace.id] });
    const edit = (n: number) =>
      ada.call<Message>(`PATCH /v1/chat/messages/${message.id}`, { body: { text: `${secret} ${n}` } });
    const racing = [
      ...upTo(5).map(edit),
      ...crowd.slice(0, 5).map((by) => react(by, message, "👍", "add")),
      ada.call(`DELETE /v1/chat/messages/${message.id}?scope=for_everyone`),
      ...upTo(5).map(edit),
      ...crowd.slice(5, 10).map((by) => react(by, message, "🎉", "toggle")),
    ];
    const statuses = (await Promise.all<{ status: number }>(racing)).map(({ status }) => status);
    expect(statuses.filter((status) => status === 204)).toHaveLength(1);
    expect([200, 204, 410]).toEqual(expect.arrayContaining(statuses));
    for (const by of [ada, grace]) {
      const { body } = await get(by, message);
      expect(body).toMatchObject({ text: null, mentions: [], metadata: {}, reactions: [], reply_to: null });
      expect(body.deleted_at).not.toBeNull();
      const { body: edits } = await by.call<{ items: object[] }>(`GET /v1/chat/messages/${message.id}/edits`);
      expect(edits.items).toEqual([]);
    }
    expect(await tablesWith(secret)).toEqual([]);
    const { sql } = workspace.stack.database;
    expect(await sql`select 1 from reactions where message_id = ${message.id}`).toHaveLength(0);
  });

  it("is seen to be looked for everywhere", async () => {
    const group = await groupOf(workspace.ada, []);
    const secret = `secret${randomUUID()}`;
    await say(workspace.ada, group.id, secret);
    expect(await tablesWith(secret)).toContain("messages");
  });
});

describe("a conversation that is deleted for everyone", () => {
  it.each(upTo(5))("has what was written before, whole, and nothing after (%i)", async () => {
    const { ada, grace, stack } = workspace;
    const group = await groupOf(ada, [grace, ...crowd]);
    const message = await say(ada, group.id, "first");
    const racing = [
      ...crowd.map((by) => send(by, group.id, "before")),
      ...crowd.map((by) => react(by, message, "👍", "add")),
      ada.call<object>(`DELETE /v1/chat/conversations/${group.id}?scope=for_everyone`),
      ...crowd.map((by) => send(by, group.id, "after")),
      ada.call<object>(`PATCH /v1/chat/messages/${message.id}`, { body: { text: "edited" } }),
    ];
    const answers = await Promise.all<{ status: number; body: object | undefined }>(racing);
    const statuses = answers.map(({ status }) => status);
    expect(statuses.filter((status) => status === 204)).toHaveLength(1);
    expect([200, 204, 404]).toEqual(expect.arrayContaining(statuses));
    for (const by of [ada, grace, ...crowd.slice(0, 2)]) {
      expect((await by.call(`GET /v1/chat/conversations/${group.id}`)).status).toBe(404);
      expect((await send(by, group.id, "later")).status).toBe(404);
      expect((await react(by, message, "👍", "add")).status).toBe(404);
      expect((await get(by, message)).status).toBe(404);
      const { body } = await by.call<{ items: Conversation[] }>("GET /v1/chat/conversations?filter=all&limit=100");
      expect(body.items.map(({ id }) => id)).not.toContain(group.id);
    }
    const sent = answers.filter(({ body }) => body !== undefined && "text" in body && body.text !== "edited");
    const [row] = await stack.database.sql<{ written: number; last_seq: number; numbers: number }[]>`
      select count(m.seq)::int as written, c.last_seq::int, count(distinct m.seq)::int as numbers
      from conversations c join messages m on m.conversation_id = c.id where c.id = ${group.id} group by c.last_seq`;
    const written = 1 + sent.length;
    expect(row).toEqual({ written, last_seq: written, numbers: written });
  });
});

describe("equal forwards at once", () => {
  it("make one copy, and all answer it", async () => {
    const { ada, grace } = workspace;
    const [from, to] = [await groupOf(ada, [grace]), await groupOf(ada, [grace])];
    const message = await say(grace, from.id, "to forward");
    const body = { message_ids: [message.id], conversation_ids: [to.id], client_forward_id: "key" };
    const answers = await Promise.all(upTo(20).map(() => ada.call("POST /v1/chat/messages/forward", { body })));
    for (const answer of answers) expect([answer.status, answer.body]).toEqual([200, answers[0]?.body]);
    expect((await historyOf(grace, to.id)).map(({ text }) => text)).toEqual(["to forward"]);
    expect((await say(ada, to.id, "next")).seq).toBe(2);
  });
});
