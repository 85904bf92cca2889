import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createDatabase, type TestDatabase } from "../harness/database.js";
import { startApp } from "../harness/process.js";
import { serve } from "../harness/serve.js";

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
    const start = serve[app]({ ...environment, DATABASE_URL: "postgres://vero:canary@127.0.0.1:1/vero" });
    await expect(start).rejects.toThrow(/^DATABASE_URL: connect ECONNREFUSED 127\.0\.0\.1:1$/);
  });

  it.each(apps)("%s: PORT where it is taken, before the database is asked for", async (app) => {
    const PORT = new URL(database.url).port;
    const taken = { ...environment, PORT, DATABASE_URL: "postgres://127.0.0.1:1/vero" };
    await expect(startApp(app, taken)).rejects.toThrow("could not start: PORT: listen EADDRINUSE");
  });
});
