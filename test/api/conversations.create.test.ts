import { randomUUID } from "node:crypto";
import type { Conversation } from "@vero/contracts";
import { beforeEach, describe, expect, it } from "vitest";
import { expectProblem, pathsOf } from "../harness/accounts.js";
import { block } from "../harness/actions.js";
import { directBetween, groupOf, invite, type Person, say } from "../harness/people.js";
import { upTo, useWorkspace, withSockets } from "../harness/workspace.js";

const workspace = useWorkspace();
/** Somebody new for each test, with whom nobody has talked. */
let linus: Person;
beforeEach(async () => {
  linus = await invite(workspace.stack, workspace.ada, "Linus");
});

const create = <T = Conversation>(by: Person, body: object) => by.call<T>("POST /v1/chat/conversations", { body });
const direct = (by: Person, other: Person) => create(by, { type: "direct", participant_ids: [other.id] });
const get = async (by: Person, id: string) => (await by.call<Conversation>(`GET /v1/chat/conversations/${id}`)).body;

/** It is refused, nothing is written and nobody is notified of it. */
async function refuse(body: object, code: string, paths: string[]): Promise<void> {
  const { ada, grace, stack } = workspace;
  const count = async () => {
    const [row] = await stack.database.sql`
      select (select count(*) from conversations)::int as conversations,
             (select count(*) from participants)::int as participants`;
    return row;
  };
  await withSockets(stack, [ada, grace], async (...sockets) => {
    const before = await count();
    const answer = await create<object>(ada, body);
    expectProblem(answer, 400, code);
    expect(pathsOf(answer)).toEqual(paths);
    expect(await count()).toEqual(before);
    const next = await groupOf(ada, [grace], "after a refusal");
    for (const socket of sockets) {
      await socket.event("conversation.created", (frame) => frame["conversation_id"] === next.id);
      expect(socket.events()).toHaveLength(1);
    }
  });
}

