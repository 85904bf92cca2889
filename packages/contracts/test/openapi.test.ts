import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import type { oas31 } from "zod-openapi";
import { reaches } from "../src/emit/schemas.js";
import { type ErrorCode, errorsOf, errorTable, restOf } from "../src/index.js";
import { committed, pathOf } from "./committed.js";
import { bodyOf, components, document, documented, everyObject, parametersOf, resolve } from "./documented.js";

const run = promisify(execFile);
const each = documented.map((one) => [one.name, one] as const);
const schemaOfBody = (operation: oas31.OperationObject): oas31.SchemaObject | undefined => {
  const schema = bodyOf(operation)?.content["application/json"]?.schema;
  return schema && resolve<oas31.SchemaObject>(schema as oas31.SchemaObject, components.schemas);
};
const responseOf = (operation: oas31.OperationObject, status: number | string) =>
  resolve<oas31.ResponseObject>(operation.responses?.[status], components.responses);

describe("openapi.json", () => {
  it("is what the contract makes (npm run generate)", () => {
    expect(committed("openapi.json")).toBe(`${JSON.stringify(document, null, 2)}\n`);
  });

  it("passes the linter without a warning", async () => {
    const cli = [pathOf("node_modules/@redocly/cli/bin/cli.js"), "lint", "openapi.json", "--format=json"];
    const { stdout } = await run(process.execPath, cli, {
      cwd: pathOf("."),
      env: { ...process.env, REDOCLY_TELEMETRY: "off", REDOCLY_SUPPRESS_UPDATE_NOTICE: "true" },
    });
    const report = JSON.parse(stdout.slice(stdout.indexOf("{"), stdout.lastIndexOf("}") + 1));
    expect(report.problems).toEqual([]);
    expect(report.totals).toMatchObject({ errors: 0, warnings: 0 });
  });

  it("is OpenAPI 3.1 and has nothing of 3.0 in it", () => {
    expect(document.openapi).toMatch(/^3\.1\.\d+$/);
    everyObject((node, path) => {
      expect([path, node["nullable"]]).toEqual([path, undefined]);
      expect([path, typeof node["exclusiveMinimum"] === "boolean"]).toEqual([path, false]);
    });
  });

  it("has exactly the operations of the contract", () => {
    const declared = documented.map(({ procedure }) => {
      const { method, path } = restOf(procedure);
      return `${method.toLowerCase()} ${path.replace(/:(\w+)/g, "{$1}")}`;
    });
    const paths = Object.entries(document.paths ?? {}).flatMap(([path, item]) =>
      Object.keys(item).flatMap((key) => (key === "parameters" ? [] : [`${key} ${path}`])),
    );
    expect(paths.sort()).toEqual(declared.sort());
  });

  it("describes every tag", () => {
    const tags = new Set(documented.flatMap(({ operation }) => operation.tags ?? []));
    expect(document.tags?.map(({ name }) => name).sort()).toEqual([...tags].sort());
    for (const { description } of document.tags ?? []) expect(description).toMatch(/\w+/);
  });

  it("names each model once", () => {
    const names = Object.keys(components.schemas);
    expect(names.filter((name) => /Output|Input|^error\.|^__/.test(name))).toEqual([]);
    expect(names.filter((name) => !/^[A-Z][A-Za-z]+$/.test(name))).toEqual([]);
    for (const entity of ["User", "Me", "Tenant", "AuthTokens", "Conversation", "Participant", "Message", "Media"]) {
      expect(names).toContain(entity);
    }
  });

  it("uses every component, and no other", () => {
    const used = new Set<unknown>();
    everyObject((node) => "$ref" in node && used.add(node["$ref"]));
    const { securitySchemes, ...kinds } = components;
    const declared = Object.entries(kinds).flatMap(([kind, all]) =>
      Object.keys(all).map((name) => `#/components/${kind}/${name}`),
    );
    expect([...used].sort()).toEqual(declared.sort());
    expect(Object.keys(securitySchemes)).toEqual(["bearerAuth"]);
  });
});

