import { randomUUID } from "node:crypto";
import type { Conversation, Message } from "@vero/contracts";
import { beforeEach, describe, expect, it } from "vitest";
import { expectProblem, pathsOf } from "../harness/accounts.js";
import { block, deleteMessage, type Forwarded, forward, react, removeFrom, update } from "../harness/actions.js";
import { conversationOf, messageOf, outlineOf, receivedUntilNow, refuses } from "../harness/observe.js";
import { directBetween, groupOf, invite, type Person, say } from "../harness/people.js";
import { historyOf, upTo, useWorkspace, withSockets } from "../harness/workspace.js";

const workspace = useWorkspace();
/** Ada and Grace talk here … */
let source: Conversation;
let [first, second]: Message[] = [];
/** … and Ada forwards to these: with the outsider, and with Grace. */
let far: Conversation;
let near: Conversation;
beforeEach(async () => {
  const { ada, grace, outsider } = workspace;
  source = await groupOf(grace, [ada]);
  first = await say(grace, source.id, "one", { mentions: [ada.id], metadata: { a: 1 } });
  second = await say(ada, source.id, "two", { client_message_id: "two", reply_to_message_id: first.id });
  far = await groupOf(ada, [outsider]);
  near = await groupOf(ada, [grace]);
});

const idOf = (message: Message | undefined): string => message?.id as string;
const originOf = (message: Message | undefined, sender_name: string) => ({
  message_id: message?.id,
  conversation_id: source.id,
  sender_id: message?.sender_id,
  sender_name,
  sent_at: message?.created_at,
});
const without = (origin: object) => ({ ...origin, message_id: null, conversation_id: null, sender_id: null });
const copiesIn = ({ results }: Forwarded, index = 0): Message[] => results[index]?.messages ?? [];

