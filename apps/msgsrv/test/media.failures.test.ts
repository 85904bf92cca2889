import { Readable } from "node:stream";
import type { ObjectStore } from "@vero/server";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { picture } from "../../../test/files/pictures.js";
import { waitFor } from "../../../test/harness/waiting.js";
import { startMediaCleanup } from "../src/media/media.cleanup.js";
import { log, useDatabase } from "./database.setup.js";
import { nodeOn, useStore } from "./media.setup.js";

const fixture = useDatabase();
const store = useStore();
afterEach(() => store.failing.clear());

const rowOf = async (id: string) => {
  const [row] = await fixture.stored.sql`select * from media where id = ${id}`;
  return row as { status: string; object_key: string; thumbnail_key: string | null; upload_key: string };
};
const isThere = async (key: string): Promise<boolean> => (await store.objects.head(key)) !== undefined;
const removals = async (): Promise<string[]> =>
  (await fixture.stored.sql`select key from object_removals where tenant_id = ${fixture.actor.tenant_id}`).map(
    ({ key }) => key,
  );
/** As if an hour had passed. */
const letPass = () => fixture.stored.sql`update object_removals set due_at = now()`;

const mediaCleanup = () =>
  startMediaCleanup({ database: fixture.database, objects: store.objects, log, intervalMs: 20, batch: 3 });

describe("a confirmation that fails in between", () => {
  it.each<[keyof ObjectStore, string]>([
    ["head", "text/plain"],
    ["read", "text/plain"],
    ["copy", "text/plain"],
    ["read", "image/png"],
    ["write", "image/png"],
  ])("because of %s, of %s, leaves the file pending, to be confirmed later", async (call, type) => {
    const node = nodeOn(fixture, store);
    const id = await node.upload(type === "text/plain" ? "words" : await picture("png"), type);
    store.failing.add(call);
    await expect(node.confirm(id)).rejects.toThrow(`${call} failed`);
    expect(await rowOf(id)).toMatchObject({ status: "pending", object_key: null });
    store.failing.clear();
    expect((await node.confirm(id)).status).toBe("ready");
  });

  it("leaves nothing behind that is not in the list of what is to be removed", async () => {
    const node = nodeOn(fixture, store);
    const id = await node.upload(await picture("png"), "image/png");
    // The image is written; then the database is away.
    await fixture.stored.sql`alter table media add constraint never check (status <> 'ready') not valid`;
    await expect(node.confirm(id)).rejects.toThrow();
    await fixture.stored.sql`alter table media drop constraint never`;
    const left = await removals();
    expect(left).toHaveLength(2);
    for (const key of left) expect(await isThere(key)).toBe(true);
    const { cdn_url } = await node.confirm(id);
    expect(cdn_url).not.toBeNull();
    await letPass();
    const job = mediaCleanup();
    await waitFor(async () => (await removals()).length === 0);
    await job.stop();
    for (const key of left) expect(await isThere(key)).toBe(false);
    const { object_key, thumbnail_key } = await rowOf(id);
    for (const key of [object_key, thumbnail_key ?? ""]) expect(await isThere(key)).toBe(true);
  });
});

describe("an upload that is another one while it is looked at", () => {
  it("is judged by what is handed out", async () => {
    // As on S3, where the same bytes have the same version: there, away and back again is not to be noticed.
    const objects: ObjectStore = new Proxy(store.objects, {
      get: (target, name: keyof ObjectStore) =>
        name === "read"
          ? async (key: string) =>
              key.startsWith("uploads/") ? Readable.from([Buffer.from("harmless words")]) : target.read(key)
          : target[name],
    });
    const node = nodeOn(fixture, { objects, images: store.images });
    const id = await node.upload("<!doctype html><script>", "text/plain");
    await expect(node.confirm(id)).rejects.toMatchObject({ code: "content_type_mismatch" });
    expect(await rowOf(id)).toMatchObject({ status: "rejected", object_key: null });
  });
});

describe("two nodes that confirm at once", () => {
  it("answer the same, and what the slower has written is removed", async () => {
    for (const type of ["text/plain", "image/png"]) {
      const [one, two] = [nodeOn(fixture, store), nodeOn(fixture, store)];
      const id = await one.upload(type === "text/plain" ? "words" : await picture("png"), type);
      const [first, second] = await Promise.allSettled([one.confirm(id), two.confirm(id)]);
      const answers = [first, second].flatMap((one) => (one.status === "fulfilled" ? [one.value] : []));
      // The upload may be gone under the slower one: then it asks again.
      answers.push(await one.confirm(id), await two.confirm(id));
      for (const answer of answers) expect(answer).toEqual(answers[0]);
      const { object_key } = await rowOf(id);
      expect(await isThere(object_key)).toBe(true);
      expect(await removals()).not.toContain(object_key);
    }
  });
});

describe("cleaning", () => {
  let node: ReturnType<typeof nodeOn>;
  beforeEach(() => {
    node = nodeOn(fixture, store);
  });

  it("tries again when the store is back, with several at it", async () => {
    const ids: string[] = [];
    for (let n = 0; n < 10; n += 1) ids.push(await node.upload(`words ${n}`, "text/plain"));
    const keys = await Promise.all(ids.map(async (id) => (await rowOf(id)).upload_key));
    await fixture.stored.sql`update media set created_at = now() - interval '25 hours'`;
    store.failing.add("delete");
    const jobs = [mediaCleanup(), mediaCleanup(), mediaCleanup()];
    await waitFor(async () => (await removals()).length === ids.length);
    for (const id of ids) await expect(node.get(id)).rejects.toMatchObject({ code: "media_not_found" });
    for (const key of keys) expect(await isThere(key)).toBe(true);
    store.failing.clear();
    await letPass();
    await waitFor(async () => {
      await letPass();
      return (await removals()).length === 0;
    });
    for (const job of jobs) await job.stop();
    for (const key of keys) expect(await isThere(key)).toBe(false);
  });

  it("leaves alone what is not due, and what is in use", async () => {
    const [pending, ready] = [await node.upload("pending", "text/plain"), await node.upload("ready", "text/plain")];
    await node.confirm(ready);
    const job = mediaCleanup();
    const old = await node.upload("old", "text/plain");
    await fixture.stored
      .sql`update media set created_at = now() - interval '25 hours' where id in ${fixture.stored.sql([old, ready])}`;
    await waitFor(async () => !(await isThere(`uploads/${fixture.actor.tenant_id}/${old}`)));
    await job.stop();
    expect((await node.get(pending)).status).toBe("pending");
    expect(await isThere((await rowOf(pending)).upload_key)).toBe(true);
    expect(await isThere((await rowOf(ready)).object_key)).toBe(true);
  });
});