describe.each(each)("%s", (name, { procedure, operation, pathItem }) => {
  const codes = errorsOf(procedure);
  const success = String(procedure.status ?? 200);

  it("has its name as operationId, a summary and a tag", () => {
    expect(operation.operationId).toBe(name);
    expect(operation.summary).toBe(procedure.summary);
    expect(operation.tags).toEqual([name.split(".")[0]]);
  });

  it("asks for a token unless it is public", () => {
    expect(operation.security).toEqual(procedure.access === "session" ? [{ bearerAuth: [] }] : []);
  });

  it("answers exactly the statuses that follow from its codes", () => {
    const statuses = new Set([success, ...codes.map((code) => String(errorTable[code].status))]);
    expect(Object.keys(operation.responses ?? {}).sort()).toEqual([...statuses].sort());
  });

  it("lists its codes", () => {
    expect(operation["x-error-codes"]).toEqual(codes);
    for (const code of codes) expect(operation.description).toContain(`\`${code}\``);
  });

  it("answers every error with the one model of problems, and lists for each status exactly its codes, with an example of each", () => {
    const listed = Object.keys(operation.responses ?? {}).flatMap((status) => {
      if (status === success) return [];
      const response = responseOf(operation, status);
      const media = response.content?.["application/problem+json"];
      expect(media?.schema).toEqual({ $ref: "#/components/schemas/Problem" });
      const listedCodes = response["x-error-codes"] as ErrorCode[];
      expect(Object.keys(media?.examples ?? {})).toEqual(listedCodes);
      for (const code of listedCodes) expect([code, errorTable[code].status]).toEqual([code, Number(status)]);
      return listedCodes;
    });
    expect(listed.sort()).toEqual([...codes].sort());
  });

  it("has a body in its answer exactly where it answers 200", () => {
    const { content } = responseOf(operation, success);
    expect(content === undefined ? undefined : Object.keys(content)).toEqual(
      success === "204" ? undefined : ["application/json"],
    );
  });

  it("returns the request id, takes none as a parameter, and says when to try again", () => {
    expect(pathItem.parameters).toBeUndefined();
    expect(parametersOf(operation).filter(({ in: place }) => place === "header")).toEqual([]);
    for (const status of Object.keys(operation.responses ?? {})) {
      expect(responseOf(operation, status).headers).toHaveProperty("X-Request-Id");
    }
    const rateHeaders = ["Retry-After", "RateLimit-Limit", "RateLimit-Remaining", "RateLimit-Reset"];
    expect(Object.keys(responseOf(operation, 429).headers ?? {})).toEqual(expect.arrayContaining(rateHeaders));
    expect(responseOf(operation, 503).headers).toHaveProperty("Retry-After");
  });

  it("describes every parameter", () => {
    for (const { name: parameter, description } of parametersOf(operation)) {
      expect([parameter, description]).toEqual([parameter, expect.stringMatching(/\w+/)]);
    }
  });

  it("has named models for its body and its answer", () => {
    const named = { $ref: expect.stringMatching(/^#\/components\/schemas\/\w+$/) };
    const body = bodyOf(operation);
    if (body !== undefined) expect(body.content["application/json"]?.schema).toEqual(named);
    if (success === "200") {
      expect(responseOf(operation, 200).content?.["application/json"]?.schema).toEqual(named);
    }
  });

  it("takes every field of its input once, in the place that its method says", () => {
    const { pathParameters, rest } = restOf(procedure);
    const body = schemaOfBody(operation);
    const fields = Object.keys(procedure.input.shape);
    const others = fields.filter((field) => !pathParameters.includes(field));
    const placed = (place: string) => parametersOf(operation).flatMap((one) => (one.in === place ? [one.name] : []));
    expect(placed("path")).toEqual(fields.filter((field) => pathParameters.includes(field)));
    expect(placed("query")).toEqual(rest === "query" ? others : []);
    expect(Object.keys(body?.properties ?? {})).toEqual(rest === "body" ? others : []);
  });

  it("closes its body, and requires one exactly where a field is required", () => {
    const body = bodyOf(operation);
    if (body === undefined) return;
    const schema = schemaOfBody(operation);
    expect(schema?.additionalProperties).toBe(false);
    expect(body.required).toBe((schema?.required ?? []).length > 0);
  });
});

describe("the models of answers", () => {
  const answered = reaches(
    documented.map(({ operation }) => operation.responses),
    { ...components.schemas, ...components.responses },
  );
  const models = Object.entries(components.schemas).filter(([name]) => answered.has(name));

  it.each(models)("%s is open to further fields", (_, schema) => {
    everyObject((node) => expect(node).not.toHaveProperty("additionalProperties", false), schema);
  });

  it("are all but those of bodies", () => {
    expect(models.length).toBeGreaterThan(30);
  });
});
