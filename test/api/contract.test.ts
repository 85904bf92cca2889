import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { contract, type ErrorCode, errorTable, type Procedure, restOf } from "@vero/contracts";
import { pending } from "@vero/msgsrv";
import { createBases, createHttp, createLogger, mountRoutes } from "@vero/server";
import { describe, expect, it } from "vitest";
import { expectProblem } from "../harness/accounts.js";
import type { Operation } from "../harness/people.js";
import { useWorkspace } from "../harness/workspace.js";

const workspace = useWorkspace();

interface Listed {
  name: string;
  procedure: Procedure;
  isPending: boolean;
}

const isPending = (room: string, name: string): boolean =>
  room in pending && (pending[room as keyof typeof pending] as readonly string[]).includes(name);

const operations: Listed[] = Object.entries(contract).flatMap(([room, domain]) =>
  Object.entries(domain as Record<string, Procedure>).map(([name, procedure]) => ({
    name: `${room}.${name}`,
    procedure,
    isPending: isPending(room, name),
  })),
);
const implemented = operations.filter((operation) => !operation.isPending);

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
  const { method, path, pathParameters, rest: place } = restOf({ rest });
  const input = example.input as Record<string, unknown>;
  const target = path.replace(/:(\w+)/g, (_, name) => String(input[name]));
  const fields = Object.entries(input).filter(([name]) => !pathParameters.includes(name));
  if (place === "body") return { operation: `${method} ${target}` as Operation, body: Object.fromEntries(fields) };
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
    else expect([404, 405, 501]).not.toContain(status);
  });
});

describe("operations that are not there yet", () => {
  it.each(operations.filter((one) => one.isPending))("$name answers 501 to its own example", async ({ procedure }) => {
    const { operation, body } = exampleOf(procedure);
    const answer = await workspace.ada.call<object>(operation, body && { body });
    expectProblem(answer, 501, "not_implemented");
  });

  it.each(implemented)("$name is not one of them", async ({ procedure }) => {
    const { operation, body } = exampleOf(procedure);
    // By somebody else for each: some of the examples end the session.
    const { status } = await workspace.stranger.call(operation, { ...(body && { body }) });
    expect(status).not.toBe(501);
    expect(status).toBeLessThan(500);
  });
});

/**
 * What can only be answered once another operation is there: nobody is blocked before one can block.
 */
const reachableBy: Partial<Record<ErrorCode, string>> = {
  you_blocked_user: "users.block",
  media_not_ready: "media.create_upload_url",
  media_already_attached: "media.confirm",
};

const isReachable = (code: ErrorCode): boolean => {
  const operation = operations.find(({ name }) => name === reachableBy[code]);
  return operation === undefined || !operation.isPending;
};

describe("every operation has a test for every status of its own", () => {
  const folder = fileURLToPath(new URL(".", import.meta.url));
  const files = readdirSync(folder);

  it.each(implemented)("$name", ({ name, procedure }) => {
    const own = files.filter((file) => file.startsWith(`${name}.`) && file.endsWith(".test.ts"));
    expect(own).toContain(`${name}.test.ts`);
    const text = own.map((file) => readFileSync(join(folder, file), "utf8")).join("\n");
    const tested = [...text.matchAll(/^describe\("(\d{3})\b/gm)].map(([, status]) => Number(status));
    const statuses = procedure.errors.filter(isReachable).map((code) => errorTable[code].status);
    expect(tested).toEqual(expect.arrayContaining([procedure.status ?? 200, ...statuses]));
  });

  it("excuses only codes that operations declare, for operations that exist", () => {
    for (const [code, name] of Object.entries(reachableBy)) {
      expect(operations.map((operation) => operation.name)).toContain(name);
      expect(operations.some(({ procedure }) => procedure.errors.includes(code as ErrorCode))).toBe(true);
    }
  });
});
