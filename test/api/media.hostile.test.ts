import { errorTable, type Media } from "@vero/contracts";
import { describe, expect, it } from "vitest";
import { type Harmless, type Hostile, hostile, script } from "../files/hostile.js";
import { expectProblem } from "../harness/accounts.js";
import { confirm, download, type File, mediaOf, requestUpload, upload } from "../harness/files.js";
import { useWorkspace } from "../harness/workspace.js";

const workspace = useWorkspace();

const isOfFile = (outcome: Hostile["outcome"]): outcome is Extract<Hostile["outcome"], `${string}_${string}`> =>
  typeof outcome === "string";

/** Nothing of it can be had, by any way. */
async function expectRejected(file: File, code: "content_type_mismatch" | "image_too_large"): Promise<void> {
  const { ada } = workspace;
  const id = await upload(ada, file);
  for (let time = 0; time < 2; time += 1) expectProblem(await confirm<object>(ada, id), 422, code);
  const { body } = await mediaOf(ada, id);
  expect(body).toMatchObject({ status: "rejected", cdn_url: null, thumbnail_url: null, urls_expire_at: null });
}

/** Expects headers under which no browser runs anything of the file. */
async function expectHarmless(file: File, { as }: Harmless): Promise<void> {
  const { ada } = workspace;
  const { status, body } = await confirm<Media>(ada, await upload(ada, file));
  expect([status, body.file_name, body.content_type]).toEqual([200, as, file.content_type]);
  const { headers, bytes } = await download(body.cdn_url);
  expect(headers.get("content-type")).toBe(file.content_type);
  const isImage = file.content_type.startsWith("image/");
  expect(headers.get("content-disposition")).toMatch(isImage ? /^inline; filename=/ : /^attachment; filename=/);
  if (isImage) {
    expect(bytes.includes(script)).toBe(false);
    const thumbnail = await download(body.thumbnail_url);
    expect(thumbnail.headers.get("content-type")).toBe("image/webp");
    expect(thumbnail.bytes.subarray(8, 12).toString()).toBe("WEBP");
  }
}

describe("hostile files", () => {
  it("are many, and of all kinds", () => {
    expect(hostile.length).toBeGreaterThan(60);
    expect(new Set(hostile.map(({ name }) => name)).size).toBe(hostile.length);
  });

  it.each(hostile)("$name: $outcome", async ({ file: make, outcome }) => {
    const file = await make();
    if (!isOfFile(outcome)) return expectHarmless(file, outcome);
    if (outcome === "content_type_mismatch" || outcome === "image_too_large") return expectRejected(file, outcome);
    expectProblem(await requestUpload<object>(workspace.ada, file), errorTable[outcome].status, outcome);
  });
});