describe("200", () => {
  it("fails for a direct conversation with somebody blocked, and for no other", async () => {
    const { ada, stack } = workspace;
    const other = await invite(stack, ada, "Other");
    const { id } = await directBetween(ada, other);
    await block(ada, other);
    const { results } = (await forward(ada, [first?.id as string], [id, far.id])).body;
    expect(results).toMatchObject([
      { conversation_id: id, status: "failed", code: "you_blocked_user" },
      { conversation_id: far.id, status: "sent" },
    ]);
    expect(await historyOf(other, id)).toEqual([]);
  });

  it("copies each message to each conversation, in the order given, with nothing of the source but the words", async () => {
    const { ada, grace, outsider } = workspace;
    await react(grace, idOf(second), "👍");
    const { status, body } = await forward(ada, [idOf(second), idOf(first)], [near.id, far.id]);
    expect(status).toBe(200);
    expect(body.results.map(({ conversation_id, status }) => [conversation_id, status])).toEqual([
      [near.id, "sent"],
      [far.id, "sent"],
    ]);
    expect(copiesIn(body)).toEqual(
      [second, first].map((message, index) => ({
        id: expect.stringMatching(/^[0-9a-f-]{14}7/),
        conversation_id: near.id,
        seq: index + 1,
        change_seq: index + 1,
        sender_id: ada.id,
        client_message_id: null,
        type: "text",
        text: message?.text,
        attachments: [],
        reply_to: null,
        mentions: [],
        reactions: [],
        forwarded_from: originOf(message, index === 0 ? "Ada" : "Grace"),
        system: null,
        metadata: {},
        created_at: expect.any(String),
        edited_at: null,
        deleted_at: null,
        from_blocked_user: false,
      })),
    );
    expect(await historyOf(grace, near.id)).toEqual(copiesIn(body));
    expect(await historyOf(ada, far.id)).toEqual(copiesIn(body, 1));
    expect((await conversationOf(outsider, far.id)).me).toMatchObject({ unread_count: 2, last_read_seq: 0 });
    expect((await conversationOf(ada, far.id)).me).toMatchObject({ unread_count: 0, last_read_seq: 2 });
  });

  it("says where it comes from to those who see that, and to others only by whom and when", async () => {
    const { ada, grace, outsider, stack } = workspace;
    await withSockets(stack, [ada, ada, outsider, grace], async (...sockets) => {
      const { body } = await forward(ada, [idOf(first)], [far.id]);
      const [copy] = copiesIn(body);
      const seen = { ...(copy as Message), forwarded_from: without(originOf(first, "Grace")) };
      expect(copy?.forwarded_from).toEqual(originOf(first, "Grace"));
      for (const [index, received] of (await receivedUntilNow(ada, far.id, sockets.slice(0, 3))).entries()) {
        expect(outlineOf(received)).toEqual([["message.created", 1]]);
        expect(received[0]?.["data"]).toEqual({ message: index < 2 ? copy : seen });
      }
      expect(await messageOf(outsider, idOf(copy))).toEqual(seen);
      expect((await historyOf(outsider, far.id))[0]).toEqual(seen);
      expect(await receivedUntilNow(ada, near.id, sockets.slice(3))).toEqual([[]]);
    });
  });

  it("names the first origin of what was forwarded before, whoever forwards it", async () => {
    const { ada, grace, outsider } = workspace;
    const [copy] = copiesIn((await forward(ada, [idOf(first)], [far.id])).body);
    const own = await groupOf(outsider, [grace]);
    const [again] = copiesIn((await forward(outsider, [idOf(copy)], [own.id])).body);
    expect(again).toMatchObject({ text: "one", sender_id: outsider.id });
    expect(again?.forwarded_from).toEqual(without(originOf(first, "Grace")));
    expect((await messageOf(grace, idOf(again))).forwarded_from).toEqual(originOf(first, "Grace"));
  });

  it("keeps the words and the name as they were; the ids go with the sight of the origin", async () => {
    const { ada, grace } = workspace;
    const answer = await forward(ada, [idOf(first), idOf(second)], [near.id]);
    const origins = async (person: Person) =>
      (await historyOf(person, near.id)).map(({ text, forwarded_from }) => [text, forwarded_from]);
    const [one, two] = [originOf(first, "Grace"), originOf(second, "Ada")];
    await grace.call("PATCH /auth/profile", { body: { display_name: "Grace H." } });
    await deleteMessage(ada, idOf(second));
    expect(await origins(ada)).toEqual([
      ["one", one],
      ["two", without(two)],
    ]);
    expect(await origins(grace)).toEqual(copiesIn(answer.body).map((copy) => [copy.text, copy.forwarded_from]));
    await deleteMessage(grace, idOf(first), "for_everyone");
    expect(await origins(grace)).toEqual([
      ["one", without(one)],
      ["two", two],
    ]);
    await removeFrom(grace, source.id, grace.id);
    expect(await origins(grace)).toEqual([
      ["one", without(one)],
      ["two", without(two)],
    ]);
    await grace.call("PATCH /auth/profile", { body: { display_name: "Grace" } });
  });

  it("fails alone where the caller cannot write", async () => {
    const { ada, grace, outsider, stranger } = workspace;
    const [hidden, foreign] = [await groupOf(outsider, []), await groupOf(stranger, [])];
    const ids = [randomUUID(), hidden.id, near.id, foreign.id];
    const { body } = await forward(ada, [idOf(first)], ids);
    expect(body.results).toEqual(
      ids.map((conversation_id) =>
        conversation_id === near.id
          ? { conversation_id, status: "sent", messages: copiesIn(body, 2) }
          : { conversation_id, status: "failed", code: "conversation_not_found" },
      ),
    );
    expect(await historyOf(grace, near.id)).toHaveLength(1);
    expect(await historyOf(outsider, hidden.id)).toEqual([]);
    expect(await historyOf(stranger, foreign.id)).toEqual([]);
  });

  it("takes what is named twice once, and twenty of each", async () => {
    const { ada, grace } = workspace;
    const { body } = await forward(ada, [idOf(first), idOf(first).toUpperCase()], [near.id, near.id]);
    expect(body.results).toHaveLength(1);
    expect(await historyOf(grace, near.id)).toEqual(copiesIn(body));
    const messages = await Promise.all(upTo(20).map((n) => say(ada, source.id, `${n}`)));
    const targets = await Promise.all(upTo(20).map(() => groupOf(ada, [])));
    const [ids, conversationIds] = [messages, targets].map((list) => list.map(({ id }) => id)) as [string[], string[]];
    const { body: many } = await forward(ada, ids, conversationIds);
    expect(many.results.map(({ messages }) => messages?.map(({ text }) => text))).toEqual(
      targets.map(() => messages.map(({ text }) => text)),
    );
  });

  it("writes again when it is asked again without a key", async () => {
    const { ada } = workspace;
    for (const _ of [1, 2]) await forward(ada, [idOf(first)], [near.id]);
    expect(await historyOf(ada, near.id)).toHaveLength(2);
  });

  it("is there on the socket", async () => {
    const { ada, grace, stack } = workspace;
    await withSockets(stack, [ada], async (socket) => {
      const d = { message_ids: [idOf(first)], conversation_ids: [near.id] };
      const answer = await socket.request("messages.forward", d);
      expect(copiesIn(answer["d"])).toEqual(await historyOf(grace, near.id));
    });
  });
});

