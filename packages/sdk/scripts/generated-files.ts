import openapiTS, { astToString, type OpenAPI3 } from "openapi-typescript";
import type { AsyncApiDocument } from "./asyncapi.js";
import { emitClient } from "./emit-client.js";
import { emitEventMap, eventSchemas, sharedSchemas, summariesOf } from "./emit-events.js";
import { emitFrames } from "./emit-frames.js";
import { emitOperations } from "./emit-operations.js";
import { emitSchemas } from "./emit-schemas.js";
import { type OpenApiDocument, operationsOf } from "./openapi.js";

const banner =
  "// Generated from openapi.json and asyncapi.json. Do not edit: change the contract and generate again.\n\n";

/** Fields with a default stay optional: the types describe what a caller has to give. */
const typesOf = async (document: unknown): Promise<string> =>
  astToString(await openapiTS(document as OpenAPI3, { defaultNonNullable: false }));

/** Makes the text of each file of src/generated, by its name. The same documents give the same bytes. */
export async function generatedFiles(
  openapi: OpenApiDocument,
  asyncapi: AsyncApiDocument,
): Promise<Record<string, string>> {
  const operations = operationsOf(openapi).sort((a, b) => (a.id < b.id ? -1 : 1));
  const files = {
    "openapi.ts": emitSchemas(await typesOf(openapi)),
    "operations.ts": emitOperations(operations),
    "client.ts": emitClient(operations, Object.keys(openapi.components.schemas).sort()),
    "events.ts":
      emitSchemas(await typesOf(eventSchemas(asyncapi)), {
        imported: { names: sharedSchemas(openapi, asyncapi), from: "./openapi.js" },
        summaries: summariesOf(asyncapi),
      }) + emitEventMap(asyncapi),
    "frames.ts": emitFrames(asyncapi),
  };
  return Object.fromEntries(Object.entries(files).map(([name, text]) => [name, banner + text]));
}
