import { mkdtempSync, rmSync } from "node:fs";
import { readdir, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { problem } from "@vero/contracts";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { waitFor } from "../../../../test/harness/waiting.js";
import type { ObjectStore } from "../../src/index.js";
import { startChild } from "./child.js";
import { bytes, origin, serveStore } from "./host.js";
import { type Answer, get, open, put } from "./transfers.js";

const folder = mkdtempSync(join(tmpdir(), "vero-objects-"));
let store: ObjectStore;
let close: () => Promise<void>;
beforeAll(async () => {
  ({ store, close } = await serveStore({ VERO_OBJECTS_DIR: folder }));
});
afterAll(async () => {
  await close();
  rmSync(folder, { recursive: true });
});

const at = "tests/a-file";
const inAMinute = (): Date => new Date(Date.now() + 60_000);
const ago = (): Date => new Date(Date.now() - 1_000);
const upload = (expires_at = inAMinute()) =>
  store.signUpload(at, { content_type: "text/plain", size_bytes: 10, expires_at });
async function download(expires_at = inAMinute()): Promise<string> {
  await store.write(at, Buffer.from("0123456789"), { content_type: "text/plain", size_bytes: 10 });
  return store.signDownload(at, { content_type: "text/plain", file_name: "a", disposition: "inline", expires_at });
}

function expectProblem({ status, headers, body }: Answer, expected: number, code: string): void {
  expect([status, headers["content-type"]]).toEqual([expected, "application/problem+json; charset=utf-8"]);
  expect(problem.parse(JSON.parse(body.toString()))).toMatchObject({ status: expected, code });
  expect(headers["cache-control"]).toBe("no-store");
}

describe("what is refused says why", () => {
  it.each([
    ["longer", "0123456789+", {}, 413, "payload_too_large"],
    ["shorter", "012345678", {}, 422, "size_mismatch"],
    ["of unknown length", bytes(10), {}, 422, "size_mismatch"],
    ["of another type", "0123456789", { "content-type": "image/png" }, 422, "content_type_mismatch"],
  ] as const)("an upload that is %s", async (_, body, more, status, code) => {
    const { url, headers } = await upload();
    expectProblem(await put(url, { ...headers, ...more }, body), status, code);
  });

  it("a URL that has expired", async () => {
    const { url, headers } = await upload(ago());
    expectProblem(await put(url, headers, "0123456789"), 403, "url_expired");
    expectProblem(await get(await download(ago())), 403, "url_expired");
  });

  it("a URL that is not as it was signed", async () => {
    const { url, headers } = await upload();
    expectProblem(await put(url.replace("a-file", "b-file"), headers, "0123456789"), 403, "invalid_signature");
    expectProblem(await put(url.replace("a-file", "..%2fb"), headers, "0123456789"), 403, "invalid_signature");
    expectProblem(await put(url.replace("a-file", "b%00"), headers, "0123456789"), 403, "invalid_signature");
    expectProblem(await get(`${await download()}&token=x`), 403, "invalid_signature");
    expectProblem(await get((await download()).split("?", 1)[0] ?? ""), 403, "invalid_signature");
    expectProblem(await get(url), 403, "invalid_signature");
  });

  it("a token without a signature, or of another secret", async () => {
    const [head, claims] = (await download()).split("token=")[1]?.split(".") ?? [];
    const none = Buffer.from('{"alg":"none"}').toString("base64url");
    for (const token of [`${none}.${claims}.`, `${head}.${claims}.`, `${head}.${claims}`]) {
      const url = (await download()).replace(/token=.*/, `token=${token}`);
      expectProblem(await get(url), 403, "invalid_signature");
    }
  });

  it("what is not there, and other methods", async () => {
    const url = await download();
    await store.delete([at]);
    expectProblem(await get(url), 404, "object_not_found");
    const answer = await get(url, {}, "DELETE");
    expectProblem(answer, 405, "method_not_allowed");
    expect(answer.headers.allow?.split(", ").sort()).toEqual(["GET", "HEAD", "OPTIONS", "PUT"]);
  });

  it("a part that is not there, and how much is", async () => {
    const answer = await get(await download(), { range: "bytes=10-12" });
    expectProblem(answer, 416, "range_not_satisfiable");
    expect(answer.headers["content-range"]).toBe("bytes */10");
  });
});

describe("a download", () => {
  it("does nothing in a browser but show", async () => {
    const { headers } = await get(await download(), { origin });
    expect(headers).toMatchObject({
      "x-content-type-options": "nosniff",
      "content-security-policy": "sandbox; default-src 'none'",
      "cross-origin-resource-policy": "cross-origin",
      "access-control-allow-origin": origin,
      "accept-ranges": "bytes",
    });
    const [, age] = /^private, max-age=(\d+)$/.exec(headers["cache-control"] ?? "") ?? [];
    expect(Number(age)).toBeGreaterThan(50);
    expect(Number(age)).toBeLessThanOrEqual(60);
  });

  it("HEAD says all but the bytes", async () => {
    const url = await download();
    const [whole, head] = [await get(url), await get(url, {}, "HEAD")];
    expect([head.status, head.body.length]).toEqual([200, 0]);
    for (const name of ["content-type", "content-length", "content-disposition", "etag"]) {
      expect(head.headers[name]).toBe(whole.headers[name]);
    }
  });

  it.each([
    ["bytes=0-0", "0", "bytes 0-0/10"],
    ["bytes=8-", "89", "bytes 8-9/10"],
    ["bytes=8-100", "89", "bytes 8-9/10"],
    ["bytes=-2", "89", "bytes 8-9/10"],
    ["bytes=-100", "0123456789", "bytes 0-9/10"],
  ])("hands out %s", async (range, content, said) => {
    const { status, headers, body } = await get(await download(), { range });
    expect([status, body.toString(), headers["content-range"]]).toEqual([206, content, said]);
    expect(headers["content-length"]).toBe(String(content.length));
  });

  it.each(["bytes=0-1,3-4", "lines=1-2", "bytes=x", "bytes"])("hands out all for %s", async (range) => {
    const { status, headers, body } = await get(await download(), { range });
    expect([status, body.toString()]).toEqual([200, "0123456789"]);
    expect(headers["content-range"]).toBeUndefined();
  });

  it("hands out a part only of what the rest was of", async () => {
    const url = await download();
    const etag = (await get(url)).headers.etag ?? "";
    expect((await get(url, { range: "bytes=1-2", "if-range": etag })).status).toBe(206);
    for (const other of ['"another"', `W/${etag}`, new Date().toUTCString()]) {
      expect((await get(url, { range: "bytes=1-2", "if-range": other })).status).toBe(200);
    }
  });

  it("is not repeated for who has it", async () => {
    const url = await download();
    const etag = (await get(url)).headers.etag ?? "";
    const again = await get(url, { "if-none-match": etag });
    expect([again.status, again.body.length, again.headers.etag]).toEqual([304, 0, etag]);
    await store.write(at, Buffer.from("9876543210"), { content_type: "text/plain", size_bytes: 10 });
    expect((await get(url, { "if-none-match": etag })).status).toBe(200);
  });
});

describe("browsers of other origins", () => {
  it("may put what they were given a URL for", async () => {
    const { url, headers } = await upload();
    const preflight = await get(
      url,
      { origin, "access-control-request-method": "PUT", "access-control-request-headers": "content-type" },
      "OPTIONS",
    );
    expect(preflight.status).toBe(204);
    expect(preflight.headers["access-control-allow-origin"]).toBe(origin);
    expect(preflight.headers["access-control-allow-methods"]).toContain("PUT");
    expect(preflight.headers["access-control-allow-headers"]).toContain("content-type");
    await store.delete([at]);
    const answer = await put(url, { ...headers, origin }, "0123456789");
    expect([answer.status, answer.headers["access-control-allow-origin"]]).toEqual([204, origin]);
  });

  it("may not when they are not of those that are allowed", async () => {
    const { url, headers } = await upload();
    const answer = await put(url, { ...headers, origin: "https://elsewhere.example.com" }, "0123456789");
    expect(answer.headers["access-control-allow-origin"]).toBeUndefined();
  });
});

describe("an upload that is under way", () => {
  it("is refused a second time at once, and can be put again when it breaks off", async () => {
    const size = 20_000;
    const one = `${at}-once`;
    const terms = { content_type: "text/plain", size_bytes: size, expires_at: inAMinute() };
    const { url, headers } = await store.signUpload(one, terms);
    const first = open(url, "PUT", { ...headers, "content-length": size });
    first.write(Buffer.alloc(size / 2));
    const locks = () => readdir(join(folder, ".locks"));
    await waitFor(async () => (await locks()).length === 1);
    const sent = { ...headers, "content-length": size };
    for (let time = 0; time < 3; time += 1) expectProblem(await put(url, sent, bytes(size)), 409, "upload_in_progress");
    first.destroy();
    await waitFor(async () => (await locks()).length === 0);
    expect((await put(url, sent, bytes(size))).status).toBe(204);
    expectProblem(await put(url, sent, bytes(size)), 409, "already_uploaded");
  });

  it("is no longer so a minute after the process that took it has died", async () => {
    const one = `${at}-left`;
    const path = join(folder, ".locks", one.replaceAll("/", "_"));
    await writeFile(path, "");
    const { url, headers } = await store.signUpload(one, {
      content_type: "text/plain",
      size_bytes: 10,
      expires_at: inAMinute(),
    });
    expectProblem(await put(url, headers, "0123456789"), 409, "upload_in_progress");
    const before = new Date(Date.now() - 61_000);
    await utimes(path, before, before);
    expect((await put(url, headers, "0123456789")).status).toBe(204);
  });
});

describe("a disk that takes no more", () => {
  it("is 503, keeps what there was, and nothing of the rest", async () => {
    const full = mkdtempSync(join(tmpdir(), "vero-objects-"));
    // Writing fails in the middle of a file, as on a disk that is full: at 2 or 4 MB, depending on the shell's unit.
    const child = await startChild({ VERO_OBJECTS_DIR: full }, "4096");
    onTestFinished(async () => {
      await child.stop();
      rmSync(full, { recursive: true });
    });
    const [small, large] = [5, 8 * 1024 * 1024];
    const expires_at = inAMinute();
    const ofSmall = await child.call("signUpload", at, { content_type: "text/plain", size_bytes: small, expires_at });
    expect((await put(ofSmall.url, ofSmall.headers, "hello")).status).toBe(204);
    const { url, headers } = await child.call("signUpload", `${at}-large`, {
      content_type: "text/plain",
      size_bytes: large,
      expires_at,
    });
    const answer = await put(url, { ...headers, "content-length": large }, bytes(large));
    expectProblem(answer, 503, "unavailable");
    expect(answer.headers["retry-after"]).toBe("5");
    await expect(child.call("write", at, large)).rejects.toThrow("unavailable");
    expect(await readdir(join(full, ".incoming"))).toEqual([]);
    expect(await child.call("read", at)).toBe(small);
  });
});