describe("400", () => {
  const ids = (count: number) => upTo(count).map(() => randomUUID());
  it.each([
    ["no messages", { message_ids: [] }, ["message_ids"]],
    ["21 messages", { message_ids: ids(21) }, ["message_ids"]],
    ["no conversations", { conversation_ids: [] }, ["conversation_ids"]],
    ["21 conversations", { conversation_ids: ids(21) }, ["conversation_ids"]],
    ["what is no id", { conversation_ids: ["x"] }, ["conversation_ids.0"]],
    ["an empty key", { client_forward_id: "" }, ["client_forward_id"]],
    ["a long key", { client_forward_id: "k".repeat(65) }, ["client_forward_id"]],
    ["unknown fields", { text: "look" }, ["text"]],
  ])("validation_failed for %s", async (_name, more, paths) => {
    const { ada, grace, stack } = workspace;
    const call = async () => {
      const answer = await forward(ada, [idOf(first)], [near.id], more);
      expect(pathsOf(answer)).toEqual(paths);
      return answer;
    };
    await refuses(stack, ada, near.id, [ada, grace], call, "validation_failed");
  });

  it("validation_failed for a system message, by its position; nothing is written", async () => {
    const { ada, grace, stack } = workspace;
    await update(grace, source.id, { name: "Renamed" });
    const system = (await historyOf(ada, source.id)).at(-1);
    const call = async () => {
      const answer = await forward(ada, [idOf(first), idOf(system)], [near.id]);
      expect(pathsOf(answer)).toEqual(["message_ids.1"]);
      return answer;
    };
    await refuses(stack, ada, near.id, [ada, grace], call, "validation_failed");
  });
});

describe("404", () => {
  it("message_not_found for one of several that cannot be read; nothing is written", async () => {
    const { ada, outsider, stranger, stack } = workspace;
    const target = await groupOf(ada, []);
    const hidden = await say(outsider, (await groupOf(outsider, [])).id, "hidden");
    const foreign = await say(stranger, (await groupOf(stranger, [])).id, "foreign");
    await deleteMessage(ada, idOf(second));
    for (const id of [randomUUID(), hidden.id, foreign.id, idOf(second)]) {
      const call = () => forward(ada, [idOf(first), id], [target.id]);
      await refuses(stack, ada, target.id, [ada], call, "message_not_found");
    }
    expectProblem(await forward(outsider, [idOf(first)], [far.id]), 404, "message_not_found");
  });

  it("message_not_found for who has left, also to where they still are", async () => {
    const { ada, grace, stack } = workspace;
    await removeFrom(ada, source.id, ada.id);
    const call = () => forward(ada, [idOf(first)], [near.id]);
    await refuses(stack, grace, near.id, [ada, grace], call, "message_not_found");
  });
});

describe("410", () => {
  it("message_deleted for one of several; nothing is written", async () => {
    const { ada, grace, stack } = workspace;
    await deleteMessage(ada, idOf(second), "for_everyone");
    const call = () => forward(ada, [idOf(first), idOf(second)], [near.id]);
    await refuses(stack, ada, near.id, [ada, grace], call, "message_deleted");
  });
});
