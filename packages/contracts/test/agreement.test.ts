import { describe, expect, it } from "vitest";
import { z } from "zod";
import type { oas31 } from "zod-openapi";
import { restOf } from "../src/index.js";
import { bodyOf, components, document, documented, everyObject, parametersOf, pointerTo } from "./documented.js";
import { schemaChecker } from "./schema-checker.js";

/** The document says to strangers what zod says to us; they must not disagree. */
const check = schemaChecker(document);
const schemaOfBody = pointerTo("requestBody", "content", "application/json", "schema").slice(1);

/** Samples of values of every type that people and programs send by mistake or on purpose. */
const samples: unknown[] = [
  null,
  true,
  0,
  1,
  -1,
  1.5,
  101,
  2 ** 53,
  -(2 ** 53),
  "",
  " ",
  "a",
  "a\0",
  "\ud83d",
  "👍",
  "👍".repeat(40),
  "\u200b",
  "x".repeat(200),
  "x".repeat(10_001),
  "0199d0a3-5a10-7c3e-9f6b-0d4c2f1e8a77",
  "00000000-0000-0000-0000-000000000000",
  "2026-03-01T12:00:00Z",
  "2026-03-01T12:00:00.000+01:00",
  "2026-02-30T12:00:00Z",
  "0000-01-01T00:00:00Z",
  "https://example.com/a.png",
  "http://example.com/a.png",
  "https://user@example.com",
  "https://example.com/é",
  "ada@example.com",
  "ada@example.xn--p1ai",
  "ada@example-.com",
  "+49 30 901820",
  "Europe/Berlin",
  "member",
  "direct",
  "group",
  "for_me",
  "a".repeat(64),
  [],
  [null],
  ["0199d0a3-5a10-7c3e-9f6b-0d4c2f1e8a77"],
  Array.from({ length: 501 }, () => "0199d0a3-5a10-7c3e-9f6b-0d4c2f1e8a77"),
  {},
  { a: 1 },
];

/**
 * Says whether the rule of a value is one that JSON Schema cannot express, such as the time zones that exist and the
 * inside of metadata.
 */
const beyond = (field: string, value: unknown): boolean =>
  (field === "timezone" && typeof value === "string") || (field === "metadata" && typeof value === "object");

/**
 * Selects values that the document accepts and zod refuses, because patterns must mean the same in every language: text
 * of lone surrogates or of characters that nobody sees, what is an emoji, and how exact a time is.
 */
const isWider = (field: string, value: unknown): boolean =>
  typeof value === "string" &&
  (/^[\ud800-\udfff\u200b]$/.test(value) || field === "emoji" || /^\d{4}-\d\d-\d\dT/.test(value));

const withBody = documented.filter(({ operation }) => bodyOf(operation) !== undefined);

describe.each(withBody.map((one) => [one.name, one] as const))("the body of %s", (_, { procedure, pointer }) => {
  const example = procedure.example.input as Record<string, unknown>;
  const { pathParameters } = restOf(procedure);
  const inPath = Object.fromEntries(pathParameters.map((name) => [name, example[name]]));
  const base = Object.fromEntries(Object.entries(example).filter(([key]) => !pathParameters.includes(key)));
  const fields = Object.keys(procedure.input.shape).filter((field) => !pathParameters.includes(field));

  const verdicts = (body: Record<string, unknown>): { zod: boolean; document: boolean } => ({
    zod: procedure.input.safeParse({ ...inPath, ...body }).success,
    document: check(pointer + schemaOfBody, body).length === 0,
  });
  const expectAgreement = (body: Record<string, unknown>, wider = false) => {
    const { zod, document: said } = verdicts(body);
    expect({ body, accepted: said }).toEqual({ body, accepted: zod || (wider && said) });
  };

  it("is accepted as the example", () => expect(verdicts(base)).toEqual({ zod: true, document: true }));

  it("is judged alike when a field is missing or unknown", () => {
    for (const field of fields) expectAgreement({ ...base, [field]: undefined });
    expectAgreement({ ...base, surprise: 1 });
  });

  it.each(fields)("is judged alike whatever is in %s", (field) => {
    for (const value of samples) {
      if (!beyond(field, value)) expectAgreement({ ...base, [field]: value }, isWider(field, value));
    }
  });
});

