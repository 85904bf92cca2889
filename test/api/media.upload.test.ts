import { describe, expect, it } from "vitest";
import { picture } from "../files/pictures.js";
import { deleteMessage } from "../harness/actions.js";
import { confirm, download, mediaOf, note, put, ready, requestUpload, type Upload, upload } from "../harness/files.js";
import { groupOf, invite, say } from "../harness/people.js";
import { waitFor } from "../harness/waiting.js";
import { useWorkspace } from "../harness/workspace.js";

const workspace = useWorkspace();
const fresh = async (): Promise<Upload> =>
  (await requestUpload(await invite(workspace.stack, workspace.ada), note)).body;

/** With another character in the middle of the signature. */
function altered(url: string): string {
  const at = url.length - 10;
  return `${url.slice(0, at)}${url[at] === "A" ? "B" : "A"}${url.slice(at + 1)}`;
}

describe("an upload URL", () => {
  it("takes exactly what the URL was requested for, without a session", async () => {
    expect((await put(await fresh(), note.bytes)).ok).toBe(true);
  });

  it.each(["longer", "shorter"])("takes no %s body", async (how) => {
    const one = await fresh();
    const bytes = how === "longer" ? `${note.bytes}more` : String(note.bytes).slice(1);
    expect((await put(one, bytes)).ok).toBe(false);
  });

  it("takes no body of another type", async () => {
    const one = await fresh();
    expect((await put({ ...one, headers: { ...one.headers, "content-type": "text/html" } }, note.bytes)).ok).toBe(
      false,
    );
  });

  it("takes nothing when it was altered", async () => {
    const [one, two] = [await fresh(), await fresh()];
    expect((await put({ ...one, upload_url: altered(one.upload_url) }, note.bytes)).ok).toBe(false);
    // The path of another file, with the signature of this one.
    const [path, signature] = [two.upload_url.split("?")[0], one.upload_url.split("?")[1]];
    expect((await put({ ...one, upload_url: `${path}?${signature}` }, note.bytes)).ok).toBe(false);
  });

  it("hands nothing out", async () => {
    const one = await fresh();
    await put(one, note.bytes);
    expect((await download(one.upload_url)).status).toBeGreaterThanOrEqual(400);
  });

  it("changes nothing any more after the confirmation", async () => {
    const { ada } = workspace;
    for (const [file, other] of [
      [note, "Other words.\n"],
      [
        { bytes: await picture("png"), content_type: "image/png" },
        await picture("png").then((bytes) => bytes.fill(1, 8)),
      ],
    ] as const) {
      const { body } = await requestUpload(ada, file);
      await put(body, file.bytes);
      const media = (await confirm(ada, body.media_id)).body;
      const before = await download(media.cdn_url);
      await put(body, other);
      const after = (await confirm(ada, body.media_id)).body;
      expect((await download(after.cdn_url)).bytes.equals(before.bytes)).toBe(true);
    }
  });

  it("swapped while it is being confirmed, gives what was checked, or nothing yet", async () => {
    const { ada } = workspace;
    const page = "<html>!</html>";
    for (let round = 0; round < 10; round += 1) {
      const { body } = await requestUpload(ada, { ...note, bytes: "just 14 bytes\n" });
      await put(body, "just 14 bytes\n");
      const [answer] = await Promise.all([confirm(ada, body.media_id), put(body, page)]);
      expect([200, 409, 422, 503]).toContain(answer.status);
      if (answer.status === 200) {
        expect((await download(answer.body.cdn_url)).bytes.toString()).toBe("just 14 bytes\n");
      }
    }
  });
});

describe("a URL of a file", () => {
  it("gives nothing when it was altered, or is used for another file", async () => {
    const [one, two] = [await ready(workspace.ada), await ready(workspace.ada)];
    const url = one.cdn_url ?? "";
    expect((await download(altered(url))).status).toBeGreaterThanOrEqual(400);
    expect((await download(`${two.cdn_url?.split("?")[0]}?${url.split("?")[1]}`)).status).toBeGreaterThanOrEqual(400);
    expect((await download(url.split("?")[0] ?? "")).status).toBeGreaterThanOrEqual(400);
  });

  it("cannot be written to", async () => {
    const media = await ready(workspace.ada);
    const answer = await fetch(media.cdn_url ?? "", { method: "PUT", body: note.bytes as string });
    expect(answer.ok).toBe(false);
  });

  it("gives nothing any more when the last message with it was deleted for everyone", async () => {
    const { ada, grace } = workspace;
    const media = await ready(ada, { bytes: await picture("jpeg"), content_type: "image/jpeg" });
    const { id } = await groupOf(ada, [grace]);
    const message = await say(ada, id, "a picture", { media_ids: [media.id] });
    expect((await download(media.cdn_url)).status).toBe(200);
    await deleteMessage(ada, message.id, "for_everyone");
    for (const url of [media.cdn_url, media.thumbnail_url]) {
      await waitFor(async () => (await download(url)).status >= 400);
    }
    expect((await mediaOf(ada, media.id)).status).toBe(404);
  });
});

describe("what nobody confirms", () => {
  it("is removed after a day, with what was put, and not before", async () => {
    const { stack } = workspace;
    const by = await invite(stack, workspace.ada);
    const { sql } = stack.database;
    const [old, young] = [await upload(by), await upload(by)];
    const [row] = await sql`select upload_key from media where id = ${old}`;
    await sql`update media set created_at = now() - interval '24 hours 1 minute' where id = ${old}`;
    await sql`update media set created_at = now() - interval '23 hours 59 minutes' where id = ${young}`;
    await waitFor(async () => (await mediaOf(by, old)).status === 404);
    const waiting = async () => await sql`select from object_removals where key = ${row?.["upload_key"]}`;
    await waitFor(async () => (await waiting()).length === 0);
    expect((await confirm(by, old)).status).toBe(404);
    expect((await confirm(by, young)).body.status).toBe("ready");
  });
});

describe("what was in a deleted conversation", () => {
  it("is let go of, unless it is carried elsewhere", async () => {
    const { ada, grace, stack } = workspace;
    const [gone, kept] = [await ready(ada), await ready(ada)];
    const [ends, stays] = [await groupOf(ada, [grace]), await groupOf(ada, [grace])];
    const message = await say(ada, ends.id, "two files", { media_ids: [gone.id, kept.id] });
    const copy = await ada.call<{ results: { status: string }[] }>("POST /v1/chat/messages/forward", {
      body: { message_ids: [message.id], conversation_ids: [stays.id] },
    });
    expect(copy.body.results[0]?.status).toBe("sent");
    const other = await ready(ada);
    await say(ada, ends.id, "another", { media_ids: [other.id] });
    await ada.call(`DELETE /v1/chat/conversations/${ends.id}?scope=for_everyone`);
    expect((await mediaOf(ada, other.id)).status).toBe(404);
    await waitFor(async () => (await download(other.cdn_url)).status >= 400);
    for (const { id, cdn_url } of [gone, kept]) {
      expect((await mediaOf(grace, id)).status).toBe(200);
      expect((await download(cdn_url)).status).toBe(200);
    }
    const left = await stack.database.sql`select from attachments where conversation_id = ${ends.id}`;
    expect(left).toHaveLength(0);
  });
});
