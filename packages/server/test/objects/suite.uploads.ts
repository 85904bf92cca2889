import { once } from "node:events";
import { describe, expect, it } from "vitest";
import { waitFor } from "../../../../test/harness/waiting.js";
import { bytes } from "./host.js";
import { alterations } from "./suite.alterations.js";
import { key, MB, type StoreFixture, type StoreUnderTest, terms } from "./suite.setup.js";
import { get, open, put } from "./transfers.js";

/** Tests of signed uploads, for any store. */
export function describeUploads(fixture: StoreFixture, incoming: StoreUnderTest["incoming"]): void {
  const { write, contentOf } = fixture;

  describe("a signed upload", () => {
    it("puts what was signed", async () => {
      const at = key();
      const { url, headers } = await fixture.store.signUpload(at, terms(5));
      expect(headers).toMatchObject({ "content-type": "text/plain" });
      expect((await put(url, headers, "hello")).status).toBeOneOf([200, 204]);
      expect(await fixture.store.head(at)).toMatchObject({ size_bytes: 5 });
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
      const { url, headers } = await fixture.store.signUpload(at, terms(5));
      const { status } = await put(url, { ...headers, ...more }, body);
      expect(status).toBeGreaterThanOrEqual(400);
      expect(status).toBeLessThan(500);
      expect(await fixture.store.head(at)).toBeUndefined();
    });

    it("refuses what is of no type", async () => {
      const at = key();
      const { url } = await fixture.store.signUpload(at, terms(5));
      expect((await put(url, {}, "hello")).status).toBeGreaterThanOrEqual(400);
      expect(await fixture.store.head(at)).toBeUndefined();
    });

    it("refuses every alteration of its URL", async () => {
      const at = key();
      const { url, headers } = await fixture.store.signUpload(at, terms(5));
      const altered = alterations(url);
      expect(altered.length).toBeGreaterThanOrEqual(5);
      for (const one of altered) {
        const { status } = await put(one, headers, "hello");
        expect([one, status >= 400 && status < 500]).toEqual([one, true]);
      }
      expect(await fixture.store.head(at)).toBeUndefined();
      expect((await put(url, headers, "hello")).status).toBeLessThan(300);
    });

    it("is for putting only", async () => {
      const at = await write("hello");
      const { url } = await fixture.store.signUpload(at, terms(5));
      expect((await get(url)).status).toBe(403);
      expect((await get(url, {}, "DELETE")).status).toBeOneOf([403, 405]);
      expect(await contentOf(at)).toBe("hello");
    });

    it("ends when it was said to", async () => {
      const at = key();
      const { url, headers } = await fixture.store.signUpload(at, {
        ...terms(5),
        expires_at: new Date(Date.now() + 1_500),
      });
      expect((await put(url, headers, "hello")).status).toBeLessThan(300);
      await waitFor(async () => (await put(url, headers, "HELLO")).status === 403);
      await fixture.store.delete([at]);
      expect((await put(url, headers, "hello")).status).toBe(403);
      expect(await fixture.store.head(at)).toBeUndefined();
    });

    it("takes one file, of however many are put at once, and no other after it", async () => {
      const at = key();
      const { url, headers } = await fixture.store.signUpload(at, terms(5));
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
      const { url, headers } = await fixture.store.signUpload(at, terms(MB));
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
      expect((await fixture.store.head(at))?.size_bytes).not.toBe(MB);
      if (incoming) expect((await put(url, { ...headers, "content-length": MB }, bytes(MB))).status).toBe(204);
    });
  });
}
