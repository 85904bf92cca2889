import { randomUUID } from "node:crypto";
import type { Media, Message } from "@vero/contracts";
import { describe, expect, it } from "vitest";
import { expectProblem, pathsOf } from "../harness/accounts.js";
import { deleteMessage, edit, forward, sync } from "../harness/actions.js";
import type { Answer } from "../harness/client.js";
import { confirm, mediaOf, ready, upload, withoutSignature } from "../harness/files.js";
import { conversationOf, messageOf, refuses } from "../harness/observe.js";
import { groupOf, type Person, say } from "../harness/people.js";
import { findAll } from "../harness/search.js";
import { historyOf, upTo, useWorkspace, withSockets } from "../harness/workspace.js";

const workspace = useWorkspace();
const here = async () => groupOf(workspace.ada, [workspace.grace]);

// biome-ignore lint/suspicious/noExplicitAny: a message, or a problem
const send = (by: Person, body: object): Promise<Answer<any>> => by.call("POST /v1/chat/messages/send", { body });

/** One after the other: of those that wait to be confirmed there may not be as many as a message can carry. */
async function several(by: Person, count: number): Promise<Media[]> {
  const all: Media[] = [];
  for (const _ of upTo(count)) all.push(await ready(by));
  return all;
}
const idsOf = (media: readonly Media[]): string[] => media.map(({ id }) => id);
const filesOf = ({ attachments }: Message): object[] => attachments.map(withoutSignature);

describe("200", () => {
  it("shows the files, in their order, in every view of the message", async () => {
    const { ada, grace, stack } = workspace;
    const { id: conversation_id } = await here();
    const files = await several(ada, 3);
    const shown = files.map(withoutSignature);
    await withSockets(stack, [ada, grace], async (...sockets) => {
      const { body } = await send(ada, { conversation_id, text: "see files", media_ids: idsOf(files) });
      expect(body).toMatchObject({ type: "text", text: "see files" });
      expect(filesOf(body)).toEqual(shown);
      for (const socket of sockets) {
        const { data } = await socket.event("message.created", () => true);
        expect(filesOf(data.message)).toEqual(shown);
      }
      for (const person of [ada, grace]) {
        expect(filesOf(await messageOf(person, body.id))).toEqual(shown);
        expect((await historyOf(person, conversation_id)).map(filesOf)).toEqual([shown]);
        const { last_message } = await conversationOf(person, conversation_id);
        expect(filesOf(last_message as Message)).toEqual(shown);
        const synced = await sync(person, [{ conversation_id, last_seq: 0, last_change_seq: 0 }]);
        expect(synced.body.conversations[0]?.messages.map(filesOf)).toEqual([shown]);
        expect(filesOf(synced.body.conversations[0]?.conversation?.last_message as Message)).toEqual(shown);
        const found = await findAll(person, { q: "files", conversation_id, has: "media" });
        expect(found.map(({ message }) => filesOf(message))).toEqual([shown]);
      }
      const { body: edited } = await edit(ada, body.id, "edited");
      expect(filesOf(edited)).toEqual(shown);
      for (const socket of sockets) {
        const { data } = await socket.event("message.updated", () => true);
        expect(filesOf(data.message)).toEqual(shown);
      }
    });
  });

  it("is of type media without a text", async () => {
    const { ada } = workspace;
    const { id: conversation_id } = await here();
    const files = await several(ada, 30);
    const { status, body } = await send(ada, { conversation_id, media_ids: idsOf(files) });
    expect([status, body.type, body.text]).toEqual([200, "media", null]);
    expect(body.attachments).toHaveLength(30);
  });

  it("answers a repetition the same, and other files as another content", async () => {
    const { ada } = workspace;
    const { id: conversation_id } = await here();
    const [first, second] = await several(ada, 2);
    const body = { conversation_id, client_message_id: "k", media_ids: [first?.id] };
    const answers = await Promise.all(upTo(5).map(() => send(ada, body)));
    expect(new Set(answers.map((answer) => answer.body.id)).size).toBe(1);
    expect(await historyOf(ada, conversation_id)).toHaveLength(1);
    expectProblem(await send(ada, { ...body, media_ids: [second?.id] }), 409, "idempotency_conflict");
    await deleteMessage(ada, answers[0]?.body.id, "for_everyone");
    expect((await send(ada, body)).body).toMatchObject({ id: answers[0]?.body.id, attachments: [] });
  });

  it("forwards the same files", async () => {
    const { ada, grace } = workspace;
    const [from, to] = [await here(), await here()];
    const files = await several(ada, 2);
    const origin = await send(ada, { conversation_id: from.id, media_ids: idsOf(files) });
    const { body } = await forward(grace, [origin.body.id], [to.id, from.id]);
    for (const { messages } of body.results) {
      expect(messages?.map(({ type, attachments }) => [type, idsOf(attachments)])).toEqual([["media", idsOf(files)]]);
    }
    await deleteMessage(ada, origin.body.id, "for_everyone");
    expect((await messageOf(ada, origin.body.id)).attachments).toEqual([]);
    expect((await historyOf(ada, to.id)).map(({ attachments }) => idsOf(attachments))).toEqual([idsOf(files)]);
    // It belongs to the messages that carry it: its uploader cannot send it once more.
    const again = await send(ada, { conversation_id: from.id, media_ids: [files[0]?.id] });
    expectProblem(again, 409, "media_already_attached");
  });

  it("lets a file go when two messages that carry it are deleted at once", async () => {
    const { ada, grace } = workspace;
    for (const _ of upTo(5)) {
      const [one, two] = [await here(), await here()];
      const [file] = (await several(ada, 1)) as [Media];
      const origin = await send(ada, { conversation_id: one.id, media_ids: [file.id] });
      const { body } = await forward(ada, [origin.body.id], [two.id]);
      const copy = body.results[0]?.messages?.[0]?.id ?? "";
      const answers = await Promise.all([origin.body.id, copy].map((id) => deleteMessage(ada, id, "for_everyone")));
      expect(answers.map(({ status }) => status)).toEqual([204, 204]);
      for (const person of [ada, grace]) expect((await mediaOf(person, file.id)).status).toBe(404);
    }
  });
});

