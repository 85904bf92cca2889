import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { protocolVersion } from "../src/generated/frames.js";
import {
  createVero,
  isTransient,
  VeroError,
  type VeroOptions,
  type WebSocketConstructor,
  type WebSocketLike,
} from "../src/index.js";
import { ids, Service } from "./service.js";

/** How the client finds the service, from a page and from elsewhere, and what it says where it does not. */
let service: Service;

beforeEach(async () => {
  service = await Service.start();
  service.on("*", () => ({ body: {} }));
});
afterEach(async () => {
  vi.unstubAllGlobals();
  await service.stop();
});

/** Makes this process look like a page of that URL. */
const pageAt = (href: string) => vi.stubGlobal("location", { href, origin: new URL(href).origin });

describe("baseUrl", () => {
  test.each([
    ["/api", "/api"],
    ["/", ""],
    ["./api/", "/app/api"],
    ["../api", "/api"],
  ])("%s is resolved against the page in a browser", async (baseUrl, path) => {
    pageAt(`${service.url}/app/page?query#hash`);
    await createVero({ baseUrl, tokens: service.issue() }).auth.me();
    expect(service.requests.at(-1)?.path).toBe(`${path}/auth/me`);
  });

  test("a URL needs no page: a location without href is none", async () => {
    vi.stubGlobal("location", {});
    await createVero({ baseUrl: service.url, tokens: service.issue() }).auth.me();
    expect(service.requests.at(-1)?.path).toBe("/auth/me");
    expect(() => createVero({ baseUrl: "/api" })).toThrow(TypeError);
  });

  test("a path is resolved in a worker that was made of a blob", async () => {
    pageAt(`blob:${service.url}/0199d0a3-5a10-7000-8000-0000000000c1`);
    await createVero({ baseUrl: "/api", tokens: service.issue() }).auth.me();
    expect(service.requests.at(-1)?.path).toBe("/api/auth/me");
  });

  const wrong = ["", "api", "chat.example.com", "localhost:3000", "ftp://chat.example.com", undefined as never];
  test.each(wrong)("%j fails at once, in a browser and elsewhere, and the error says what to give", (baseUrl) => {
    expect(() => createVero({ baseUrl })).toThrow(/^baseUrl .* is not the URL of a service: give one such as/);
    pageAt("https://app.example.com/");
    expect(() => createVero({ baseUrl })).toThrow(TypeError);
  });

  test("a path fails at once where there is no page", () => {
    expect(() => createVero({ baseUrl: "/api" })).toThrow(/"\/api" is not the URL of a service/);
    pageAt("file:///home/ada/page.html");
    expect(() => createVero({ baseUrl: "/api" })).toThrow(TypeError);
  });
});

