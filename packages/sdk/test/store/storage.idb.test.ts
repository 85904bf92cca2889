import "fake-indexeddb/auto";
import { describe, expect, test } from "vitest";
import { idbStorage } from "../../src/store/storage.idb.js";

describe("the storage in IndexedDB", () => {
  test("keeps entries over a reload, files too, by the beginning of their key, and deletes them", async () => {
    const storage = idbStorage("first");
    const file = new Blob(["bytes"]);
    await storage.write([
      ["ada/one", { n: 1 }],
      ["ada/two", file],
      ["adam/one", 3],
    ]);
    const reloaded = idbStorage("first");
    expect((await reloaded.read("ada/")).map(([key]) => key)).toEqual(["ada/one", "ada/two"]);
    expect(new Map(await reloaded.read("ada/")).get("ada/one")).toEqual({ n: 1 });
    await reloaded.write([["ada/one", undefined]]);
    expect((await storage.read("ada/")).map(([key]) => key)).toEqual(["ada/two"]);
    expect(await idbStorage("second").read("")).toEqual([]);
  });
});
