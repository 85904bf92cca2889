import { createVero, isErrorOf, isVeroError, memoryTokens, type Vero, type VeroOptions } from "@vero/sdk";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Stack, startStack } from "../harness/stack.js";

let stack: Stack;
const open: Vero[] = [];
beforeAll(async () => {
  // The SDK takes the socket's address from the service, so the service must know its own.
  stack = await startStack();
});
afterAll(async () => {
  for (const vero of open) vero.close();
  await stack.close();
});

const client = (options: Partial<VeroOptions> = {}): Vero => {
  const vero = createVero({ baseUrl: stack.url, ...options });
  open.push(vero);
  return vero;
};

async function couple() {
  const ada = client();
  const grace = client();
  const tag = Math.random().toString(36).slice(2);
  const owner = await ada.auth.signup({
    email: `ada.${tag}@example.com`,
    password: "a passphrase for tests",
    display_name: "Ada",
    tenant_name: "Engines",
  });
  const { token } = await ada.auth.createInvite({ role: "member" });
  const member = await grace.auth.signup({
    email: `grace.${tag}@example.com`,
    password: "a passphrase for tests",
    display_name: "Grace",
    invite_token: token,
  });
  return { ada, grace, owner: owner.user, member: member.user };
}

describe("the SDK against the real service", () => {
  it("signs up, invites, talks and receives, live", async () => {
    const { ada, grace, owner, member } = await couple();
    const received: string[] = [];
    const appeared: string[] = [];
    grace.realtime.on("conversation.created", ({ data }) => appeared.push(data.conversation.id));
    const all = new Promise<void>((resolve) => {
      grace.realtime.on("message.created", ({ data }) => {
        received.push(data.message.text ?? "");
        if (received.length === 20) resolve();
      });
    });
    await Promise.all([ada.realtime.connect(), grace.realtime.connect()]);

    const conversation = await ada.conversations.create({ type: "direct", participant_ids: [member.id] });
    const lines = Array.from({ length: 20 }, (_, index) => `line ${index + 1}`);
    for (const text of lines) await ada.messages.send({ conversation_id: conversation.id, text });
    await all;
    expect(received).toEqual(lines);
    expect(appeared).toEqual([conversation.id]);

    const { items } = await grace.messages.list({ id: conversation.id });
    expect(items.map(({ seq, sender_id }) => [seq, sender_id])).toEqual(lines.map((_, at) => [at + 1, owner.id]));
  });

  it("sends over the socket as over REST", async () => {
    const { ada, member } = await couple();
    await ada.realtime.connect();
    const { id } = await ada.conversations.create({ type: "direct", participant_ids: [member.id] });
    const input = { conversation_id: id, text: "twice", client_message_id: "k" };
    const first = await ada.realtime.request("messages.send", input);
    expect(await ada.messages.send(input)).toEqual(first);
  });

  it("uploads a file, sends it, and the other side loads it", async () => {
    const { ada, grace, member } = await couple();
    const { id } = await ada.conversations.create({ type: "direct", participant_ids: [member.id] });
    const file = new File(["Hello in a file.\n"], "hello.txt", { type: "text/plain;charset=utf-8" });
    const media = await ada.media.upload(file);
    await ada.messages.send({ conversation_id: id, media_ids: [media.id] });
    const { items } = await grace.messages.list({ id });
    expect(items[0]).toMatchObject({ type: "media", attachments: [{ id: media.id, file_name: "hello.txt" }] });
    const { cdn_url } = await grace.media.get({ id: media.id });
    expect(await (await fetch(cdn_url ?? "")).text()).toBe("Hello in a file.\n");
    const refused = ada.media.upload(new Blob(["no image"], { type: "image/png" }));
    await expect(refused).rejects.toMatchObject({ code: "content_type_mismatch", status: 422 });
  });

  it("adds a file to a message that is there", async () => {
    const { ada, member } = await couple();
    const { id } = await ada.conversations.create({ type: "direct", participant_ids: [member.id] });
    const message = await ada.messages.send({ conversation_id: id, text: "a file follows" });
    const bytes = new TextEncoder().encode("a,b\n1,2\n");
    const media = await ada.media.upload(bytes, { fileName: "t.csv", contentType: "text/csv", messageId: message.id });
    expect((await ada.messages.get({ id: message.id })).attachments.map((one) => one.id)).toEqual([media.id]);
  });

  it("turns problems into typed errors", async () => {
    const { ada } = await couple();
    const failure = await ada.conversations
      .get({ id: "0199d0a3-5a10-7000-8000-000000000000" })
      .catch((error: unknown) => error);
    expect(isVeroError(failure, "conversation_not_found")).toBe(true);
    expect(failure).toMatchObject({ code: "conversation_not_found", status: 404, request_id: expect.any(String) });
  });

  it("renews its tokens and goes on with the new ones", async () => {
    const { ada } = await couple();
    const before = await ada.session.tokens();
    await ada.session.refresh();
    const answers = await Promise.all(Array.from({ length: 20 }, () => ada.auth.me()));
    expect(new Set(answers.map(({ session_id }) => session_id)).size).toBe(1);
    expect(await ada.session.tokens()).not.toEqual(before);
  });

  it("reads in an access token whose it is, and refuses the tokens of somebody else", async () => {
    const { ada, grace, owner, member } = await couple();
    const { user: _, ...ofAda } = (await ada.session.tokens())!;
    const tokenStore = memoryTokens(ofAda);
    const tab = client({ tokenStore });
    await tab.realtime.connect();
    expect(tab.session.userId).toBe(owner.id);
    await tokenStore.set(await grace.session.tokens());
    const { id } = await grace.conversations.create({ type: "direct", participant_ids: [owner.id] });
    const failure = await tab.messages.send({ conversation_id: id, text: "as whom?" }).catch((error: unknown) => error);
    expect(isErrorOf(failure, "messages.send") && failure.code).toBe("user_changed");
    expect(tab.connection.state).toMatchObject({ status: "ended", error: { code: "user_changed" } });
    expect((await grace.messages.list({ id })).items).toEqual([]);
    expect(member.id).not.toBe(owner.id);
  });

  it("walks through the messages of a conversation in both directions", async () => {
    const { ada, member } = await couple();
    const { id } = await ada.conversations.create({ type: "direct", participant_ids: [member.id] });
    for (let n = 1; n <= 7; n += 1) await ada.messages.send({ conversation_id: id, text: `${n}` });
    const walk = async (more: { after_seq: number } | { before_seq?: number }) => {
      const seqs: number[] = [];
      for await (const { seq } of ada.paginate(ada.messages.list, { id, limit: 3, ...more })) seqs.push(seq);
      return seqs;
    };
    expect(await walk({})).toEqual([7, 6, 5, 4, 3, 2, 1]);
    expect(await walk({ before_seq: 4 })).toEqual([3, 2, 1]);
    expect(await walk({ after_seq: 3 })).toEqual([4, 5, 6, 7]);
  });

  it("is notified when its session is ended elsewhere", async () => {
    const { ada } = await couple();
    const ended = new Promise<number | null>((resolve) => {
      ada.realtime.on("disconnected", ({ code }) => resolve(code));
    });
    await ada.realtime.connect();
    const { session_id } = await ada.auth.me();
    await ada.auth.revokeSession({ id: session_id });
    expect(await ended).toBe(4504);
  });
});
