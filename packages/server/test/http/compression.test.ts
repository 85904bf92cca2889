import { randomBytes } from "node:crypto";
import { get as httpGet } from "node:http";
import { buffer } from "node:stream/consumers";
import { brotliDecompressSync } from "node:zlib";
import type { FastifyInstance } from "fastify";
import { describe, expect, it } from "vitest";
import { waitFor } from "../../../../test/harness/waiting.js";
import { connectTo, listening } from "./listening.js";

/** More than the buffers of a connection take in, also once it is compressed. */
const large = JSON.stringify({ text: randomBytes(8_000_000).toString("hex") });

interface Got {
  encoding: string | undefined;
  vary: string | undefined;
  bytes: Buffer;
}

const ask = (app: FastifyInstance, path: string): Promise<Got> =>
  new Promise((resolve, reject) => {
    const headers = { "accept-encoding": "br" };
    httpGet(new URL(path, app.listeningOrigin), { headers, agent: false }, async (answer) => {
      const { vary, "content-encoding": encoding } = answer.headers;
      resolve({ encoding, vary, bytes: await buffer(answer) });
    }).on("error", reject);
  });

/** Answers `/large` at once, and `/together` when so many have asked for it. */
const serving = (count: number) =>
  listening({ maxUnreadBytes: 16 * large.length }, (app) => {
    let arrived = 0;
    let open = () => {};
    const opened = new Promise<void>((resolve) => {
      open = resolve;
    });
    const config = { isCompressible: true };
    app.get("/large", { config }, async (_request, reply) => reply.type("application/json").send(large));
    app.get("/together", { config }, async (_request, reply) => {
      arrived += 1;
      if (arrived === count) open();
      await opened;
      return reply.type("application/json").send(large);
    });
  });

describe("answers that are compressed", () => {
  it.each([2_000, 64 * 1024 + 1, 1_000_000])("are so at a length of %i as well, and vary", async (length) => {
    const text = JSON.stringify({ text: "x".repeat(length) });
    const app = await listening({}, (on) => {
      on.get("/", { config: { isCompressible: true } }, async (_request, reply) =>
        reply.type("application/json").send(text),
      );
    });
    const { encoding, vary, bytes } = await ask(app, "/");
    expect([encoding, vary]).toEqual(["br", expect.stringContaining("accept-encoding")]);
    expect(brotliDecompressSync(bytes).toString()).toBe(text);
  });

  it("count as they are sent against the bound of what is unread", async () => {
    const text = JSON.stringify({ text: "x".repeat(1_000_000) });
    const app = await listening({ maxUnreadBytes: 100_000 }, (on) => {
      on.get("/", { config: { isCompressible: true } }, async (_request, reply) =>
        reply.type("application/json").send(text),
      );
    });
    expect(brotliDecompressSync((await ask(app, "/")).bytes).toString()).toBe(text);
  });

  it("are two at once; more go out as they are, and later ones are compressed again", async () => {
    const app = await serving(5);
    const answers = await Promise.all(Array.from({ length: 5 }, () => ask(app, "/together")));
    expect(answers.map(({ encoding }) => encoding ?? "none").sort()).toEqual(["br", "br", "none", "none", "none"]);
    for (const { encoding, bytes } of answers) {
      expect((encoding === "br" ? brotliDecompressSync(bytes) : bytes).equals(Buffer.from(large))).toBe(true);
    }
    expect((await ask(app, "/large")).encoding).toBe("br");
  });

  it.each(["read nothing", "go away"])("give their places back where clients %s", async (what) => {
    const app = await serving(0);
    const sockets = await Promise.all([1, 2, 3].map(() => connectTo(app)));
    for (const socket of sockets) socket.write("GET /large HTTP/1.1\r\nHost: x\r\nAccept-Encoding: br\r\n\r\n");
    if (what === "go away") for (const socket of sockets) socket.destroy();
    await waitFor(async () => (await ask(app, "/large")).encoding === "br", "an answer to be compressed again");
  });
});
