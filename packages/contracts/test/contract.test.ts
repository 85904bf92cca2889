import { describe, expect, it } from "vitest";
import { z } from "zod";
import { operations } from "../src/emit/operations.js";
import { type ErrorCode, errorsOf, errorTable, rateTable, restOf } from "../src/index.js";
import { table } from "./table.js";

const each = operations.map(({ name, procedure }) => [name, procedure] as const);

describe("the endpoint table", () => {
  const declared = operations.map(({ name, procedure }) => {
    const { method, path } = restOf(procedure);
    return [method, path, name];
  });

  it("is exactly what the contract declares", () => {
    expect(declared.toSorted()).toEqual(table.toSorted());
    expect(table).toHaveLength(38 + 11);
  });

  it("has no two operations in one place", () => {
    expect(new Set(declared.map(([method, path]) => `${method} ${path?.replace(/:\w+/g, ":")}`)).size).toBe(49);
  });

  it("leaves only signup, login and refresh open", () => {
    const open = each.filter(([, procedure]) => procedure.access === "public").map(([name]) => name);
    expect(open).toEqual(["auth.signup", "auth.login", "auth.refresh"]);
  });
});

describe.each(each)("%s", (_, procedure) => {
  const { method, pathParameters } = restOf(procedure);

  it("has an example that its schemas accept", () => {
    expect(procedure.input.safeParse(procedure.example.input).error).toBeUndefined();
    expect(procedure.output.safeParse(procedure.example.output).error).toBeUndefined();
  });

  it("refuses fields that it does not know", () => {
    const input = { ...(procedure.example.input as object), surprise: 1 };
    const issues = procedure.input.safeParse(input).error?.issues ?? [];
    expect(issues).toContainEqual(expect.objectContaining({ code: "unrecognized_keys", keys: ["surprise"] }));
  });

  it("takes its path parameters from its input, and requires them", () => {
    for (const name of pathParameters) {
      expect(procedure.input.shape).toHaveProperty(name);
      expect(procedure.input.shape[name]?.safeParse(undefined).success).toBe(false);
    }
  });

  it("answers 204 exactly where it has no output", () => {
    expect(procedure.status === 204).toBe(procedure.output instanceof z.ZodVoid);
  });

  it("is a query exactly where it is a GET", () => {
    expect(procedure.kind === "query").toBe(method === "GET");
  });

  it("names codes and limits that exist, each code once", () => {
    for (const code of procedure.errors) expect(errorTable).toHaveProperty(code);
    expect(new Set(procedure.errors).size).toBe(procedure.errors.length);
    if (procedure.rate !== undefined) expect(rateTable).toHaveProperty(procedure.rate);
  });

  it("can say not_found where it takes an id from the path", () => {
    if (pathParameters.length === 0) return;
    expect(procedure.errors.some((code) => errorTable[code].status === 404)).toBe(true);
  });
});

describe("error codes", () => {
  // No operation answers these: there is none, or it is a signed URL that was asked.
  const outside: ErrorCode[] = [
    "route_not_found",
    "method_not_allowed",
    "malformed_request",
    "headers_too_large",
    "request_timeout",
    "already_uploaded",
    "upload_in_progress",
    "invalid_signature",
    "url_expired",
    "object_not_found",
    "range_not_satisfiable",
  ];

  it("are each used by an operation", () => {
    const used = new Set([...operations.flatMap(({ procedure }) => errorsOf(procedure)), ...outside]);
    expect([...used].sort()).toEqual(Object.keys(errorTable).sort());
  });
});

describe("bounds", () => {
  // Free-form by design; bounded as a whole, in bytes and in depth.
  const freeForm = ["conversations.create.metadata", "conversations.update.metadata", "messages.send.metadata"];

  const unbounded = (schema: z.core.JSONSchema.BaseSchema, where: string): string[] => {
    if (freeForm.includes(where)) return [];
    const has = (...keywords: string[]) => keywords.some((keyword) => keyword in schema);
    const types = [schema.type].flat();
    const children = [
      ...Object.entries(schema.properties ?? {}).map(([key, child]) => [child, `${where}.${key}`] as const),
      ...[schema.items ?? []].flat().map((child) => [child, `${where}[]`] as const),
      ...[...(schema.anyOf ?? []), ...(schema.oneOf ?? []), ...(schema.allOf ?? [])].map(
        (child) => [child, where] as const,
      ),
    ].flatMap(([child, path]) => (typeof child === "object" ? unbounded(child, path) : []));
    const finite =
      has("enum", "const", "$ref") ||
      ((!types.includes("string") || has("maxLength", "format")) &&
        (!types.includes("array") || has("maxItems")) &&
        (!(types.includes("integer") || types.includes("number")) || (has("minimum") && has("maximum"))) &&
        (!types.includes("object") || schema.additionalProperties === false) &&
        (schema.type !== undefined || has("anyOf", "oneOf", "allOf")));
    return finite ? children : [where, ...children];
  };

  const schemaOf = (input: z.ZodType) => z.toJSONSchema(input, { io: "input", reused: "inline" });

  it.each(each)("%s bounds every string, array and number", (name, procedure) => {
    const { $defs = {}, ...schema } = schemaOf(procedure.input);
    expect(unbounded(schema, name)).toEqual([]);
    for (const [id, definition] of Object.entries($defs)) expect(unbounded(definition, id)).toEqual([]);
  });

  it("would be noticed where they lack", () => {
    const careless = z.strictObject({
      text: z.string(),
      list: z.array(z.number().min(0)),
      open: z.record(z.string(), z.string()),
      free: z.unknown(),
    });
    expect(unbounded(schemaOf(careless), "x")).toEqual(["x.text", "x.list", "x.list[]", "x.open", "x.free"]);
  });
});