describe("400", () => {
  it("validation_failed for the same file twice", async () => {
    const { ada } = workspace;
    const { id: conversation_id } = await here();
    const { id } = await ready(ada);
    const answer = await send(ada, { conversation_id, media_ids: [id, id.toUpperCase()] });
    expectProblem(answer, 400, "validation_failed");
    expect(pathsOf(answer)).toEqual(["media_ids"]);
  });
});

describe("404", () => {
  it("media_not_found for what is another's, of another workspace, or nobody's", async () => {
    const { ada, grace, stranger, stack } = workspace;
    const { id: conversation_id } = await here();
    const own = await ready(ada);
    for (const id of [(await ready(grace)).id, (await ready(stranger)).id, await upload(grace), randomUUID()]) {
      const call = () => send(ada, { conversation_id, text: "x", media_ids: [own.id, id] });
      await refuses(stack, ada, conversation_id, [grace], call, "media_not_found");
    }
    expect((await send(ada, { conversation_id, media_ids: [own.id] })).status).toBe(200);
  });
});

describe("409", () => {
  it("media_not_ready for what is not confirmed, or was refused", async () => {
    const { ada, grace, stack } = workspace;
    const { id: conversation_id } = await here();
    const refused = await upload(ada, { bytes: "no image", content_type: "image/png" });
    await confirm(ada, refused);
    for (const id of [await upload(ada), refused]) {
      const call = () => send(ada, { conversation_id, media_ids: [id] });
      await refuses(stack, ada, conversation_id, [grace], call, "media_not_ready");
    }
  });

  it("media_already_attached for all but one of those who send it at the same time", async () => {
    const { ada } = workspace;
    const conversations = await Promise.all(upTo(4).map(here));
    for (const _ of upTo(5)) {
      const [first, second] = idsOf(await several(ada, 2));
      const sends = upTo(12).map((n) => {
        const media_ids = n % 2 === 0 ? [first, second] : [second, first];
        return send(ada, { conversation_id: conversations[n % conversations.length]?.id, media_ids });
      });
      const answers = await Promise.all(sends);
      expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
      for (const answer of answers) {
        if (answer.status !== 200) expectProblem(answer, 409, "media_already_attached");
      }
    }
  });
});

describe("a file that comes after its message", () => {
  const attach = (by: Person, id: string, message_id: string) => confirm<object>(by, id, { message_id });

  it("is added to it with its confirmation, and everyone is notified", async () => {
    const { ada, grace, stack } = workspace;
    const { id: conversation_id } = await here();
    const [first] = (await several(ada, 1)) as [Media];
    const message = await say(ada, conversation_id, "files follow", { media_ids: [first.id] });
    const late = await upload(ada);
    await withSockets(stack, [ada, grace], async (...sockets) => {
      const answers = await Promise.all(upTo(4).map(() => attach(ada, late, message.id)));
      for (const { status, body } of answers) expect([status, body]).toEqual([200, answers[0]?.body]);
      for (const socket of sockets) {
        const { data, change_seq } = await socket.event("message.updated", () => true);
        expect([change_seq, data.message.change_seq, data.message.type]).toEqual([2, 2, "text"]);
        expect(idsOf(data.message.attachments)).toEqual([first.id, late]);
      }
    });
    expect((await conversationOf(ada, conversation_id)).last_change_seq).toBe(2);
    expect(idsOf((await messageOf(grace, message.id)).attachments)).toEqual([first.id, late]);
  });

  it("message_not_found: not to another's message, a deleted one, one of the system, or none; and nothing is confirmed", async () => {
    const { ada, grace, stranger } = workspace;
    const { id } = await here();
    const deleted = await say(ada, id, "deleted");
    await deleteMessage(ada, deleted.id, "for_everyone");
    await ada.call(`PATCH /v1/chat/conversations/${id}`, { body: { name: "Renamed" } });
    const system = (await historyOf(ada, id)).at(-1) as Message;
    const abroad = await say(stranger, (await groupOf(stranger, [])).id, "abroad");
    const file = await upload(ada);
    for (const message of [await say(grace, id, "of Grace"), deleted, system, abroad, { id: randomUUID() }]) {
      expectProblem(await attach(ada, file, message.id), 404, "message_not_found");
    }
    expect((await mediaOf(ada, file)).body.status).toBe("pending");
  });

  it("media_already_attached when it is part of another; attachment_limit beyond thirty", async () => {
    const { ada } = workspace;
    const { id } = await here();
    const [one, two] = [await say(ada, id, "one"), await say(ada, id, "two")];
    const [file] = (await several(ada, 1)) as [Media];
    expect((await attach(ada, file.id, one.id)).status).toBe(200);
    expectProblem(await attach(ada, file.id, two.id), 409, "media_already_attached");
    const full = await say(ada, id, "full", { media_ids: idsOf(await several(ada, 30)) });
    expectProblem(await attach(ada, (await ready(ada)).id, full.id), 409, "attachment_limit");
    expectProblem(await send(ada, { conversation_id: id, media_ids: [file.id] }), 409, "media_already_attached");
  });
});
