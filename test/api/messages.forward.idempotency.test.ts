import type { Conversation, Message } from "@vero/contracts";
import { beforeEach, describe, expect, it } from "vitest";
import { addTo, deleteMessage, forward, react, removeFrom } from "../harness/actions.js";
import { changesNothing, messageOf, refuses } from "../harness/observe.js";
import { groupOf, say } from "../harness/people.js";
import { historyOf, upTo, useWorkspace, withSockets } from "../harness/workspace.js";

const workspace = useWorkspace();
let target: Conversation;
/** Where the outsider talks with Grace, until Ada is added. */
let closed: Conversation;
let [first, second]: Message[] = [];
beforeEach(async () => {
  const { ada, grace, outsider } = workspace;
  const source = await groupOf(ada, []);
  first = await say(ada, source.id, "one");
  second = await say(ada, source.id, "two");
  target = await groupOf(ada, [grace]);
  closed = await groupOf(outsider, [grace]);
});

const ids = (): string[] => [first, second].map((message) => message?.id as string);
/** A key of its own for each test. */
const key = () => ({ client_forward_id: target.id });
const forwardTo = (targets: readonly Conversation[], message_ids = ids()) =>
  forward(
    workspace.ada,
    message_ids,
    targets.map(({ id }) => id),
    key(),
  );

describe("200", () => {
  it("answers the messages there are, and notifies nobody again", async () => {
    const { ada, grace, stack } = workspace;
    const { body } = await forwardTo([target]);
    await changesNothing(stack, grace, target.id, [ada, grace], async () => {
      for (const _ of [1, 2]) {
        expect(await forwardTo([target])).toMatchObject({ status: 200, body });
      }
    });
  });

  it("also after the sources were deleted, with the copies as they are by then", async () => {
    const { ada, grace, stack } = workspace;
    const { body } = await forwardTo([target]);
    const copies = body.results[0]?.messages ?? [];
    await react(grace, copies[0]?.id as string, "👍");
    for (const id of ids()) await deleteMessage(ada, id, "for_everyone");
    await changesNothing(stack, grace, target.id, [ada, grace], async () => {
      const again = await forwardTo([target]);
      expect(again.status).toBe(200);
      const now = await Promise.all(copies.map(({ id }) => messageOf(ada, id)));
      expect(again.body.results).toEqual([{ conversation_id: target.id, status: "sent", messages: now }]);
      expect(now.map(({ text, reactions }) => [text, reactions.length])).toEqual([
        ["one", 1],
        ["two", 0],
      ]);
    });
  });

  it("tries those again that failed, and only those", async () => {
    const { ada, grace, outsider, stack } = workspace;
    const before = (await forwardTo([target, closed])).body;
    expect(before.results.map(({ status }) => status)).toEqual(["sent", "failed"]);
    await addTo(outsider, closed.id, [ada.id]);
    await changesNothing(stack, grace, target.id, [], async () => {
      const { body } = await forwardTo([target, closed]);
      expect(body.results[0]).toEqual(before.results[0]);
      expect(body.results[1]).toMatchObject({ conversation_id: closed.id, status: "sent" });
      expect((await historyOf(ada, closed.id)).slice(-2)).toEqual(body.results[1]?.messages);
      expect((await forwardTo([target, closed])).body).toEqual(body);
    });
    expect((await historyOf(grace, closed.id)).map(({ type }) => type)).toEqual(["system", "text", "text"]);
  });

  it("says what is wrong with the sources by now only where they were still to be written", async () => {
    const { ada, outsider } = workspace;
    const before = (await forwardTo([target, closed])).body;
    await addTo(outsider, closed.id, [ada.id]);
    await deleteMessage(ada, first?.id as string, "for_everyone");
    const { status, body } = await forwardTo([target, closed]);
    expect([status, body.results]).toEqual([
      200,
      [
        { ...before.results[0], messages: await historyOf(ada, target.id) },
        { conversation_id: closed.id, status: "failed", code: "message_deleted" },
      ],
    ]);
    expect((await historyOf(ada, closed.id)).map(({ type }) => type)).toEqual(["system"]);
  });

  it("shows nothing any more of a conversation that the caller has left since", async () => {
    const { ada } = workspace;
    const { body } = await forwardTo([target]);
    expect(body.results[0]?.status).toBe("sent");
    await removeFrom(ada, target.id, ada.id);
    expect((await forwardTo([target])).body.results).toEqual([
      { conversation_id: target.id, status: "failed", code: "conversation_not_found" },
    ]);
  });

  it("writes once when it is asked for twenty times at once", async () => {
    const { grace, stack } = workspace;
    const both = [target, await groupOf(workspace.ada, [grace])];
    await withSockets(stack, [grace], async (socket) => {
      const answers = await Promise.all(upTo(20).map(() => forwardTo(both)));
      for (const { status, body } of answers) expect([status, body]).toEqual([200, answers[0]?.body]);
      for (const [index, { id }] of both.entries()) {
        expect(await historyOf(grace, id)).toHaveLength(2);
        const last = answers[0]?.body.results[index]?.messages?.at(-1)?.id;
        await socket.event("message.created", (frame) => frame["data"].message.id === last);
      }
      expect(socket.events("message.created")).toHaveLength(4);
    });
  });

  it("takes the keys of others as theirs", async () => {
    const { ada, grace } = workspace;
    await forwardTo([target]);
    const [mine] = await historyOf(ada, target.id);
    const { body } = await forward(grace, [mine?.id as string], [target.id], key());
    expect(body.results[0]).toMatchObject({ status: "sent", messages: [{ seq: 3, text: "one" }] });
  });
});

describe("409", () => {
  it("idempotency_conflict for other messages, another order or other conversations; nothing is written", async () => {
    const { ada, grace, stack } = workspace;
    const other = await groupOf(ada, [grace]);
    await forwardTo([target]);
    for (const call of [
      () => forwardTo([target], ids().slice(1)),
      () => forwardTo([target], ids().reverse()),
      () => forwardTo([other]),
      () => forwardTo([target, other]),
    ]) {
      await refuses(stack, grace, target.id, [ada, grace], call, "idempotency_conflict");
      expect((await historyOf(ada, other.id)).length).toBe(0);
    }
  });

  it("idempotency_conflict for all but one of two contents, asked for at once", async () => {
    const { grace } = workspace;
    const answers = await Promise.all(upTo(10).map((n) => forwardTo([target], n % 2 === 0 ? ids() : ids().slice(1))));
    expect(answers.map(({ status }) => status).sort()).toEqual(upTo(10).map((n) => (n <= 5 ? 200 : 409)));
    const history = await historyOf(grace, target.id);
    const sent = answers.find(({ status }) => status === 200)?.body.results[0]?.messages;
    expect(history).toHaveLength(sent?.length ?? 0);
  });
});
