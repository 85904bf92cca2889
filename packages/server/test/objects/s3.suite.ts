import { createServer } from "node:net";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { freePort } from "../../../../test/harness/ports.js";
import { createLogger, createObjectStore, type ObjectStore, type ObjectStoreOptions } from "../../src/index.js";
import { origin } from "./host.js";
import { describeStore } from "./suite.js";
import { get, put } from "./transfers.js";

type Config = ObjectStoreOptions["config"];

const configOf = (more: Partial<Config> = {}): Config => ({
  VERO_OBJECTS_DIR: "",
  ...inject("s3"),
  S3_FORCE_PATH_STYLE: true,
  ...more,
});
const log = createLogger({ level: "silent", name: "test" });
const storeOf = (config: Config): Promise<ObjectStore> =>
  createObjectStore({ config, publicUrl: "http://127.0.0.1", secret: "not used by S3", log });

const terms = { content_type: "text/plain", size_bytes: 5 };
const inAMinute = (): Date => new Date(Date.now() + 60_000);

describe("objects in S3", () => {
  describeStore({ config: configOf });
});

describe("an S3 that does not do as it should", () => {
  /** Takes connections, and never answers. */
  const silent = createServer().listen(0, "127.0.0.1");
  afterAll(() => silent.close());
  const port = (): number => (silent.address() as { port: number }).port;

  it.each<[string, () => Promise<Partial<Config>>]>([
    ["is away", async () => ({ S3_ENDPOINT: `http://127.0.0.1:${await freePort()}` })],
    ["is silent", async () => ({ S3_ENDPOINT: `http://127.0.0.1:${port()}` })],
    ["does not know us", async () => ({ S3_SECRET_ACCESS_KEY: "another" })],
  ])("is 503 when it %s", async (_, more) => {
    const store = await storeOf(configOf(await more()));
    const calls = [
      store.head("a"),
      store.read("a"),
      store.write("a", Buffer.from("hello"), terms),
      store.copy("a", "b", { content_type: "text/plain", version: '"a"' }),
      store.delete(["a"]),
    ];
    const outcomes = await Promise.all(calls.map((call) => call.then(() => "done").catch(({ code }) => code)));
    expect(outcomes).toEqual(calls.map(() => "unavailable"));
    await store.close();
  });
});

describe("clients of S3", () => {
  let store: ObjectStore;
  beforeAll(async () => {
    store = await storeOf(configOf());
  });
  afterAll(() => store.close());

  it("are sent to its public address", async () => {
    const elsewhere = await storeOf(configOf({ S3_PUBLIC_URL: "https://files.example.com" }));
    const { url } = await elsewhere.signUpload("a", { ...terms, expires_at: inAMinute() });
    expect(url).toMatch(/^https:\/\/files\.example\.com\/vero-tests\/a\?/);
    expect(new URL(url).searchParams.get("X-Amz-SignedHeaders")).toBe("content-length;content-type;host;if-none-match");
    await elsewhere.close();
  });

  it("may be browsers, with the CORS that the README gives", async () => {
    const { url, headers } = await store.signUpload("browsers", { ...terms, expires_at: inAMinute() });
    const asked = { "access-control-request-method": "PUT", "access-control-request-headers": "content-type" };
    const preflight = await get(url, { origin, ...asked }, "OPTIONS");
    expect([preflight.status, preflight.headers["access-control-allow-origin"]]).toEqual([200, origin]);
    const answer = await put(url, { ...headers, origin }, "hello");
    expect([answer.status, answer.headers["access-control-allow-origin"]]).toEqual([200, origin]);
  });
});