describe("a service that cannot be reached", () => {
  const fetch = () => Promise.reject(new TypeError("Failed to fetch"));
  const failureAt = async (baseUrl: string): Promise<VeroError> => {
    const vero = createVero({ baseUrl, tokens: service.issue(), retry: { retries: 0 }, fetch });
    return vero.auth.me().then(
      () => expect.fail("it was reached"),
      (error: VeroError) => error,
    );
  };

  test("of another origin than the page: the error names CORS and what to set", async () => {
    pageAt("https://app.example.com/page");
    const { code, detail } = await failureAt("https://chat.example.com");
    expect(code).toBe("network_error");
    expect(detail).toContain("set VERO_CORS_ORIGINS=https://app.example.com on the server");
  });

  test("of the same origin, without a network, or without a page: the error does not name CORS", async () => {
    expect((await failureAt("https://chat.example.com")).detail).toBe("The service could not be reached.");
    pageAt("https://app.example.com/page");
    expect((await failureAt("/api")).detail).toBe("The service could not be reached.");
    vi.stubGlobal("navigator", { onLine: false });
    expect((await failureAt("https://chat.example.com")).detail).toContain("This machine has no network.");
  });

  test("from a page without an origin that could be allowed: the error does not name CORS", async () => {
    vi.stubGlobal("location", { href: "file:///home/ada/page.html", origin: "null" });
    expect((await failureAt("https://chat.example.com")).detail).toBe("The service could not be reached.");
    vi.stubGlobal("location", {});
    expect((await failureAt("https://chat.example.com")).detail).toBe("The service could not be reached.");
  });

  test("the error of a call has the stack of the place where it failed", async () => {
    const { stack, operation } = await failureAt("https://chat.example.com");
    expect(operation).toBe("auth.me");
    expect(stack).toMatch(/unreachable.*http\.ts/s);
  });

  /** The error of the first attempt to connect. */
  const socketFailure = async (options: Partial<VeroOptions>): Promise<VeroError> => {
    pageAt("https://app.example.com/page");
    service.on("GET /v1/messaging/token", () => ({ body: { token: "ws-token", ws_url: "wss://chat.example.com/ws" } }));
    const vero = createVero({ baseUrl: service.url, tokens: service.issue(), ...options });
    const failed = new Promise<VeroError>((resolve) => {
      vero.connection.subscribe((state) => state.status === "backing_off" && resolve(state.error));
    });
    void vero.realtime.connect().catch(() => {});
    return failed.finally(() => vero.close());
  };

  /** A socket that says what it is given to say, and then nothing more or that it was cut off. */
  const socketOf = (frames: object[], isCut: boolean): WebSocketConstructor =>
    class implements WebSocketLike {
      onmessage: WebSocketLike["onmessage"] = null;
      onclose: WebSocketLike["onclose"] = null;
      onerror: WebSocketLike["onerror"] = null;
      constructor() {
        queueMicrotask(() => {
          for (const frame of frames) this.onmessage?.({ data: JSON.stringify(frame) });
          if (isCut) this.onclose?.({ code: 1006, reason: "cut off" });
        });
      }
      send() {}
      close() {}
    };

  test("by a socket that gets no hello: the error has the reason and names CORS", async () => {
    const WebSocket = socketOf([], false);
    const { detail } = await socketFailure({ WebSocket, realtime: { connectTimeoutMs: 5 } });
    expect(detail).toMatch(/^The socket could not be opened: not ready within 5 ms\. .*VERO_CORS_ORIGINS=/);
  });

  test("by a socket that was greeted: the error does not name CORS", async () => {
    const hello = { t: "hello", protocol: protocolVersion, heartbeat_interval_ms: 1000 };
    const { code, detail } = await socketFailure({ WebSocket: socketOf([hello], true) });
    expect([code, detail]).toEqual(["network_error", "The connection was lost: 1006 cut off"]);
  });

  test("by an upload or the socket: the error is the same", async () => {
    pageAt("https://app.example.com/page");
    const elsewhere = "http://127.0.0.1:1";
    service.on("POST /v1/chat/media/upload-url", () => ({
      body: { media_id: ids.message, upload_url: `${elsewhere}/put`, headers: {} },
    }));
    service.on("GET /v1/messaging/token", () => ({ body: { token: "ws-token", ws_url: "ws://127.0.0.1:1/ws" } }));
    const vero = createVero({ baseUrl: service.url, tokens: service.issue(), retry: { retries: 0 } });
    const detail = expect.stringContaining("VERO_CORS_ORIGINS=https://app.example.com");
    await expect(vero.media.upload(new Blob(["text"]))).rejects.toMatchObject({ code: "network_error", detail });
    const refused = new Promise((resolve) => {
      vero.connection.subscribe((state) => state.status === "backing_off" && resolve(state.error));
    });
    void vero.realtime.connect().catch(() => {});
    expect(await refused).toMatchObject({ code: "network_error", detail });
    vero.close();
  });
});

test("isTransient tells what may pass from what will not", () => {
  const error = (code: "network_error" | "forbidden" | "unavailable", status = 0) =>
    new VeroError({ code, status, detail: "" });
  expect(isTransient(error("network_error"))).toBe(true);
  expect(isTransient(error("unavailable", 503))).toBe(true);
  expect(isTransient(error("forbidden", 403))).toBe(false);
  expect(isTransient(new Error("no"))).toBe(false);
});

describe("paginate with messages.list", () => {
  const id = ids.conversation;

  /** A conversation with the messages 1 to 7, of which an answer holds three at most. */
  beforeEach(() => {
    service.on(`GET /v1/chat/conversations/${id}/messages`, ({ query }) => {
      const { before_seq = "8", after_seq } = query;
      const all = [1, 2, 3, 4, 5, 6, 7];
      const rest = all.filter((seq) => (after_seq ? seq > Number(after_seq) : seq < Number(before_seq)));
      const found = after_seq ? rest.slice(0, 3) : rest.slice(-3);
      const has = (seq: number | undefined) => seq !== undefined && all.includes(seq);
      return {
        body: {
          items: found.map((seq) => ({ seq })),
          has_more_before: has((found[0] ?? 0) - 1),
          has_more_after: has((found.at(-1) ?? 0) + 1),
        },
      };
    });
  });

  const walk = async (more: { before_seq?: number } | { after_seq: number }): Promise<number[]> => {
    const vero = createVero({ baseUrl: service.url, tokens: service.issue() });
    const seen: number[] = [];
    for await (const { seq } of vero.paginate(vero.messages.list, { id, limit: 3, ...more })) seen.push(seq);
    return seen;
  };

  test("goes from the newest to the oldest", async () => {
    expect(await walk({})).toEqual([7, 6, 5, 4, 3, 2, 1]);
    expect(service.requests.map(({ query }) => [query["before_seq"], query["limit"]])).toEqual([
      [undefined, "3"],
      ["5", "3"],
      ["2", "3"],
    ]);
  });

  test("begins before a message, or goes forward after one", async () => {
    expect(await walk({ before_seq: 4 })).toEqual([3, 2, 1]);
    expect(await walk({ after_seq: 3 })).toEqual([4, 5, 6, 7]);
    expect(await walk({ after_seq: 7 })).toEqual([]);
    expect(service.requests).toHaveLength(4);
  });
});
