import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Service } from "@vero/server";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { createDatabase, type TestDatabase } from "../harness/database.js";
import { freePort } from "../harness/ports.js";
import { serve } from "../harness/serve.js";

const token = "3f0c1d9b7a5e48f2a6c4d8e0b1f7935c";
const apps = inject("arrangement") === "standalone" ? (["standalone"] as const) : (["gateway", "msgsrv"] as const);

let database: TestDatabase;
let objects: string;
const started: Service[] = [];
beforeAll(async () => {
  database = await createDatabase();
  objects = await mkdtemp(join(tmpdir(), "vero-objects-"));
});
afterAll(async () => {
  await Promise.allSettled(started.map((one) => one.close()));
  await database.drop();
  await rm(objects, { recursive: true });
});

async function startInProduction(app: (typeof apps)[number], environment: Record<string, string>): Promise<Service> {
  const one = await serve[app]({
    PORT: "0",
    NODE_ENV: "production",
    DATABASE_URL: database.url,
    VERO_SECRET: "Zk4qV7y1nR8sW2xB5tG9mD3pH6uJ0cLfAeQiYoTr",
    VERO_PUBLIC_URL: "https://vero.test",
    VERO_OBJECTS_DIR: objects,
    MSGSRV_URL: "http://127.0.0.1:9",
    ...environment,
  });
  started.push(one);
  return one;
}

async function statusOf(url: string, authorization?: string): Promise<number> {
  const answer = await fetch(url, authorization === undefined ? {} : { headers: { authorization } });
  if (answer.ok) expect(await answer.text()).toContain("http_request_duration_seconds");
  return answer.status;
}

/** Without a token, with a wrong one, with one in another scheme, and with the right one. */
const statusesOf = (url: string): Promise<number[]> =>
  Promise.all([undefined, `Bearer ${token}0`, `Basic ${token}`, `Bearer ${token}`].map((one) => statusOf(url, one)));

const closed = [404, 404, 404, 404];
const withToken = [404, 404, 404, 200];
const open = [200, 200, 200, 200];

describe.each(apps)("/metrics of %s in production", (app) => {
  it("is not there where neither VERO_METRICS_TOKEN nor VERO_METRICS_PORT is set, not even for this machine", async () => {
    const { url } = await startInProduction(app, {});
    expect(await statusesOf(`${url}/metrics`)).toEqual(closed);
  });

  it("is for who presents VERO_METRICS_TOKEN, beside the API", async () => {
    const { url } = await startInProduction(app, { VERO_METRICS_TOKEN: token });
    expect(await statusesOf(`${url}/metrics`)).toEqual(withToken);
  });

  it("is on VERO_METRICS_PORT and only there, and nothing else is", async () => {
    const port = await freePort();
    const { url } = await startInProduction(app, { VERO_METRICS_PORT: String(port) });
    expect(await statusesOf(`${url}/metrics`)).toEqual(closed);
    const own = `http://127.0.0.1:${port}`;
    expect(await statusesOf(`${own}/metrics`)).toEqual(open);
    for (const path of ["/readyz", "/healthz", "/openapi.json", "/v1/chat/conversations"]) {
      expect([path, (await fetch(own + path)).status]).toEqual([path, 404]);
    }
  });

  it("asks for VERO_METRICS_TOKEN on VERO_METRICS_PORT too, where both are set", async () => {
    const port = await freePort();
    const { url } = await startInProduction(app, {
      VERO_METRICS_PORT: String(port),
      VERO_METRICS_TOKEN: token,
    });
    for (const at of [url, `http://127.0.0.1:${port}`]) expect(await statusesOf(`${at}/metrics`)).toEqual(withToken);
  });
});
