import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import { allTypes } from "../files/samples.js";
import { expectProblem, pathsOf } from "../harness/accounts.js";
import { confirm, mediaOf, note, put, requestUpload, type Upload } from "../harness/files.js";
import { invite, type Person } from "../harness/people.js";
import { upTo, useWorkspace } from "../harness/workspace.js";

const workspace = useWorkspace();
const somebody = (): Promise<Person> => invite(workspace.stack, workspace.ada);

const ask = <T = Upload>(by: Person, more: object) => requestUpload<T>(by, note, more);

describe("200", () => {
  it("says where and how to put the file, within a quarter of an hour", async () => {
    const by = await somebody();
    const { status, body } = await ask(by, { file_name: "Déjà vu.txt" });
    expect(status).toBe(200);
    expect(body).toMatchObject({ method: "PUT", headers: { "content-type": "text/plain" } });
    const seconds = (Date.parse(body.expires_at) - Date.now()) / 1_000;
    expect(seconds).toBeGreaterThan(14 * 60);
    expect(seconds).toBeLessThan(16 * 60);
    const { pathname } = new URL(body.upload_url);
    expect(decodeURIComponent(pathname)).not.toMatch(/vu|\.txt/);
    expect((await mediaOf(by, body.media_id)).body).toEqual({
      id: body.media_id,
      status: "pending",
      file_name: "Déjà vu.txt",
      content_type: "text/plain",
      size_bytes: 13,
      width: null,
      height: null,
      cdn_url: null,
      thumbnail_url: null,
      urls_expire_at: null,
      uploader_id: by.id,
      created_at: expect.any(String),
    });
  });

  it.each([
    ["image/jpeg", 25_000_000],
    ["video/mp4", 100_000_000],
    ["text/plain", 1],
  ])("for %s of %i bytes", async (content_type, size_bytes) => {
    expect((await ask(await somebody(), { content_type, size_bytes })).status).toBe(200);
  });

  it("drops what follows the type, and how it is written", async () => {
    const by = await somebody();
    const { body } = await ask(by, { content_type: "Text/Plain; charset=utf-8" });
    expect((await mediaOf(by, body.media_id)).body.content_type).toBe("text/plain");
  });

  it("keeps an ending of the type, and adds it to any other name", async () => {
    const by = await somebody();
    for (const [file_name, shown] of [
      ["NOTES.TXT", "NOTES.TXT"],
      ["notes.md", "notes.md"],
      ["notes", "notes.txt"],
      ["notes.pdf", "notes.pdf.txt"],
      ["🙂 👩‍🚀.txt", "🙂 👩🚀.txt"],
      [`${"long ".repeat(40)}.txt`, expect.stringMatching(/^(long ){5,}.*\.txt$/)],
    ]) {
      const { body } = await ask(by, { file_name });
      expect((await mediaOf(by, body.media_id)).body.file_name).toEqual(shown);
      await put(body, note.bytes);
      await confirm(by, body.media_id);
    }
  });
});

describe("400", () => {
  it.each([
    ["no size", { size_bytes: 0 }, ["size_bytes"]],
    ["half a byte", { size_bytes: 1.5 }, ["size_bytes"]],
    ["a hash in capitals", { sha256: "A".repeat(64) }, ["sha256"]],
    ["a key of their own", { key: "mine" }, ["key"]],
    ["a NUL in the name", { file_name: "a\0.txt" }, ["file_name"]],
    ["a name that is too long", { file_name: "a".repeat(256) }, ["file_name"]],
  ])("validation_failed for %s", async (_, more, paths) => {
    const answer = await ask<object>(workspace.grace, more);
    expectProblem(answer, 400, "validation_failed");
    expect(pathsOf(answer)).toEqual(paths);
  });
});

describe("409", () => {
  it("media_pending_limit for the 21st, however many are asked for at once", async () => {
    const by = await somebody();
    const answers = await Promise.all(upTo(30).map(() => ask<object & Partial<Upload>>(by, {})));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(20);
    for (const answer of answers) if (answer.status !== 200) expectProblem(answer, 409, "media_pending_limit");
    // Others have room of their own, and there is room again when one of them is done.
    expect((await ask(workspace.grace, {})).status).toBe(200);
    const open = answers.find(({ status }) => status === 200)?.body as Upload;
    await put(open, note.bytes);
    await confirm(by, open.media_id);
    expect((await ask(by, {})).status).toBe(200);
    expectProblem(await ask<object>(by, {}), 409, "media_pending_limit");
  });
});

describe("413", () => {
  it.each(allTypes)("media_too_large for %s of one byte more than its type allows", async (content_type) => {
    const size_bytes = content_type.startsWith("image/") ? 25_000_001 : 100_000_001;
    expectProblem(await ask<object>(workspace.grace, { content_type, size_bytes }), 413, "media_too_large");
    const most = Number.MAX_SAFE_INTEGER;
    expectProblem(await ask<object>(workspace.grace, { content_type, size_bytes: most }), 413, "media_too_large");
  });
});

describe("415", () => {
  it.each(["text/html", "image/svg+xml", "image/jpg", "text", ";", `x/${randomUUID()}`, "toString"])(
    "media_type_not_allowed for %s",
    async (content_type) => {
      expectProblem(await ask<object>(workspace.grace, { content_type }), 415, "media_type_not_allowed");
    },
  );
});
