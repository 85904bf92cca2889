import { randomUUID } from "node:crypto";
import type { Conversation, Message } from "@vero/contracts";
import { insertConversation, insertMessages, insertParticipants, openDatabase } from "@vero/db";
import { lockConversation, openConversation } from "@vero/db/conversation-log";
import { beforeEach, describe, expect, it } from "vitest";
import { unindexedDraft } from "../harness/drafts.js";
import { groupOf, invite, type Person, say } from "../harness/people.js";
import { connect, type Frame, type TestSocket } from "../harness/socket.js";
import { historyOf, upTo, useWorkspace, withSockets } from "../harness/workspace.js";

const workspace = useWorkspace();
let group: Conversation;
beforeEach(async () => {
  group = await groupOf(workspace.ada, [workspace.grace]);
});

const inGroup = (socket: TestSocket | undefined, id = group.id): Frame[] =>
  socket?.events("message.created").filter((frame) => frame["conversation_id"] === id) ?? [];

const messagesIn = (socket: TestSocket | undefined, id = group.id): Message[] =>
  inGroup(socket, id).map((frame) => frame["data"].message);

const reaches = (socket: TestSocket | undefined, changeSeq: number, id = group.id) =>
  socket?.event("message.created", (frame) => frame["conversation_id"] === id && frame["change_seq"] >= changeSeq);

/** Writes messages without events, as a node that dies between its commit and the publishing. */
async function writeUnpublished(by: Person, conversationId: string, texts: readonly string[]): Promise<void> {
  const database = openDatabase({ url: workspace.stack.database.url, max: 1 });
  const tenant_id = by.me.tenant.id;
  for (const text of texts) {
    await database.transaction(async (begun) => {
      const tx = await lockConversation(begun, { tenant_id, conversation_id: conversationId });
      const source = { tenant_id, conversation_id: conversationId, sender_id: by.id };
      await insertMessages(tx, [unindexedDraft(source, text)]);
    });
  }
  await database.close();
}

/** A group that the database knows of, and nobody has been told of. */
async function createUnpublished(by: Person, others: readonly Person[]): Promise<string> {
  const database = openDatabase({ url: workspace.stack.database.url, max: 1 });
  const [tenant_id, conversation_id] = [by.me.tenant.id, randomUUID()];
  const group = { type: "group" as const, direct_key: null, name: "Unpublished", description: null, avatar_url: null };
  await database.transaction(async (begun) => {
    const tx = openConversation(begun);
    await insertConversation(tx, { ...group, tenant_id, id: conversation_id, metadata: {}, created_by: by.id });
    const ids = others.map(({ id }) => id);
    await insertParticipants(tx, { tenant_id, conversation_id }, { user_id: by.id, role: "member" }, ids);
  });
  await database.close();
  return conversation_id;
}

describe("order", () => {
  it("is that of change_seq for every listener, under sixteen writers, and s counts each connection's events", async () => {
    const { ada, grace, stack } = workspace;
    const writers = [ada, grace, ...(await Promise.all(upTo(14).map((n) => invite(stack, ada, `Writer ${n}`))))];
    const { id } = await groupOf(ada, writers.slice(1));
    await withSockets(stack, [ada, grace], async (...sockets) => {
      await Promise.all(
        writers.map(async (writer, index) => {
          for (const n of upTo(20)) await say(writer, id, `${index}: ${n}`);
        }),
      );
      const history = await historyOf(grace, id);
      expect(history.map(({ seq }) => seq)).toEqual(upTo(320));
      for (const socket of sockets) {
        await reaches(socket, 320, id);
        expect(messagesIn(socket, id)).toEqual(history);
        expect(socket.events().map((frame) => frame["s"])).toEqual(upTo(320));
      }
    });
  });

  it("holds for messages that are too large to be published whole", async () => {
    const { ada, grace, stack } = workspace;
    await withSockets(stack, [grace], async (socket) => {
      const texts = upTo(30).map((n) => (n === 5 ? `${n}` : `${n}${"💬".repeat(4_000)}`));
      await Promise.all(texts.map((text) => say(ada, group.id, text)));
      await reaches(socket, 30);
      expect(messagesIn(socket)).toEqual(await historyOf(ada, group.id));
    });
  });
});

