import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createLogger } from "@vero/server";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { TestProxy } from "../../packages/db/test/proxy.js";
import { createDatabase, type TestDatabase } from "../harness/database.js";
import { startApp } from "../harness/process.js";
import { serve } from "../harness/serve.js";
import { waitFor } from "../harness/waiting.js";

const apps = ["gateway", "msgsrv", "standalone"] as const;

let database: TestDatabase;
let environment: Record<string, string>;
beforeAll(async () => {
  database = await createDatabase();
  environment = {
    DATABASE_URL: database.url,
    MSGSRV_URL: "http://127.0.0.1:1",
    VERO_SECRET: "a secret for tests, of more than enough characters",
    VERO_PUBLIC_URL: "http://vero.test",
    VERO_OBJECTS_DIR: await mkdtemp(join(tmpdir(), "vero-objects-")),
  };
});
afterAll(async () => {
  await database?.drop();
  await rm(environment["VERO_OBJECTS_DIR"] ?? "", { recursive: true });
});

describe("a start that fails names the setting", () => {
  it.each(apps)("%s: DATABASE_URL where nothing answers, without its password", async (app) => {
    const absent = { DATABASE_URL: "postgres://vero:canary@127.0.0.1:1/vero", VERO_DATABASE_WAIT: "0" };
    await expect(serve[app]({ ...environment, ...absent, PORT: "0" })).rejects.toThrow(
      /^DATABASE_URL: connect ECONNREFUSED 127\.0\.0\.1:1$/,
    );
  });

  it.each(apps)("%s: PORT where it is taken, before the database is asked for", async (app) => {
    const PORT = new URL(database.url).port;
    const taken = { ...environment, PORT, DATABASE_URL: "postgres://127.0.0.1:1/vero" };
    await expect(startApp(app, taken)).rejects.toThrow("could not start: PORT: listen EADDRINUSE");
  });
});

describe("a start before its database is up", () => {
  it.each(apps)("%s: says so, once, and goes on when it is", async (app) => {
    const proxy = new TestProxy(database.url);
    await proxy.open();
    await proxy.close();
    const lines: string[] = [];
    const log = createLogger(
      { level: "warn", name: "test" },
      { write: (line) => void lines.push(JSON.parse(line).msg) },
    );
    const start = serve[app]({ ...environment, PORT: "0", DATABASE_URL: proxy.url }, log);
    await waitFor(() => lines.length > 0, "the start to say that it waits");
    await proxy.open();
    const service = await start;
    expect((await fetch(`${service.url}/readyz`)).status).toBe(200);
    expect(lines).toEqual([
      expect.stringMatching(/^Waiting up to 60 s for the database of DATABASE_URL: .*ECONNREFUSED/),
    ]);
    await service.close();
    await proxy.close();
  });

  it("ends at once where waiting does not help", async () => {
    const url = new URL(database.url);
    url.pathname = "/no_such_database";
    await expect(serve.msgsrv({ ...environment, PORT: "0", DATABASE_URL: url.href })).rejects.toThrow(
      /^DATABASE_URL: database "no_such_database" does not exist$/,
    );
  });
});

it("in production standalone writes nothing but log entries, one of them with the address", async () => {
  const production = { NODE_ENV: "production", VERO_LOG_LEVEL: "info" };
  const { url, lines, end } = await startApp("standalone", { ...environment, ...production });
  expect(await end("SIGTERM")).toBe(0);
  const entries = lines().map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(entries).toContainEqual(expect.objectContaining({ msg: "listening", address: url }));
});
