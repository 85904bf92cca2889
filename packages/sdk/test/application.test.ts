import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { isVeroError, memoryTokens, type StoredTokens, type TokenStore, type UploadOptions } from "../src/index.js";
import { acceptUpload, credentials, upload } from "./fixture.js";
import { created, eachTestAlone, next, service, until, use, vero } from "./realtime.setup.js";
import { ids } from "./service.js";

/** Code of the application that the client calls: whatever it throws ends no process, and calls throw `VeroError` only. */
eachTestAlone();

const crashes: unknown[] = [];
const onCrash = (error: unknown) => crashes.push(error);

beforeEach(() => {
  service.on("GET /auth/me", () => ({ body: { id: "me" } }));
  process.prependListener("uncaughtException", onCrash);
  process.prependListener("unhandledRejection", onCrash);
});
afterEach(() => {
  process.off("uncaughtException", onCrash);
  process.off("unhandledRejection", onCrash);
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
  expect(crashes.splice(0)).toEqual([]);
});

/** A promise as some libraries make them, which is no `Promise`. */
const thenable = <T>(outcome: Promise<T>) => ({
  // biome-ignore lint/suspicious/noThenProperty: that is what it is about
  then: outcome.then.bind(outcome),
});
const broken = () => {
  throw new Error("broken");
};

describe("a token store", () => {
  test("that answers thenables is waited for", async () => {
    const memory = memoryTokens();
    const tokenStore = {
      get: () => thenable(Promise.resolve(memory.get())),
      set: (tokens: StoredTokens | null) => thenable(Promise.resolve(memory.set(tokens))),
    } as unknown as TokenStore;
    use({ tokens: undefined, tokenStore });
    await vero.auth.login(credentials.ada);
    await vero.auth.me();
    expect(vero.session.userId).toBe(ids.user);
  });

  test("whose thenable is rejected fails the call with token_store_failed", async () => {
    const get = () => thenable(Promise.reject(new Error("gone")));
    use({ tokens: undefined, tokenStore: { ...memoryTokens(), get } as unknown as TokenStore });
    await expect(vero.auth.me()).rejects.toMatchObject({ code: "token_store_failed", cause: { message: "gone" } });
  });

  test("whose subscribe throws fails calls and sign-ins with token_store_failed", async () => {
    use({ tokenStore: { ...memoryTokens(), subscribe: broken } });
    const failure = { code: "token_store_failed", detail: expect.stringContaining("watch the tokens: broken") };
    await expect(vero.auth.me()).rejects.toMatchObject(failure);
    await expect(vero.auth.login(credentials.ada)).rejects.toMatchObject(failure);
    await expect(vero.session.tokens()).rejects.toMatchObject(failure);
  });

  test("that cannot be unsubscribed from does not keep the client from closing", async () => {
    use({ tokenStore: { ...memoryTokens(), subscribe: () => broken } });
    await vero.realtime.connect();
    vero.close();
    expect(vero.connection.state).toEqual({ status: "idle" });
  });
});

describe("a listener", () => {
  test.each([
    ["throws", broken],
    ["rejects", () => Promise.reject(new Error("broken"))],
  ])(
    "that fails where onListenerError %s, too, disturbs nothing, and the console has it",
    async (_, onListenerError) => {
      const logged = vi.spyOn(console, "error").mockReturnValue(undefined);
      use({ onListenerError });
      vero.connection.subscribe(broken);
      vero.realtime.on("connected", broken);
      await vero.realtime.connect();
      vero.realtime.on("message.created", broken);
      const event = next("message.created");
      service.broadcast(created(1, 1));
      await event;
      expect(vero.connection.state.status).toBe("live");
      vero.realtime.close();
      await until(() => expect(logged).toHaveBeenCalledTimes(6));
    },
  );

  test("that answers a thenable which is rejected goes to onListenerError", async () => {
    const onListenerError = vi.fn();
    use({ onListenerError });
    vero.realtime.on("connected", () => thenable(Promise.reject(new Error("broken"))));
    await vero.realtime.connect();
    await until(() => expect(onListenerError).toHaveBeenCalledWith(new Error("broken")));
  });
});

