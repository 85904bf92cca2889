import { mkdir, readFile, writeFile } from "node:fs/promises";
import openapiTS, { astToString, type OpenAPI3 } from "openapi-typescript";
import { type OpenApiDocument, operationsOf } from "./document.js";
import { emitClient } from "./emit-client.js";
import { type AsyncApiDocument, emitEventMap, eventSchemas } from "./emit-events.js";
import { emitOperations } from "./emit-operations.js";

/**
 * Writes src/generated from the two documents of the API. The same documents give the same bytes.
 * Other documents than those at the root of the repository can be named: `generate [openapi.json] [asyncapi.json]`.
 */
const root = new URL("../../../", import.meta.url);
const target = new URL("../src/generated/", import.meta.url);
const banner =
  "// Generated from openapi.json and asyncapi.json. Do not edit: change the contract and generate again.\n\n";

async function read<T>(given: string | undefined, name: string): Promise<T> {
  return JSON.parse(await readFile(given ?? new URL(name, root), "utf8")) as T;
}

/** Fields with a default stay optional: the types describe what a caller has to give. */
const typesOf = async (document: unknown): Promise<string> =>
  astToString(await openapiTS(document as OpenAPI3, { defaultNonNullable: false }));

const openapi = await read<OpenApiDocument>(process.argv[2], "openapi.json");
const asyncapi = await read<AsyncApiDocument>(process.argv[3], "asyncapi.json");
const operations = operationsOf(openapi).sort((a, b) => (a.id < b.id ? -1 : 1));

const files = {
  "openapi.ts": await typesOf(openapi),
  "operations.ts": emitOperations(operations),
  "client.ts": emitClient(operations, Object.keys(openapi.components.schemas).sort()),
  "events.ts": (await typesOf(eventSchemas(asyncapi))) + emitEventMap(asyncapi),
};

await mkdir(target, { recursive: true });
await Promise.all(Object.entries(files).map(([name, text]) => writeFile(new URL(name, target), banner + text)));