describe("200", () => {
  it("makes a direct conversation of two equals", async () => {
    const { ada } = workspace;
    const { status, body } = await create(ada, {
      type: "direct",
      participant_ids: [linus.id.toUpperCase()],
      metadata: { topic: "engines" },
    });
    expect(status).toBe(200);
    expect(body).toEqual({
      id: expect.stringMatching(/^[0-9a-f-]{14}7/),
      type: "direct",
      name: null,
      description: null,
      avatar_url: null,
      metadata: { topic: "engines" },
      created_by: ada.id,
      created_at: expect.any(String),
      updated_at: expect.any(String),
      last_seq: 0,
      last_change_seq: 0,
      last_receipt_seq: 0,
      last_message: null,
      participant_count: 2,
      participants_preview: [
        expect.objectContaining({ id: linus.id, display_name: "Linus" }),
        expect.objectContaining({ id: ada.id }),
      ],
      me: {
        role: "member",
        joined_at: expect.any(String),
        last_read_seq: 0,
        unread_count: 0,
        is_muted: false,
        muted_until: null,
        archived_at: null,
        capabilities: ["send", "delete_for_everyone"],
      },
    });
    expect(await get(ada, body.id)).toEqual(body);
    expect((await get(linus, body.id)).me).toEqual(body.me);
  });

  it("answers the one there is, whichever side asks, with what is in it by now", async () => {
    const { ada } = workspace;
    const { body: first } = await direct(ada, linus);
    const message = await say(linus, first.id, "Hello");
    for (const [by, other] of [
      [ada, linus],
      [linus, ada],
    ] as const) {
      const again = await direct(by, other);
      expect(again.status).toBe(200);
      expect(again.body).toMatchObject({ id: first.id, last_message: message, metadata: {} });
    }
  });

  it("makes one of twenty from both sides at once, and sends each side one event", async () => {
    const { ada, stack } = workspace;
    await withSockets(stack, [ada, linus], async (...sockets) => {
      const answers = await Promise.all(upTo(20).map((n) => (n % 2 === 0 ? direct(ada, linus) : direct(linus, ada))));
      const id = answers[0]?.body.id;
      for (const { status, body } of answers) expect([status, body.id]).toEqual([200, id]);
      const next = await groupOf(ada, [linus], "next");
      for (const socket of sockets) {
        for (const one of [id, next.id]) {
          await socket.event("conversation.created", (frame) => frame["conversation_id"] === one);
        }
        expect(socket.events()).toHaveLength(2);
      }
    });
    const { body } = await ada.call<{ items: Conversation[] }>("GET /v1/chat/conversations?q=Linus&type=direct");
    expect(body.items.filter(({ participants_preview: [other] }) => other?.id === linus.id)).toHaveLength(1);
  });

  it("makes a group that the caller owns, with what the roles allow", async () => {
    const { ada, grace } = workspace;
    const input = {
      type: "group",
      name: " Analytical Engines ",
      description: "All about\nengines",
      avatar_url: "https://example.com/engine.png",
      metadata: { color: "#123456" },
    };
    const { body } = await create(ada, { ...input, participant_ids: [grace.id, linus.id] });
    expect(body).toMatchObject({ ...input, participant_count: 3, created_by: ada.id, last_seq: 0 });
    expect(body.me.role).toBe("owner");
    expect(body.me.capabilities.sort()).toEqual([
      "add_participants",
      "delete_any_message",
      "delete_for_everyone",
      "leave",
      "remove_participants",
      "send",
      "update",
      "update_participants",
    ]);
    const theirs = await get(grace, body.id);
    expect(theirs.me.role).toBe("member");
    expect(theirs.me.capabilities).toEqual(["send", "leave"]);
  });

  it("takes those named twice once, and the caller as the owner", async () => {
    const { ada, grace } = workspace;
    const participant_ids = [grace.id, ada.id, grace.id.toUpperCase(), grace.id];
    const { body } = await create(ada, { type: "group", participant_ids });
    expect(body).toMatchObject({ name: null, participant_count: 2, me: { role: "owner" } });
    expect((await create(ada, { type: "group", participant_ids: [] })).body.participant_count).toBe(1);
  });

  it("makes two groups of the same people", async () => {
    const { ada, grace } = workspace;
    expect((await groupOf(ada, [grace])).id).not.toBe((await groupOf(ada, [grace])).id);
  });

  it("takes five hundred others", async () => {
    const { ada, stack } = workspace;
    const rows = await stack.database.sql<{ id: string }[]>`
      insert into users ${stack.database.sql(
        upTo(500).map((n) => ({
          tenant_id: ada.me.tenant.id,
          id: randomUUID(),
          display_name: `Crowd ${n}`,
          role: "member",
        })),
      )} returning id`;
    const participant_ids = rows.map(({ id }) => id);
    const { body } = await create(ada, { type: "group", participant_ids });
    expect(body.participant_count).toBe(501);
    expect(body.participants_preview).toHaveLength(5);
    expect(body.participants_preview.map(({ id }) => id)).not.toContain(ada.id);
    await refuse({ type: "group", participant_ids: [...participant_ids, linus.id] }, "validation_failed", [
      "participant_ids",
    ]);
  });

  it("answers the direct conversation that there is, also with somebody who has been deactivated since", async () => {
    const { ada, stack } = workspace;
    const leaver = await invite(stack, ada, "Leaver");
    const { body: first } = await create(ada, { type: "direct", participant_ids: [leaver.id] });
    await ada.call(`PATCH /auth/members/${leaver.id}`, { body: { deactivated: true } });
    const again = await create(ada, { type: "direct", participant_ids: [leaver.id] });
    expect(again).toMatchObject({ status: 200, body: { id: first.id } });
  });

  it("sends an event to all sessions of all participants, the caller's too, of what each will see", async () => {
    const { ada, grace, outsider, stranger, stack } = workspace;
    await withSockets(stack, [ada, ada, grace, linus, outsider, stranger], async (...sockets) => {
      const group = await groupOf(ada, [grace, linus]);
      for (const [index, person] of [ada, ada, grace, linus].entries()) {
        const frame = await sockets[index]?.event("conversation.created");
        expect(frame).toMatchObject({ s: 1, conversation_id: group.id, change_seq: 0, at: group.created_at });
        expect(frame?.["data"].conversation).toEqual(await get(person, group.id));
      }
      const others = [await groupOf(outsider, []), await groupOf(stranger, [])];
      for (const [index, { id }] of others.entries()) {
        const socket = sockets[index + 4];
        await socket?.event("conversation.created", (frame) => frame["conversation_id"] === id);
        expect(socket?.events()).toHaveLength(1);
      }
    });
  });
});