describe("an upload", () => {
  const failureOf = (options?: UploadOptions): Promise<unknown> =>
    vero.media.upload(new Blob(['"bytes"']), options).then(
      () => expect.fail("it succeeded"),
      (error: unknown) => error,
    );

  /** An XMLHttpRequest of which one method throws, or none. */
  const xhr = (method?: "open" | "setRequestHeader" | "send") =>
    class {
      upload: { onprogress?: (event: object) => void } = {};
      onload = () => {};
      status = 204;
      responseText = "";
      open() {}
      setRequestHeader() {}
      abort() {}
      send() {
        this.upload.onprogress?.({ loaded: 5, total: 5 });
        this.onload();
      }
      constructor() {
        if (method !== undefined) Object.assign(this, { [method]: broken });
      }
    };

  test.each(["fetch", "XMLHttpRequest"])("whose onProgress throws goes on, by %s", async (by) => {
    acceptUpload(service);
    if (by === "XMLHttpRequest") vi.stubGlobal(by, xhr());
    const onListenerError = vi.fn();
    use({ onListenerError });
    expect(await vero.media.upload(new Blob(['"bytes"']), { onProgress: broken })).toMatchObject({ id: upload.id });
    await until(() => expect(onListenerError).toHaveBeenCalledTimes(by === "fetch" ? 2 : 1));
    expect(service.count(upload.put)).toBe(by === "fetch" ? 1 : 0);
  });

  test.each(["open", "setRequestHeader", "send"] as const)(
    "whose XMLHttpRequest throws in %s: network_error",
    async (at) => {
      acceptUpload(service, { "x-more": "1" });
      vi.stubGlobal("XMLHttpRequest", xhr(at));
      use({ retry: { retries: 0 } });
      const failure = await failureOf({ onProgress: () => {} });
      expect(failure).toMatchObject({ code: "network_error", cause: { message: "broken" } });
    },
  );

  test.each([
    {},
    null,
    "text",
    { media_id: upload.id, upload_url: "http://", headers: {} },
    { media_id: upload.id, upload_url: 1, headers: {} },
    { media_id: upload.id, upload_url: "http://127.0.0.1/put" },
  ])("for which the service answers %j: unexpected_response", async (body) => {
    service.on(upload.create, () => ({ body }));
    vi.stubGlobal("location", { href: `${service.url}/page`, origin: service.url });
    const failure = await failureOf();
    expect(failure).toMatchObject({ code: "unexpected_response", operation: "media.create_upload_url" });
    expect(isVeroError(failure)).toBe(true);
  });
});

describe("an input that cannot be sent", () => {
  const endless: Record<string, unknown> = {};
  endless["metadata"] = endless;

  test("is refused with validation_failed, and nothing goes out", async () => {
    const refusal = { code: "validation_failed", errors: expect.any(Array) };
    await expect(vero.messages.get({ id: "\ud800" })).rejects.toMatchObject({ ...refusal, operation: "messages.get" });
    const message = { conversation_id: ids.conversation, text: "Hello", metadata: endless };
    await expect(vero.messages.send(message)).rejects.toMatchObject({ ...refusal, operation: "messages.send" });
    expect(service.requests).toEqual([]);
  });

  test("over the socket neither, and the connection stays", async () => {
    await vero.realtime.connect();
    const message = { conversation_id: ids.conversation, text: "Hello", metadata: endless };
    await expect(vero.realtime.request("messages.send", message)).rejects.toMatchObject({
      code: "validation_failed",
      operation: "messages.send",
    });
    expect(vero.connection.state.status).toBe("live");
  });
});

test("a socket of the application's own at a URL that is none ends, with a typed error, in a page too", async () => {
  vi.stubGlobal("location", { href: `${service.url}/page`, origin: service.url });
  service.on("GET /v1/messaging/token", () => ({ body: { token: "t", ws_url: "http://" } }));
  class Closing {
    onmessage = null;
    onclose: ((event: { code: number; reason: string }) => void) | null = null;
    onerror = null;
    constructor() {
      queueMicrotask(() => this.onclose?.({ code: 1006, reason: "" }));
    }
    send() {}
    close() {}
  }
  use({ WebSocket: Closing });
  const waiting = new Promise((resolve) => {
    vero.connection.subscribe((state) => state.status === "backing_off" && resolve(state.error));
  });
  vero.realtime.connect().catch(() => {});
  expect(await waiting).toMatchObject({ code: "network_error" });
});
