import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import { expectProblem } from "../harness/accounts.js";
import { addTo, deleteConversation, deleteMessage, forward, removeFrom } from "../harness/actions.js";
import type { Answer } from "../harness/client.js";
import { mediaOf, ready, upload } from "../harness/files.js";
import { directBetween, groupOf, invite, type Person, say } from "../harness/people.js";
import { useWorkspace, withoutRequestId } from "../harness/workspace.js";

const workspace = useWorkspace();
let unknown: Answer<unknown>;
beforeAll(async () => {
  unknown = await mediaOf(workspace.ada, randomUUID());
});

const sees = async (person: Person, id: string): Promise<void> => {
  const { status, body } = await mediaOf(person, id);
  expect([status, body.id]).toEqual([200, id]);
  expect(body.cdn_url).toEqual(expect.any(String));
};
const seesNothing = async (person: Person, id: string): Promise<void> =>
  expect(withoutRequestId(await mediaOf(person, id))).toEqual(withoutRequestId(unknown));

/** A file of Ada's in a message to the others. */
async function sent(others: readonly Person[]) {
  const { ada } = workspace;
  const media = await ready(ada);
  const group = await groupOf(ada, others);
  const message = await say(ada, group.id, "with a file", { media_ids: [media.id] });
  return { media, group, message };
}

describe("200", () => {
  it("shows the uploader the file in every state, and for some minutes at the same URLs", async () => {
    const { ada } = workspace;
    const id = await upload(ada);
    expect((await mediaOf(ada, id)).body).toMatchObject({ status: "pending", cdn_url: null });
    const media = await ready(ada);
    const { body } = await mediaOf(ada, media.id);
    expect(body).toMatchObject({ status: "ready", id: media.id });
    if (body.urls_expire_at === media.urls_expire_at) expect(body).toEqual(media);
    const minutes = (Date.parse(body.urls_expire_at ?? "") - Date.now()) / 60_000;
    expect(minutes).toBeGreaterThan(14.9);
    expect(minutes).toBeLessThan(20.1);
  });

  it("shows it to whoever can see a message that carries it, also where it was forwarded to", async () => {
    const { ada, grace, outsider } = workspace;
    const { media, message } = await sent([grace]);
    await sees(grace, media.id);
    await seesNothing(outsider, media.id);
    const direct = await directBetween(grace, outsider);
    const { body } = await forward(grace, [message.id], [direct.id]);
    await sees(outsider, media.id);
    // The origin goes, the copy carries it still.
    await deleteMessage(ada, message.id, "for_everyone");
    for (const person of [ada, grace, outsider]) await sees(person, media.id);
    await deleteMessage(grace, body.results[0]?.messages?.[0]?.id ?? "", "for_everyone");
    for (const person of [ada, grace, outsider]) await seesNothing(person, media.id);
  });

  it("shows it to the uploader also where they have left", async () => {
    const { ada, grace } = workspace;
    const { media, group } = await sent([grace]);
    await removeFrom(ada, group.id, ada.id);
    for (const person of [ada, grace]) await sees(person, media.id);
  });
});

describe("404", () => {
  it("media_not_found to all who do not see a message with it, as for an id that does not exist", async () => {
    const { grace, outsider, stranger } = workspace;
    expectProblem(unknown as Answer<object>, 404, "media_not_found");
    const { media } = await sent([grace]);
    for (const person of [outsider, stranger]) await seesNothing(person, media.id);
  });

  it("for a file that is in no message yet, or was refused", async () => {
    const { ada, grace, stranger } = workspace;
    const ids = [await upload(ada), (await ready(ada)).id];
    for (const id of ids) for (const person of [grace, stranger]) await seesNothing(person, id);
  });

  it("to who was removed, has left, or joined after it", async () => {
    const { ada, grace, outsider, stack } = workspace;
    const third = await invite(stack, ada);
    const { media, group } = await sent([grace, third]);
    await sees(third, media.id);
    await removeFrom(ada, group.id, grace.id);
    await removeFrom(third, group.id, third.id);
    await addTo(ada, group.id, [outsider.id], { history: "from_join" });
    for (const person of [grace, third, outsider]) await seesNothing(person, media.id);
  });

  it("to who has deleted the message, or the conversation, for themselves", async () => {
    const { ada, grace, outsider } = workspace;
    const { media, group, message } = await sent([grace, outsider]);
    await deleteMessage(grace, message.id);
    await deleteConversation(outsider, group.id);
    for (const person of [grace, outsider]) await seesNothing(person, media.id);
    await sees(ada, media.id);
  });

  it("to everybody, when the conversation was deleted for everyone", async () => {
    const { ada, grace } = workspace;
    const { media, group } = await sent([grace]);
    await deleteConversation(ada, group.id, "for_everyone");
    for (const person of [ada, grace]) await seesNothing(person, media.id);
  });
});