describe("the gap between reading and listening", () => {
  it("does not exist: what is listed after ready and what is received are everything", async () => {
    const { ada, grace, stack } = workspace;
    let stop = false;
    let sent = 0;
    const traffic = Promise.all(
      [ada, grace, ada, grace].map(async (writer) => {
        for (; !stop; sent += 1) await say(writer, group.id, "traffic");
      }),
    );
    const rounds: { listed: Message[]; socket: TestSocket }[] = [];
    for (const person of [ada, grace, grace, ada, grace, ada]) {
      const socket = await connect(stack, person);
      rounds.push({ listed: await historyOf(person, group.id), socket });
    }
    stop = true;
    await traffic;
    const last = await say(ada, group.id, "last");
    const history = await historyOf(ada, group.id);
    for (const { listed, socket } of rounds) {
      await reaches(socket, last.change_seq);
      const received = messagesIn(socket);
      const newer = received.filter(({ seq }) => seq > (listed.at(-1)?.seq ?? 0));
      expect([...listed, ...newer]).toEqual(history);
      expect(received.map(({ seq }) => seq)).toEqual(history.map(({ seq }) => seq).slice(-received.length));
      await socket.close();
    }
    expect(history).toHaveLength(sent + 1);
  });

  it("does not exist for a conversation that comes into being: its first messages follow the event", async () => {
    const { ada, grace, stack } = workspace;
    await withSockets(stack, [ada, grace, grace], async (...sockets) => {
      for (const round of upTo(10)) {
        const { id } = await groupOf(ada, [grace], `Round ${round}`);
        await Promise.all(upTo(5).map((n) => say(n % 2 === 0 ? grace : ada, id, `${n}`)));
        const history = await historyOf(ada, id);
        for (const socket of sockets) {
          await reaches(socket, 5, id);
          const events = socket.events().filter((frame) => frame["conversation_id"] === id);
          expect(events.map((frame) => [frame["type"], frame["change_seq"]])).toEqual([
            ["conversation.created", 0],
            ...upTo(5).map((n) => ["message.created", n]),
          ]);
          expect(messagesIn(socket, id)).toEqual(history);
        }
      }
    });
  });
});

describe("a change of which no event is published", () => {
  it("is delivered, in order and once, between those of which one was published", async () => {
    const { ada, grace, stack } = workspace;
    await withSockets(stack, [ada, grace], async (...sockets) => {
      await say(ada, group.id, "1");
      await writeUnpublished(grace, group.id, ["2", "3"]);
      for (const socket of sockets) await reaches(socket, 3);
      await writeUnpublished(grace, group.id, ["4"]);
      // The next event shows that one is missing: no need to wait for the comparison.
      await say(ada, group.id, "5");
      for (const socket of sockets) {
        await reaches(socket, 5);
        expect(messagesIn(socket)).toEqual(await historyOf(ada, group.id));
      }
    });
  });

  it("is delivered whole when there is much of it", async () => {
    const { ada, grace, stack } = workspace;
    await withSockets(stack, [ada], async (socket) => {
      const texts = upTo(450).map((n) => `message ${n}`);
      await writeUnpublished(grace, group.id, texts);
      await reaches(socket, 450);
      expect(messagesIn(socket).map(({ text }) => text)).toEqual(texts);
    });
  });

  it("is a whole conversation with all that was said in it, for each who takes part", async () => {
    const { ada, grace, outsider, stack } = workspace;
    await withSockets(stack, [ada, grace, outsider], async (...sockets) => {
      const id = await createUnpublished(ada, [grace]);
      await writeUnpublished(grace, id, ["1", "2"]);
      await say(ada, id, "3");
      for (const socket of sockets.slice(0, 2)) {
        await reaches(socket, 3, id);
        const events = socket.events().filter((frame) => frame["conversation_id"] === id);
        expect(events.map((frame) => [frame["type"], frame["change_seq"]])).toEqual([
          ["conversation.created", 0],
          ...upTo(3).map((n) => ["message.created", n]),
        ]);
        expect(events[0]?.["data"].conversation).toMatchObject({ id, name: "Unpublished" });
        expect(messagesIn(socket, id)).toEqual(await historyOf(ada, id));
      }
      expect(sockets[2]?.events().filter((frame) => frame["conversation_id"] === id)).toEqual([]);
    });
  });

  it("is also that somebody takes part no longer: nothing more is delivered after it", async () => {
    const { ada, grace, stack } = workspace;
    await withSockets(stack, [ada, grace], async (...sockets) => {
      await stack.database.sql`
        update participants set left_at = now(), left_reason = 'removed'
        where conversation_id = ${group.id} and user_id = ${grace.id}`;
      const removed = await sockets[1]?.event("conversation.removed");
      expect(removed?.["data"]).toEqual({ conversation_id: group.id, reason: "removed" });
      await say(ada, group.id, "without Grace");
      await reaches(sockets[0], 1);
      expect(inGroup(sockets[1])).toEqual([]);
    });
  });
});
