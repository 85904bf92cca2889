import type { Conversation, Message } from "@vero/contracts";
import { beforeEach, describe, expect, it } from "vitest";
import { refusesNonParticipants } from "../harness/access.js";
import { pathsOf } from "../harness/accounts.js";
import { setRole, update } from "../harness/actions.js";
import {
  changesNothing,
  conversationOf,
  outlineOf,
  receivedUntilNow,
  refuses,
  withoutPresence,
} from "../harness/observe.js";
import { directBetween, groupOf } from "../harness/people.js";
import { historyOf, upTo, useWorkspace, withSockets } from "../harness/workspace.js";

const details = {
  name: "Engines",
  description: "All about engines",
  avatar_url: "https://example.com/engine.png",
  metadata: { color: "#123456", nested: { a: [1, 2] } },
};

const workspace = useWorkspace();
let group: Conversation;
beforeEach(async () => {
  const { body } = await workspace.ada.call<Conversation>("POST /v1/chat/conversations", {
    body: { type: "group", participant_ids: [workspace.grace.id], ...details },
  });
  group = withoutPresence(body);
});

describe("200", () => {
  it("changes what is given and leaves the rest", async () => {
    const { ada, grace } = workspace;
    const { status, body } = await update(ada, group.id, { description: "Difference", metadata: { a: 1 } });
    expect(status).toBe(200);
    expect(withoutPresence(body)).toEqual({
      ...group,
      description: "Difference",
      metadata: { a: 1 },
      last_change_seq: 1,
      updated_at: expect.any(String),
    });
    expect(Date.parse(body.updated_at)).toBeGreaterThan(Date.parse(group.updated_at));
    expect(await conversationOf(ada, group.id)).toEqual(withoutPresence(body));
    const theirs = await conversationOf(grace, group.id);
    expect(theirs).toEqual({ ...withoutPresence(body), me: theirs.me, participants_preview: expect.any(Array) });
    expect(await historyOf(grace, group.id)).toEqual([]);
  });

  it("clears what is null", async () => {
    const { ada, grace } = workspace;
    const nothing = { name: null, description: null, avatar_url: null, metadata: {} };
    expect((await update(ada, group.id, nothing)).body).toMatchObject(nothing);
    expect(await conversationOf(grace, group.id)).toMatchObject(nothing);
    expect((await historyOf(grace, group.id)).map(({ system }) => system)).toEqual([
      { kind: "conversation_renamed", user_ids: [], name: null },
    ]);
  });

  it("has the system say the new name first, uncounted, and sends every participant an event of how it looks to them", async () => {
    const { ada, grace, outsider, stack } = workspace;
    const other = await groupOf(outsider, []);
    await withSockets(stack, [ada, ada, grace, outsider], async (...sockets) => {
      const { body } = await update(ada, group.id, { name: "Compilers" });
      expect(body).toMatchObject({ name: "Compilers", last_seq: 1, last_change_seq: 2 });
      const [message] = await historyOf(grace, group.id);
      expect(message).toMatchObject({ type: "system", sender_id: ada.id, text: null, seq: 1, change_seq: 1 });
      expect(message?.system).toEqual({ kind: "conversation_renamed", user_ids: [], name: "Compilers" });
      const seen = { ada: await conversationOf(ada, group.id), grace: await conversationOf(grace, group.id) };
      expect(seen.ada).toEqual(withoutPresence(body));
      expect(seen.grace.last_message).toEqual(message);
      expect(seen.grace.me.unread_count).toBe(0);
      const conversations = [seen.ada, seen.ada, seen.grace];
      for (const socket of sockets.slice(0, 3)) await socket.event("conversation.updated");
      for (const [index, received] of (await receivedUntilNow(ada, group.id, sockets.slice(0, 3))).entries()) {
        expect(outlineOf(received)).toEqual([
          ["message.created", 1],
          ["conversation.updated", 2],
        ]);
        expect(received.map(({ data }) => data)).toEqual([{ message }, { conversation: conversations[index] }]);
      }
      expect(await receivedUntilNow(outsider, other.id, sockets.slice(3))).toEqual([[]]);
    });
  });

  it("says nothing of a name that stays, with a description that changes", async () => {
    const { ada, grace, stack } = workspace;
    await withSockets(stack, [ada, grace], async (...sockets) => {
      await update(ada, group.id, { name: "Engines", description: "Difference" });
      for (const socket of sockets) await socket.event("conversation.updated");
      for (const received of await receivedUntilNow(ada, group.id, sockets)) {
        expect(outlineOf(received)).toEqual([["conversation.updated", 1]]);
      }
    });
  });

  it("changes nothing, and notifies nobody, when nothing differs", async () => {
    const { ada, grace, stack } = workspace;
    await changesNothing(stack, grace, group.id, [ada, grace], async () => {
      for (const body of [{}, details, { metadata: { nested: { a: [1, 2] }, color: "#123456" } }]) {
        const answer = await update(ada, group.id, body);
        expect(answer).toMatchObject({ status: 200, body: group });
      }
    });
  });

  it("is done by admins too", async () => {
    const { ada, grace } = workspace;
    await setRole(ada, group.id, grace.id, "admin");
    expect((await update(grace, group.id, { name: "Graces" })).body.name).toBe("Graces");
    expect((await historyOf(ada, group.id)).at(-1)).toMatchObject({ type: "system", sender_id: grace.id });
  });

  it("numbers twenty at once without a gap, and the last of them is what there is", async () => {
    const { ada, grace } = workspace;
    const answers = await Promise.all(upTo(20).map((n) => update(ada, group.id, { name: `Name ${n}` })));
    for (const { status } of answers) expect(status).toBe(200);
    const history = await historyOf(grace, group.id);
    expect(history.map(({ seq }) => seq)).toEqual(upTo(20));
    const now = await conversationOf(grace, group.id);
    expect(now).toMatchObject({ name: (history.at(-1) as Message).system?.name, last_change_seq: 40 });
  });

  it("is there on the socket", async () => {
    const { ada, stack } = workspace;
    await withSockets(stack, [ada], async (socket) => {
      const answer = await socket.request("conversations.update", { id: group.id, description: "By socket" });
      expect(answer).toMatchObject({ ok: true, d: { description: "By socket" } });
      expect(await conversationOf(ada, group.id)).toEqual(withoutPresence(answer["d"]));
    });
  });
});

