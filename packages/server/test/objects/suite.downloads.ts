import { describe, expect, it } from "vitest";
import { waitFor } from "../../../../test/harness/waiting.js";
import { alterations } from "./suite.alterations.js";
import { asText, key, type StoreFixture, soon } from "./suite.setup.js";
import { get } from "./transfers.js";

/** Tests of signed downloads, for any store. */
export function describeDownloads(fixture: StoreFixture): void {
  const { write } = fixture;

  describe("a signed download", () => {
    it("hands out the bytes under the name and type that were signed", async () => {
      const at = await write("hello");
      const file_name = 'Résumé "übung" 日本.txt';
      const url = await fixture.store.signDownload(at, {
        ...asText,
        file_name,
        disposition: "inline",
        expires_at: soon(),
      });
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
      const url = await fixture.store.signDownload(await write("hello"), { ...asText, file_name, expires_at: soon() });
      const { status, headers } = await get(url);
      expect(status).toBe(200);
      expect(headers["set-cookie"]).toBeUndefined();
      expect(headers["content-disposition"]).toMatch(
        /^attachment; filename=("(?:[^"\\]|\\.)*"|[\w.]+)(; filename\*=[^;]+)?$/,
      );
    });

    it("hands out a part", async () => {
      const url = await fixture.store.signDownload(await write("0123456789"), { ...asText, expires_at: soon() });
      const part = await get(url, { range: "bytes=2-4" });
      expect([part.status, part.body.toString()]).toEqual([206, "234"]);
      expect(part.headers["content-range"]).toBe("bytes 2-4/10");
      const rest = await get(url, { range: "bytes=-3" });
      expect([rest.status, rest.body.toString()]).toEqual([206, "789"]);
      expect((await get(url, { range: "bytes=10-" })).status).toBe(416);
    });

    it("refuses every alteration of its URL", async () => {
      const url = await fixture.store.signDownload(await write("hello"), { ...asText, expires_at: soon() });
      for (const one of alterations(url)) {
        const { status, body } = await get(one);
        expect([one, status >= 400 && status < 500]).toEqual([one, true]);
        expect(body.toString()).not.toContain("hello");
      }
    });

    it("ends when it was said to", async () => {
      const expires_at = new Date(Date.now() + 1_500);
      const url = await fixture.store.signDownload(await write("hello"), { ...asText, expires_at });
      expect((await get(url)).status).toBe(200);
      await waitFor(async () => (await get(url)).status === 403);
    });

    it("of nothing is 404", async () => {
      expect((await get(await fixture.store.signDownload(key(), { ...asText, expires_at: soon() }))).status).toBe(404);
    });
  });
}
