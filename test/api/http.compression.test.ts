import { get as httpGet, type IncomingHttpHeaders } from "node:http";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { beforeAll, describe, expect, it } from "vitest";
import { groupOf, say } from "../harness/people.js";
import { upTo, useWorkspace } from "../harness/workspace.js";

const workspace = useWorkspace();
beforeAll(async () => {
  const groups = await Promise.all(upTo(3).map(() => groupOf(workspace.ada, [workspace.grace])));
  const id = groups[0]?.id ?? "";
  for (let count = 0; count < 10; count += 1) await say(workspace.ada, id, "words ".repeat(1_500));
  const longList = `/v1/chat/conversations/${id}/messages`;
  expect((await get(longList)).bytes.length).toBeGreaterThan(64 * 1024);
  lists.push(longList);
});

interface Got {
  status: number;
  headers: IncomingHttpHeaders;
  bytes: Buffer;
}

/** Not by fetch, which asks for encodings by itself and takes them off again. */
function get(path: string, headers: Record<string, string> = {}, method = "GET"): Promise<Got> {
  const { url } = workspace.stack;
  const authorization = `Bearer ${workspace.ada.token}`;
  return new Promise((resolve, reject) => {
    httpGet(new URL(path, url), { method, headers: { authorization, ...headers }, agent: false }, async (response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of response) chunks.push(chunk as Buffer);
      resolve({ status: response.statusCode ?? 0, headers: response.headers, bytes: Buffer.concat(chunks) });
    })
      .on("error", reject)
      .end();
  });
}

const decoders = { gzip: gunzipSync, br: brotliDecompressSync };
const lists = ["/v1/chat/conversations", "/openapi.json", "/asyncapi.json", "/docs/rapidoc-min.js"];

describe("an answer of some length", () => {
  it.each(["gzip", "br"] as const)("is compressed by %s for whoever asks for it", async (encoding) => {
    for (const path of lists) {
      const plain = await get(path);
      expect([path, plain.headers["content-encoding"]]).toEqual([path, undefined]);
      const packed = await get(path, { "accept-encoding": encoding });
      expect([path, packed.headers["content-encoding"], packed.headers.vary]).toEqual([
        path,
        encoding,
        expect.stringContaining("accept-encoding"),
      ]);
      expect(packed.headers.vary).toContain("Origin");
      expect(packed.headers["content-type"]).toBe(plain.headers["content-type"]);
      expect(packed.bytes.length).toBeLessThan(plain.bytes.length / 2);
      expect(decoders[encoding](packed.bytes).toString()).toBe(plain.bytes.toString());
    }
  });

  it.each(["identity", "deflate", "br;q=0, gzip;q=0", "zstd"])("is not for whoever asks for %s", async (accepted) => {
    for (const path of lists) {
      const { headers } = await get(path, { "accept-encoding": accepted });
      expect([path, headers["content-encoding"]]).toEqual([path, undefined]);
    }
  });

  it("of a document keeps its tag, whatever it is encoded by, and 304", async () => {
    const { headers } = await get("/openapi.json", { "accept-encoding": "br" });
    const tag = headers.etag ?? "";
    for (const encoding of ["br", "gzip", "identity"]) {
      const again = await get("/openapi.json", { "accept-encoding": encoding, "if-none-match": tag });
      expect([again.status, again.bytes.length, again.headers.etag]).toEqual([304, 0, tag]);
      expect(again.headers.vary).toContain("accept-encoding");
    }
    expect((await get("/openapi.json", { "if-none-match": '"another"' })).status).toBe(200);
  });
});

describe("an answer that is not compressed, even for whoever asks", () => {
  const encodings = { "accept-encoding": "br, gzip" };

  it("is one that is short", async () => {
    for (const path of ["/readyz", "/healthz", "/v1/chat/blocks"]) {
      const { status, headers } = await get(path, encodings);
      expect([path, status, headers["content-encoding"]]).toEqual([path, 200, undefined]);
    }
  });

  it("is one of the routes that carry tokens, however long", async () => {
    const sessions = Array.from({ length: 12 }, () =>
      workspace.ada.call("POST /auth/login", {
        body: { email: workspace.ada.email, password: workspace.ada.password },
      }),
    );
    await Promise.all(sessions);
    const long = await get("/auth/sessions?limit=100", encodings);
    expect(long.bytes.length).toBeGreaterThan(1_024);
    expect(long.headers["content-encoding"]).toBeUndefined();
    const { headers } = await get("/v1/messaging/token", encodings);
    expect(headers["content-encoding"]).toBeUndefined();
    const batch = Array(8).fill("conversations.list,auth.me").slice(0, 4).join(",");
    const trpc = await get(`/trpc/${batch}?batch=1&input=%7B%7D`, encodings);
    expect(trpc.bytes.length).toBeGreaterThan(1_024);
    expect(trpc.headers["content-encoding"]).toBeUndefined();
  });
});
