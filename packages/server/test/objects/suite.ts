import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { buffer, text } from "node:stream/consumers";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { testMs, waitFor } from "../../../../test/harness/waiting.js";
import { ObjectMissing, type ObjectStore, type ObjectStoreOptions } from "../../src/index.js";
import { startChild } from "./child.js";
import { bytes, serveStore } from "./host.js";
import { get, open, put, sizeOf } from "./transfers.js";

export interface StoreUnderTest {
  config(): ObjectStoreOptions["config"];
  /** What is there that is no object yet, where that can be seen. */
  incoming?(): Promise<string[]>;
}

const soon = (): Date => new Date(Date.now() + 60_000);
const key = (): string => `tests/${randomUUID()}`;
const MB = 1024 * 1024;

/** One character in the middle of a value becomes another one. */
function alter(url: string, name: string): string {
  const altered = new URL(url);
  const value = altered.searchParams.get(name) ?? "";
  const at = Math.floor(value.length / 2);
  altered.searchParams.set(name, value.slice(0, at) + (value[at] === "1" ? "2" : "1") + value.slice(at + 1));
  return altered.href;
}

/** The same URL, as somebody would like it to be. */
const alterations = (url: string): string[] => {
  const { searchParams } = new URL(url);
  const withPath = (change: (path: string) => string): string => {
    const altered = new URL(url);
    altered.pathname = change(altered.pathname);
    return altered.href;
  };
  return [
    ...[...searchParams.keys()].map((name) => alter(url, name)),
    ...[...searchParams.keys()].map((name) => {
      const altered = new URL(url);
      altered.searchParams.delete(name);
      return altered.href;
    }),
    withPath((path) => `${path}0`),
    withPath((path) => path.slice(0, -1)),
    `${url}&another=1`,
  ];
};

