import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createVero, type Vero } from "../src/index.js";
import { acceptUpload, credentials, upload } from "./fixture.js";
import { ids, Service } from "./service.js";

/** Calls that consist of several requests, while somebody else signs in with the same client. */
let service: Service;
let vero: Vero;
const changed = { code: "user_changed", status: 0 };

beforeEach(async () => {
  service = await Service.start();
  vero = createVero({ baseUrl: service.url, tokens: service.issue(), retry: { minDelayMs: 1 } });
});
afterEach(() => service.stop());

describe("an upload", () => {
  beforeEach(() => acceptUpload(service));

  test("is not confirmed under another user who signs in while the bytes are sent", async () => {
    service.on(upload.put, async () => {
      await vero.auth.login(credentials.grace);
      return { status: 204 };
    });
    await expect(vero.media.upload(new Blob(['"bytes"']))).rejects.toMatchObject({
      ...changed,
      operation: "media.confirm",
    });
    expect(service.count(upload.confirm)).toBe(0);
  });

  test("is confirmed when the same user signs in again while the bytes are sent", async () => {
    service.on(upload.put, async () => {
      await vero.auth.login(credentials.ada);
      return { status: 204 };
    });
    expect(await vero.media.upload(new Blob(['"bytes"']))).toMatchObject({ id: upload.id });
  });
});

describe("a walk through a list", () => {
  test("does not go on under another user who signs in between two pages", async () => {
    service.on("GET /v1/chat/conversations", () => ({ body: { items: [{ id: "c-1" }], next_cursor: "next" } }));
    const seen: unknown[] = [];
    const walk = async () => {
      for await (const item of vero.paginate(vero.conversations.list)) {
        seen.push(item);
        await vero.auth.login(credentials.grace);
      }
    };
    await expect(walk()).rejects.toMatchObject({ ...changed, operation: "conversations.list" });
    expect(seen).toEqual([{ id: "c-1" }]);
    expect(service.count("GET /v1/chat/conversations")).toBe(1);
  });

  test("of messages does not go on either, and the options of the call stay in force", async () => {
    const list = `GET /v1/chat/conversations/${ids.conversation}/messages`;
    service.on(list, () => ({ body: { items: [{ seq: 2 }], has_more_before: true, has_more_after: false } }));
    const { signal } = new AbortController();
    const walk = vero.paginate(vero.messages.list, { id: ids.conversation }, { signal });
    expect(await walk.next()).toEqual({ done: false, value: { seq: 2 } });
    await vero.auth.login(credentials.grace);
    await expect(walk.next()).rejects.toMatchObject(changed);
    const aborted = vero.paginate(vero.messages.list, { id: ids.conversation }, { signal: AbortSignal.abort() });
    await expect(aborted.next()).rejects.toMatchObject({ code: "aborted" });
    expect(service.count(list)).toBe(1);
  });
});