describe("parameters", () => {
  it.each(documented.map((one) => [one.name, one] as const))("of %s are judged alike", (_, one) => {
    for (const [index, parameter] of parametersOf(one.operation).entries()) {
      const shape = one.procedure.input.shape[parameter.name] as z.ZodType;
      // A query has no null.
      for (const value of samples.filter((sample) => sample !== null)) {
        const said = check(`${one.pointer}/parameters/${index}/schema`, value).length === 0;
        const accepted = shape.safeParse(value).success || (isWider(parameter.name, value) && said);
        expect([parameter.name, value, said]).toEqual([parameter.name, value, accepted]);
      }
    }
  });
});

describe("the examples in the document", () => {
  const found: [where: string, schema: string, value: unknown][] = [];
  for (const { name, operation, pointer } of documented) {
    const body = bodyOf(operation)?.content["application/json"];
    if (body !== undefined) found.push([`${name} body`, pointer + schemaOfBody, body.example]);
    for (const [index, parameter] of parametersOf(operation).entries()) {
      if ("example" in parameter) {
        found.push([`${name} ${parameter.name}`, `${pointer}/parameters/${index}/schema`, parameter.example]);
      }
    }
    const answer = operation.responses?.["200"]?.content["application/json"];
    if (answer !== undefined) {
      const schema = pointerTo("responses", "200", "content", "application/json", "schema").slice(1);
      found.push([`${name} answer`, pointer + schema, answer.example]);
    }
  }
  for (const [name, response] of Object.entries(components.responses) as [string, oas31.ResponseObject][]) {
    const schema = pointerTo("components", "responses", name, "content", "application/problem+json", "schema");
    for (const code of Object.keys(response.content?.["application/problem+json"]?.examples ?? {})) {
      found.push([`${name} ${code}`, schema, (components.examples[code] as oas31.ExampleObject).value]);
    }
  }

  it.each(found)("%s keeps to its schema", (_, schema, value) => expect(check(schema, value)).toEqual([]));

  it("are there for every answer and every body", () => {
    const answers = documented.filter(({ operation }) => "200" in (operation.responses ?? {}));
    expect(found.filter(([where]) => where.endsWith(" answer"))).toHaveLength(answers.length);
    expect(found.filter(([where]) => where.endsWith(" body"))).toHaveLength(withBody.length);
  });

  it("within models keep to them", () => {
    let count = 0;
    everyObject((node, path) => {
      if (!path.startsWith("#/components/schemas/") || !Array.isArray(node["examples"])) return;
      for (const value of node["examples"]) expect(check(pointerTo(...path.slice(2).split("/")), value)).toEqual([]);
      count += 1;
    });
    expect(count).toBeGreaterThan(1);
  });
});

it("answers are judged alike, field by field", () => {
  for (const { procedure, pointer } of documented) {
    if (procedure.output instanceof z.ZodVoid) continue;
    const schema = pointer + pointerTo("responses", "200", "content", "application/json", "schema").slice(1);
    const example = procedure.example.output as Record<string, unknown>;
    for (const field of Object.keys(example)) {
      for (const value of samples) {
        // The document lets objects have further fields, which only zod refuses.
        if (typeof value === "object" && value !== null) continue;
        const answer = { ...example, [field]: value };
        const said = check(schema, answer).length === 0;
        const accepted = procedure.output.safeParse(answer).success || (isWider(field, value) && said);
        expect([field, value, said]).toEqual([field, value, accepted]);
      }
    }
  }
});