/** What holds of an object store, whatever it keeps its objects in. */
export function describeStore({ config, incoming }: StoreUnderTest): void {
  let store: ObjectStore;
  let close: () => Promise<void>;
  beforeAll(async () => {
    ({ store, close } = await serveStore(config()));
  });
  afterAll(() => close());

  const write = async (content: string): Promise<string> => {
    const at = key();
    await store.write(at, Buffer.from(content), { content_type: "text/plain", size_bytes: content.length });
    return at;
  };
  const contentOf = async (at: string): Promise<string> => text(await store.read(at));
  const versionOf = async (at: string): Promise<string> => (await store.head(at))?.version ?? "none";
  const terms = (size_bytes: number) => ({ content_type: "text/plain", size_bytes, expires_at: soon() });
  const asText = { content_type: "text/plain", file_name: "a.txt", disposition: "attachment" } as const;

  describe("a signed upload", () => {
    it("puts what was signed", async () => {
      const at = key();
      const { url, headers } = await store.signUpload(at, terms(5));
      expect(headers).toMatchObject({ "content-type": "text/plain" });
      expect((await put(url, headers, "hello")).status).toBeOneOf([200, 204]);
      expect(await store.head(at)).toMatchObject({ size_bytes: 5 });
      expect(await contentOf(at)).toBe("hello");
    });

    it.each([
      ["longer", "hello!", {}],
      ["shorter", "hell", {}],
      ["of another type", "hello", { "content-type": "text/html" }],
      ["of its type and more", "hello", { "content-type": "text/plain; charset=utf-8" }],
      ["of unknown length", bytes(5), {}],
    ])("refuses what is %s", async (_, body, more) => {
      const at = key();
      const { url, headers } = await store.signUpload(at, terms(5));
      const { status } = await put(url, { ...headers, ...more }, body);
      expect(status).toBeGreaterThanOrEqual(400);
      expect(status).toBeLessThan(500);
      expect(await store.head(at)).toBeUndefined();
    });

    it("refuses what is of no type", async () => {
      const at = key();
      const { url } = await store.signUpload(at, terms(5));
      expect((await put(url, {}, "hello")).status).toBeGreaterThanOrEqual(400);
      expect(await store.head(at)).toBeUndefined();
    });

    it("refuses every alteration of its URL", async () => {
      const at = key();
      const { url, headers } = await store.signUpload(at, terms(5));
      const altered = alterations(url);
      expect(altered.length).toBeGreaterThanOrEqual(5);
      for (const one of altered) {
        const { status } = await put(one, headers, "hello");
        expect([one, status >= 400 && status < 500]).toEqual([one, true]);
      }
      expect(await store.head(at)).toBeUndefined();
      expect((await put(url, headers, "hello")).status).toBeLessThan(300);
    });

    it("is for putting only", async () => {
      const at = await write("hello");
      const { url } = await store.signUpload(at, terms(5));
      expect((await get(url)).status).toBe(403);
      expect((await get(url, {}, "DELETE")).status).toBeOneOf([403, 405]);
      expect(await contentOf(at)).toBe("hello");
    });

    it("ends when it was said to", async () => {
      const at = key();
      const { url, headers } = await store.signUpload(at, { ...terms(5), expires_at: new Date(Date.now() + 1_500) });
      expect((await put(url, headers, "hello")).status).toBeLessThan(300);
      await waitFor(async () => (await put(url, headers, "HELLO")).status === 403);
      await store.delete([at]);
      expect((await put(url, headers, "hello")).status).toBe(403);
      expect(await store.head(at)).toBeUndefined();
    });

    it("takes one file, of however many are put at once, and no other after it", async () => {
      const at = key();
      const { url, headers } = await store.signUpload(at, terms(5));
      const texts = Array.from({ length: 30 }, (_, n) => `put${String(n).padStart(2, "0")}`);
      const answers = await Promise.all(
        texts.map(async (sent) => ({ sent, status: (await put(url, headers, sent)).status })),
      );
      const taken = answers.filter(({ status }) => status < 300);
      expect(taken).toHaveLength(1);
      for (const { status } of answers) expect(status).toBeOneOf([200, 204, 409, 412]);
      expect(await contentOf(at)).toBe(taken[0]?.sent);
      expect((await put(url, headers, "after")).status).toBeOneOf([409, 412]);
      expect(await contentOf(at)).toBe(taken[0]?.sent);
    });

    it("that is broken off is never taken for a whole one", async () => {
      const at = key();
      const { url, headers } = await store.signUpload(at, terms(MB));
      const sent = open(url, "PUT", { ...headers, "content-length": MB, expect: "100-continue" });
      sent.flushHeaders();
      await once(sent, "continue");
      await new Promise<void>((resolve) => void sent.write(Buffer.alloc(MB / 2), () => resolve()));
      if (incoming) await waitFor(async () => (await incoming()).length === 1);
      const closed = new Promise<void>((resolve) => void sent.on("close", () => resolve()));
      sent.destroy();
      await closed;
      if (incoming) await waitFor(async () => (await incoming()).length === 0);
      // There are servers of S3 that keep the half they got; nobody may take it for the whole.
      expect((await store.head(at))?.size_bytes).not.toBe(MB);
      if (incoming) expect((await put(url, { ...headers, "content-length": MB }, bytes(MB))).status).toBe(204);
    });
  });

  describe("a signed download", () => {
    it("hands out the bytes under the name and type that were signed", async () => {
      const at = await write("hello");
      const file_name = 'Résumé "übung" 日本.txt';
      const url = await store.signDownload(at, { ...asText, file_name, disposition: "inline", expires_at: soon() });
      const { status, headers, body } = await get(url);
      expect([status, body.toString()]).toEqual([200, "hello"]);
      expect(headers["content-type"]).toBe("text/plain");
      const disposition = headers["content-disposition"] ?? "";
      expect(disposition).toMatch(/^inline; /);
      const [, encoded = ""] = /filename\*=UTF-8''([^;]+)/.exec(disposition) ?? [];
      expect(decodeURIComponent(encoded)).toBe(file_name);
      expect(headers["cache-control"]).toMatch(/^private, max-age=\d+$/);
    });

    it.each([
      "a\r\nset-cookie: b=c",
      '"; filename=x.exe',
      "\u0000.txt",
      "\ud800.txt",
      "\u202etxt.exe",
      "../../etc/passwd",
      "x".repeat(255),
    ])("has no header of a name like %j", async (file_name) => {
      const url = await store.signDownload(await write("hello"), { ...asText, file_name, expires_at: soon() });
      const { status, headers } = await get(url);
      expect(status).toBe(200);
      expect(headers["set-cookie"]).toBeUndefined();
      expect(headers["content-disposition"]).toMatch(
        /^attachment; filename=("(?:[^"\\]|\\.)*"|[\w.]+)(; filename\*=[^;]+)?$/,
      );
    });

    it("hands out a part", async () => {
      const url = await store.signDownload(await write("0123456789"), { ...asText, expires_at: soon() });
      const part = await get(url, { range: "bytes=2-4" });
      expect([part.status, part.body.toString()]).toEqual([206, "234"]);
      expect(part.headers["content-range"]).toBe("bytes 2-4/10");
      const rest = await get(url, { range: "bytes=-3" });
      expect([rest.status, rest.body.toString()]).toEqual([206, "789"]);
      expect((await get(url, { range: "bytes=10-" })).status).toBe(416);
    });

    it("refuses every alteration of its URL", async () => {
      const url = await store.signDownload(await write("hello"), { ...asText, expires_at: soon() });
      for (const one of alterations(url)) {
        const { status, body } = await get(one);
        expect([one, status >= 400 && status < 500]).toEqual([one, true]);
        expect(body.toString()).not.toContain("hello");
      }
    });

    it("ends when it was said to", async () => {
      const expires_at = new Date(Date.now() + 1_500);
      const url = await store.signDownload(await write("hello"), { ...asText, expires_at });
      expect((await get(url)).status).toBe(200);
      await waitFor(async () => (await get(url)).status === 403);
    });

    it("of nothing is 404", async () => {
      expect((await get(await store.signDownload(key(), { ...asText, expires_at: soon() }))).status).toBe(404);
    });
  });

  describe("the store", () => {
    it("has a version of each content", async () => {
      const at = key();
      expect(await store.head(at)).toBeUndefined();
      const versions = new Set<string>();
      for (const content of ["aaaa", "bbbb", "cccc"]) {
        await store.write(at, Buffer.from(content), { content_type: "text/plain", size_bytes: 4 });
        versions.add(await versionOf(at));
        expect(await versionOf(at)).toBe([...versions].at(-1));
      }
      expect(versions.size).toBe(3);
    });

    it("reads all of it or a part", async () => {
      const at = await write("0123456789");
      expect((await buffer(await store.read(at))).toString()).toBe("0123456789");
      expect(await text(await store.read(at, { start: 3, end: 5 }))).toBe("345");
      expect(await text(await store.read(at, { start: 9, end: 9 }))).toBe("9");
      await expect(store.read(key())).rejects.toBeInstanceOf(ObjectMissing);
    });

    it.each([4, 6])("writes nothing of a body that is not of %s bytes", async (size_bytes) => {
      const at = await write("hello");
      await expect(store.write(at, bytes(5), { content_type: "text/plain", size_bytes })).rejects.toThrow();
      expect(await contentOf(at)).toBe("hello");
      if (incoming) expect(await incoming()).toEqual([]);
    });

    it("copies what is of that version", async () => {
      const [from, to] = [await write("hello"), key()];
      await store.copy(from, to, { content_type: "text/html", version: await versionOf(from) });
      expect(await contentOf(to)).toBe("hello");
      expect(await contentOf(from)).toBe("hello");
    });

    it("copies nothing of what was swapped, or is gone", async () => {
      const [from, to] = [await write("hello"), key()];
      const version = await versionOf(from);
      await store.write(from, Buffer.from("HELLO"), { content_type: "text/plain", size_bytes: 5 });
      const copy = () => store.copy(from, to, { content_type: "text/plain", version });
      await expect(copy()).rejects.toBeInstanceOf(ObjectMissing);
      expect(await store.head(to)).toBeUndefined();
      await store.delete([from]);
      await expect(copy()).rejects.toBeInstanceOf(ObjectMissing);
      expect(await store.head(to)).toBeUndefined();
    });

    it("deletes once, twice, and none", async () => {
      const [one, other] = [await write("one"), await write("other")];
      await store.delete([one, key(), other]);
      await store.delete([one]);
      await store.delete([]);
      expect([await store.head(one), await store.head(other)]).toEqual([undefined, undefined]);
    });

    it("deletes more than fit into one call", async () => {
      const last = await write("last");
      await store.delete([...Array.from({ length: 1_000 }, key), last]);
      expect(await store.head(last)).toBeUndefined();
    });

    it.each([
      "",
      "..",
      "../a",
      "a/../b",
      "a/./b",
      "/a",
      "a/",
      "a//b",
      "a\\b",
      "a\0b",
      "A",
      "a_b",
      "a.b",
      "a%2fb",
      ".incoming/a",
      "a\n",
      "a".repeat(201),
    ])("knows no key like %j", async (bad) => {
      const of = { content_type: "text/plain", size_bytes: 1 };
      const body = Buffer.from("a");
      const good = await write("a");
      const version = await versionOf(good);
      const calls = [
        () => store.signUpload(bad, { ...of, expires_at: soon() }),
        () => store.signDownload(bad, { ...asText, expires_at: soon() }),
        () => store.head(bad),
        () => store.read(bad),
        () => store.write(bad, body, of),
        () => store.copy(good, bad, { ...of, version }),
        () => store.copy(bad, good, { ...of, version }),
        () => store.delete([bad]),
      ];
      for (const call of calls) await expect((async () => call())()).rejects.toThrow("Not a key");
    });
  });

  it("moves 100 MB in the memory of few", { timeout: 2 * testMs }, async () => {
    const child = await startChild(config());
    onTestFinished(() => child.stop());
    const move = async (size_bytes: number): Promise<void> => {
      const [sent, written] = [key(), key()];
      const { url, headers } = await child.call("signUpload", sent, { ...terms(size_bytes) });
      expect((await put(url, { ...headers, "content-length": size_bytes }, bytes(size_bytes))).status).toBeLessThan(
        300,
      );
      expect(await sizeOf(await child.call("signDownload", sent, { ...asText, expires_at: soon() }))).toBe(size_bytes);
      await child.call("write", written, size_bytes);
      expect(await child.call("read", written)).toBe(size_bytes);
      await store.delete([sent, written]);
    };
    // Code is compiled and buffers are made once.
    await move(8 * MB);
    await child.call("peak");
    const before = await child.call("peak");
    await move(100 * MB);
    const after = await child.call("peak");
    expect((after - before) / MB).toBeLessThan(40);
  });
}
