import { describe, expect, it } from "vitest";
import type { oas31 } from "zod-openapi";
import { maxAuthRequestBytes, maxRequestBytes } from "../src/index.js";
import { bodyOf, components, documented, resolve } from "./documented.js";

/** A character outside of the BMP as JSON may escape it: two times `\uXXXX`. */
const characterBytes = 12;
/** Metadata is counted as UTF-8; escaped, a character of one byte has six. */
const metadataBytes = 6 * 16_384;

/** Counts the bytes of the largest JSON, without spaces, that a schema allows. */
function bytesOf(node: oas31.SchemaObject | oas31.ReferenceObject): number {
  const schema: oas31.SchemaObject = resolve(node, components.schemas);
  if (schema.anyOf) return Math.max(...schema.anyOf.map((one) => bytesOf(one)));
  if (schema.enum) return Math.max(...schema.enum.map((value) => JSON.stringify(value).length));
  const type = [schema.type].flat().find((one) => one !== "null");
  if (type === "array") return 2 + (schema.maxItems ?? Number.NaN) * (1 + bytesOf(schema.items as oas31.SchemaObject));
  if (type === "string") return 2 + (schema.format === "uuid" ? 36 : (schema.maxLength ?? Number.NaN) * characterBytes);
  if (type !== "object") return 24;
  if (schema.properties === undefined) return metadataBytes;
  return Object.entries(schema.properties).reduce((sum, [name, field]) => sum + name.length + 4 + bytesOf(field), 2);
}

const bodies = documented.flatMap(({ name, operation }) => {
  const schema = bodyOf(operation)?.content["application/json"]?.schema;
  return schema === undefined ? [] : [[name, bytesOf(schema as oas31.SchemaObject)] as const];
});

describe("the limit of bytes", () => {
  it.each(bodies)("has room for the largest body of %s, all of it escaped: %d bytes", (name, bytes) => {
    // A frame has the name of the operation and an id around it.
    expect(bytes + 1_024).toBeLessThanOrEqual(name.startsWith("auth.") ? maxAuthRequestBytes : maxRequestBytes);
  });
});