describe("400", () => {
  it.each([
    ["an empty name", { name: "" }, ["name"]],
    ["a blank name", { name: " \u200b" }, ["name"]],
    ["a long name", { name: "💬".repeat(101) }, ["name"]],
    ["a long description", { description: "x".repeat(1001) }, ["description"]],
    ["an address without https", { avatar_url: "http://example.com/a.png" }, ["avatar_url"]],
    ["metadata that is no object", { metadata: [] }, ["metadata"]],
    ["large metadata", { metadata: { a: "b".repeat(16_384) } }, ["metadata"]],
    ["unknown fields", { type: "direct", created_by: "x" }, ["created_by", "type"]],
  ])("validation_failed for %s", async (_name, body, paths) => {
    const { ada, grace, stack } = workspace;
    const call = async () => {
      const answer = await update(ada, group.id, { description: "not this either", ...body });
      expect(pathsOf(answer)).toEqual(paths);
      return answer;
    };
    await refuses(stack, grace, group.id, [ada, grace], call, "validation_failed");
  });
});

describe("403", () => {
  it("forbidden for plain members", async () => {
    const { ada, grace, stack } = workspace;
    const call = () => update(grace, group.id, { name: "Mine" });
    await refuses(stack, grace, group.id, [ada, grace], call, "forbidden");
  });
});

describe("404", () => {
  refusesNonParticipants(
    workspace,
    () => group,
    (id) => `PATCH /v1/chat/conversations/${id}`,
    { body: { name: "Theirs" } },
  );
});

describe("409", () => {
  it("direct_conversation_immutable, whatever is given", async () => {
    const { ada, grace, stack } = workspace;
    const direct = await directBetween(ada, grace);
    for (const body of [{ name: "We" }, { metadata: { a: 1 } }, {}]) {
      const call = () => update(ada, direct.id, body);
      await refuses(stack, grace, direct.id, [ada, grace], call, "direct_conversation_immutable");
    }
  });
});
