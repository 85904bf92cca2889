import { randomBytes, randomUUID } from "node:crypto";
import { readdir } from "node:fs/promises";
import { request } from "node:http";
import { createLogger, createObjectStore, type ObjectStore } from "@vero/server";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Stack, startStack } from "../harness/stack.js";
import { waitFor } from "../harness/waiting.js";

const origin = "https://app.example.com";
const MB = 1024 * 1024;

let stack: Stack;
/** As the messaging service has it: over the same folder, with the same secret. */
let store: ObjectStore;
beforeAll(async () => {
  stack = await startStack({ VERO_CORS_ORIGINS: origin });
  store = await createObjectStore({
    config: { VERO_OBJECTS_DIR: stack.objects },
    publicUrl: stack.issuer,
    secret: stack.secret,
    log: createLogger({ level: "silent", name: "test" }),
  });
});
afterAll(() => stack.close());

const inAMinute = (): Date => new Date(Date.now() + 60_000);
const key = (): string => `tests/${randomUUID()}`;
const upload = (at: string, size_bytes: number) =>
  store.signUpload(at, { content_type: "video/mp4", size_bytes, expires_at: inAMinute() });
const download = (at: string) =>
  store.signDownload(at, {
    content_type: "video/mp4",
    file_name: "a.mp4",
    disposition: "inline",
    expires_at: inAMinute(),
  });

describe("a path that climbs out", () => {
  it.each(["..%2fx", "%2e%2e/x", "..%5cx"])("%s leads nowhere", async (path) => {
    const { status, body } = await new Promise<{ status: number; body: string }>((resolve, reject) => {
      // By hand: a client of ours would take the dots away.
      const { hostname, port } = new URL(stack.url);
      request({ hostname, port, path: `/v1/chat/objects/${path}` }, (answer) => {
        let text = "";
        answer.on("data", (chunk) => {
          text += chunk;
        });
        answer.on("end", () => resolve({ status: answer.statusCode ?? 0, body: text }));
      })
        .on("error", reject)
        .end();
    });
    expect(status).toBeGreaterThanOrEqual(400);
    expect(status).toBeLessThan(500);
    expect(JSON.parse(body)).toMatchObject({ status });
  });
});

describe("a file", () => {
  it("goes there and back as it is, whatever its size", async () => {
    const [at, content] = [key(), randomBytes(20 * MB)];
    const { url, headers } = await upload(at, content.length);
    expect(new URL(url).origin).toBe(new URL(stack.issuer).origin);
    const sent = await fetch(url, { method: "PUT", headers: { ...headers, origin }, body: content });
    expect([sent.status, sent.headers.get("access-control-allow-origin")]).toEqual([204, origin]);
    const got = await fetch(await download(at), { headers: { origin } });
    expect([got.status, got.headers.get("access-control-allow-origin")]).toEqual([200, origin]);
    expect(got.headers.get("content-length")).toBe(String(content.length));
    expect(got.headers.get("content-security-policy")).toBe("sandbox; default-src 'none'");
    expect(content.equals(Buffer.from(await got.arrayBuffer()))).toBe(true);
  });

  it("is handed out in part, and looked at without its bytes", async () => {
    const [at, content] = [key(), randomBytes(MB)];
    await store.write(at, content, { content_type: "video/mp4", size_bytes: MB });
    const url = await download(at);
    const part = await fetch(url, { headers: { range: "bytes=500000-500009" } });
    expect([part.status, part.headers.get("content-range")]).toEqual([206, `bytes 500000-500009/${MB}`]);
    expect(content.subarray(500_000, 500_010).equals(Buffer.from(await part.arrayBuffer()))).toBe(true);
    const head = await fetch(url, { method: "HEAD" });
    expect([head.status, head.headers.get("content-length")]).toEqual([200, String(MB)]);
  });

  it("that is not what was signed is refused, and the client reads why", async () => {
    const at = key();
    const { url, headers } = await upload(at, 5);
    const body = Buffer.alloc(20 * MB);
    for (const [target, status, code] of [
      [url, 413, "payload_too_large"],
      [url.replace(/.$/, (last) => (last === "A" ? "Q" : "A")).replace("token=e", "token=f"), 403, "invalid_signature"],
    ] as const) {
      const answer = await fetch(target, { method: "PUT", headers, body });
      expect([answer.status, await answer.json()]).toEqual([status, expect.objectContaining({ code, status })]);
      // A client that is cut off while sending may never read the answer.
      expect(answer.headers.get("connection")).not.toBe("close");
    }
    const unknown = { method: "PUT", headers, body: new Blob([body]).stream(), duplex: "half" } as RequestInit;
    const answer = await fetch(url, unknown);
    expect([answer.status, await answer.json()]).toEqual([422, expect.objectContaining({ code: "size_mismatch" })]);
    expect(await store.head(at)).toBeUndefined();
  });

  it("that breaks off leaves nothing", async () => {
    const at = key();
    const { url, headers } = await upload(at, MB);
    const sent = request(url, { method: "PUT", headers: { ...headers, "content-length": MB } }).on("error", () => {});
    sent.write(Buffer.alloc(MB / 2));
    const incoming = () => readdir(`${stack.objects}/.incoming`);
    await waitFor(async () => (await incoming()).length === 1);
    sent.destroy();
    await waitFor(async () => (await incoming()).length === 0);
    expect(await store.head(at)).toBeUndefined();
  });

  it("can be put by browsers of the origins that are allowed", async () => {
    const { url } = await upload(key(), 5);
    const preflight = await fetch(url, {
      method: "OPTIONS",
      headers: { origin, "access-control-request-method": "PUT", "access-control-request-headers": "content-type" },
    });
    expect(preflight.status).toBe(204);
    expect(preflight.headers.get("access-control-allow-origin")).toBe(origin);
    expect(preflight.headers.get("access-control-allow-methods")).toContain("PUT");
  });
});
