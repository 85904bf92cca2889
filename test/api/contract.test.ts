import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { contract, errorTable, type Procedure, restOf } from "@vero/contracts";
import { createBases, createHttp, createLogger, mountRoutes } from "@vero/server";
import { describe, expect, it } from "vitest";
import type { Operation } from "../harness/people.js";
import { useWorkspace } from "../harness/workspace.js";

const workspace = useWorkspace();

interface Listed {
  name: string;
  procedure: Procedure;
}

const operations: Listed[] = Object.entries(contract).flatMap(([room, domain]) =>
  Object.entries(domain as Record<string, Procedure>).map(([name, procedure]) => ({
    name: `${room}.${name}`,
    procedure,
  })),
);

const document = JSON.parse(readFileSync(new URL("../../openapi.json", import.meta.url), "utf8")) as {
  paths: Record<string, Record<string, { operationId?: string }>>;
};
const documented = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.keys(methods)
    .filter((method) => /^(get|post|put|patch|delete)$/.test(method))
    .map((method) => `${method.toUpperCase()} ${path}`),
);

/** The example of an operation as a request. */
function exampleOf({ rest, example }: Procedure): { operation: Operation; body?: object } {
  const { method, path, pathParameters, rest: location } = restOf({ rest });
  const input = example.input as Record<string, unknown>;
  const target = path.replace(/:(\w+)/g, (_, name) => String(input[name]));
  const fields = Object.entries(input).filter(([name]) => !pathParameters.includes(name));
  if (location === "body") return { operation: `${method} ${target}` as Operation, body: Object.fromEntries(fields) };
  const query = new URLSearchParams(fields.map(([name, value]): [string, string] => [name, String(value)]));
  return { operation: `${method} ${target}?${query}` as Operation };
}

describe("the routes", () => {
  it("of the document are those that the contract mounts, no more and no fewer", async () => {
    const app = await createHttp({
      log: createLogger({ level: "silent", name: "test" }),
      corsOrigins: [],
      trustedProxies: 0,
      hsts: false,
    });
    const mounted: string[] = [];
    app.addHook("onRoute", ({ method, url }) => {
      const path = url.replace(/:(\w+)/g, "{$1}");
      for (const one of [method].flat()) if (one !== "HEAD" && one !== "OPTIONS") mounted.push(`${one} ${path}`);
    });
    const router = createBases().router({});
    mountRoutes(app, { contract, router, contextOf: () => expect.unreachable() });
    await app.close();
    const operational = documented.filter((route) => !/ \/(auth|v1)\//.test(route));
    expect(operational).toEqual([]);
    expect(mounted.sort()).toEqual(documented.sort());
  });

  it.each(operations)("$name is served at $procedure.rest", async ({ procedure }) => {
    const { operation, body } = exampleOf(procedure);
    const { status } = await workspace.ada.call(operation, { ...(body && { body }), token: "x" });
    if (procedure.access === "session") expect(status).toBe(401);
    else expect([404, 405]).not.toContain(status);
  });
});

describe("every operation", () => {
  it.each(operations)("$name takes its own example", async ({ procedure }) => {
    const { operation, body } = exampleOf(procedure);
    // By somebody else for each: some of the examples end the session.
    const { status } = await workspace.stranger.call(operation, { ...(body && { body }) });
    expect(status).toBeLessThan(500);
  });
});

describe("every operation has a test for every status of its own", () => {
  const folder = fileURLToPath(new URL(".", import.meta.url));
  const files = readdirSync(folder);

  it.each(operations)("$name", ({ name, procedure }) => {
    const own = files.filter((file) => file.startsWith(`${name}.`) && file.endsWith(".test.ts"));
    expect(own).toContain(`${name}.test.ts`);
    const text = own.map((file) => readFileSync(join(folder, file), "utf8")).join("\n");
    const tested = [...text.matchAll(/^describe\("(\d{3})\b/gm)].map(([, status]) => Number(status));
    const statuses = procedure.errors.map((code) => errorTable[code].status);
    expect(tested).toEqual(expect.arrayContaining([procedure.status ?? 200, ...statuses]));
  });
});