describe("400", () => {
  const two = [randomUUID(), randomUUID()];
  it.each([
    ["no type", { participant_ids: [] }, ["type"]],
    ["another type", { type: "channel", participant_ids: [] }, ["type"]],
    ["no participants", { type: "group" }, ["participant_ids"]],
    ["a participant that is no id", { type: "group", participant_ids: ["grace"] }, ["participant_ids.0"]],
    ["a direct one with nobody", { type: "direct", participant_ids: [] }, ["participant_ids"]],
    ["a direct one with two", { type: "direct", participant_ids: two }, ["participant_ids"]],
    ["a name on a direct one", { type: "direct", participant_ids: [two[0]], name: "We" }, ["name"]],
    ["a description on one", { type: "direct", participant_ids: [two[0]], description: "We" }, ["description"]],
    ["an empty name", { type: "group", participant_ids: [], name: "" }, ["name"]],
    ["a blank name", { type: "group", participant_ids: [], name: " \u200b" }, ["name"]],
    ["a long name", { type: "group", participant_ids: [], name: "💬".repeat(101) }, ["name"]],
    ["a long description", { type: "group", participant_ids: [], description: "x".repeat(1001) }, ["description"]],
    ["an address without https", { type: "group", participant_ids: [], avatar_url: "http://a.org" }, ["avatar_url"]],
    ["a script", { type: "group", participant_ids: [], avatar_url: "javascript:alert(1)" }, ["avatar_url"]],
    ["large metadata", { type: "group", participant_ids: [], metadata: { a: "ü".repeat(8_190) } }, ["metadata"]],
    ["metadata that is text", { type: "group", participant_ids: [], metadata: "{}" }, ["metadata"]],
    ["unknown fields", { type: "group", participant_ids: [], created_by: two[0] }, ["created_by"]],
  ])("validation_failed for %s", async (_name, body, paths) => {
    await refuse(body, "validation_failed", paths);
  });

  it("validation_failed for a direct one with oneself", async () => {
    const { ada } = workspace;
    await refuse({ type: "direct", participant_ids: [ada.id.toUpperCase()] }, "validation_failed", [
      "participant_ids.0",
    ]);
  });

  it("takes the largest metadata and names there are", async () => {
    const metadata = { a: "ü".repeat(8_188) };
    const name = "💬".repeat(100);
    const { body } = await create(workspace.ada, { type: "group", participant_ids: [], name, metadata });
    expect(body).toMatchObject({ name, metadata });
  });

  it("unknown_users names each by its position: unknown, of another workspace, deactivated", async () => {
    const { ada, grace, stranger } = workspace;
    await ada.call(`PATCH /auth/members/${linus.id}`, { body: { deactivated: true } });
    const participant_ids = [randomUUID(), grace.id, stranger.id, linus.id];
    await refuse({ type: "group", participant_ids }, "unknown_users", [
      "participant_ids.0",
      "participant_ids.2",
      "participant_ids.3",
    ]);
    for (const id of [participant_ids[0], stranger.id, linus.id]) {
      await refuse({ type: "direct", participant_ids: [id] }, "unknown_users", ["participant_ids.0"]);
    }
  });
});

describe("403", () => {
  it("you_blocked_user for a new direct conversation with somebody blocked; the one there is goes on being answered", async () => {
    const { grace } = workspace;
    await block(linus, grace);
    expectProblem((await direct(linus, grace)) as never, 403, "you_blocked_user");
    const { id } = await directBetween(grace, linus);
    expect((await direct(linus, grace)).body.id).toBe(id);
  });
});
