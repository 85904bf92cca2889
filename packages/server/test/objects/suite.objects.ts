import { buffer, text } from "node:stream/consumers";
import { describe, expect, it } from "vitest";
import { ObjectMissing } from "../../src/index.js";
import { bytes } from "./host.js";
import { asText, key, type StoreFixture, type StoreUnderTest, soon } from "./suite.setup.js";

/** Tests of reading, writing, copying and deleting objects, for any store. */
export function describeObjects(fixture: StoreFixture, incoming: StoreUnderTest["incoming"]): void {
  const { write, contentOf, versionOf } = fixture;

  describe("the store", () => {
    it("has a version of each content", async () => {
      const at = key();
      expect(await fixture.store.head(at)).toBeUndefined();
      const versions = new Set<string>();
      for (const content of ["aaaa", "bbbb", "cccc"]) {
        await fixture.store.write(at, Buffer.from(content), { content_type: "text/plain", size_bytes: 4 });
        versions.add(await versionOf(at));
        expect(await versionOf(at)).toBe([...versions].at(-1));
      }
      expect(versions.size).toBe(3);
    });

    it("reads all of it or a part", async () => {
      const at = await write("0123456789");
      expect((await buffer(await fixture.store.read(at))).toString()).toBe("0123456789");
      expect(await text(await fixture.store.read(at, { start: 3, end: 5 }))).toBe("345");
      expect(await text(await fixture.store.read(at, { start: 9, end: 9 }))).toBe("9");
      await expect(fixture.store.read(key())).rejects.toBeInstanceOf(ObjectMissing);
    });

    it.each([4, 6])("writes nothing of a body that is not of %s bytes", async (size_bytes) => {
      const at = await write("hello");
      await expect(fixture.store.write(at, bytes(5), { content_type: "text/plain", size_bytes })).rejects.toThrow();
      expect(await contentOf(at)).toBe("hello");
      if (incoming) expect(await incoming()).toEqual([]);
    });

    it("copies what is of that version", async () => {
      const [from, to] = [await write("hello"), key()];
      await fixture.store.copy(from, to, { content_type: "text/html", version: await versionOf(from) });
      expect(await contentOf(to)).toBe("hello");
      expect(await contentOf(from)).toBe("hello");
    });

    it("copies nothing of what was swapped, or is gone", async () => {
      const [from, to] = [await write("hello"), key()];
      const version = await versionOf(from);
      await fixture.store.write(from, Buffer.from("HELLO"), { content_type: "text/plain", size_bytes: 5 });
      const copy = () => fixture.store.copy(from, to, { content_type: "text/plain", version });
      await expect(copy()).rejects.toBeInstanceOf(ObjectMissing);
      expect(await fixture.store.head(to)).toBeUndefined();
      await fixture.store.delete([from]);
      await expect(copy()).rejects.toBeInstanceOf(ObjectMissing);
      expect(await fixture.store.head(to)).toBeUndefined();
    });

    it("deletes once, twice, and none", async () => {
      const [one, other] = [await write("one"), await write("other")];
      await fixture.store.delete([one, key(), other]);
      await fixture.store.delete([one]);
      await fixture.store.delete([]);
      expect([await fixture.store.head(one), await fixture.store.head(other)]).toEqual([undefined, undefined]);
    });

    it("deletes more than fit into one call", async () => {
      const last = await write("last");
      await fixture.store.delete([...Array.from({ length: 1_000 }, key), last]);
      expect(await fixture.store.head(last)).toBeUndefined();
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
        () => fixture.store.signUpload(bad, { ...of, expires_at: soon() }),
        () => fixture.store.signDownload(bad, { ...asText, expires_at: soon() }),
        () => fixture.store.head(bad),
        () => fixture.store.read(bad),
        () => fixture.store.write(bad, body, of),
        () => fixture.store.copy(good, bad, { ...of, version }),
        () => fixture.store.copy(bad, good, { ...of, version }),
        () => fixture.store.delete([bad]),
      ];
      for (const call of calls) await expect((async () => call())()).rejects.toThrow("Not a key");
    });
  });
}
