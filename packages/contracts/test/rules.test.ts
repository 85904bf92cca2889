import { describe, expect, it } from "vitest";
import { z } from "zod";
import { refinementsOf, rulesSentence } from "../src/emit/rules.js";
import { issueTable, rule } from "../src/index.js";
import { documented } from "./documented.js";

describe("the refinements of a schema", () => {
  const refined = z.string().refine(() => true, rule("invalid_phone", "must be a number of some country"));

  it.each([
    [
      "an input",
      z.strictObject({}).refine(() => true, rule("not_applicable", "of groups", { path: ["name"] })),
      "name",
    ],
    ["a field", z.strictObject({ phone: refined }), "phone"],
    ["an optional field", z.strictObject({ phone: refined.optional() }), "phone"],
    ["a field with a default", z.strictObject({ phone: refined.nullable().default(null) }), "phone"],
    ["the items of a list", z.strictObject({ phones: z.array(z.strictObject({ phone: refined })) }), "phones.phone"],
    ["the values of a record", z.strictObject({ phones: z.record(z.string(), refined) }), "phones"],
    ["one of several shapes", z.strictObject({ phone: z.union([z.int(), refined]) }), "phone"],
  ])("are found in %s", (_, schema, path) => {
    expect(refinementsOf(schema).map((found) => found.path)).toEqual([path]);
  });

  it("without `rule` have no code", () => {
    expect(refinementsOf(z.string().refine(() => true, "must be so"))).toEqual([
      { path: "", code: undefined, message: "must be so" },
    ]);
  });

  it("make one sentence, which names each field once", () => {
    const input = z.strictObject({ a: refined, b: refined.refine(() => true, rule("too_deep", "must be flat")) });
    expect(rulesSentence(input)).toBe(
      "Beyond the schema: `a`: must be a number of some country; `b`: must be a number of some country, must be flat.",
    );
    expect(rulesSentence(z.strictObject({ a: z.string() }))).toBeUndefined();
  });
});

describe.each(documented.map((one) => [one.name, one] as const))("the rules of %s", (_, { procedure, operation }) => {
  it("have a code of the table each, and stand in the document in words", () => {
    for (const { path, code, message } of refinementsOf(procedure.input)) {
      expect([path, Object.keys(issueTable)]).toEqual([path, expect.arrayContaining([code])]);
      expect(operation.description).toContain(message);
    }
  });
});
