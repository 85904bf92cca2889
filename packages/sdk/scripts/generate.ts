import { mkdir, readFile, writeFile } from "node:fs/promises";
import type { AsyncApiDocument } from "./asyncapi.js";
import { generatedFiles } from "./generated-files.js";
import type { OpenApiDocument } from "./openapi.js";

/**
 * Writes src/generated from the two documents of the API.
 * Other documents than those at the root of the repository can be named: `generate [openapi.json] [asyncapi.json]`.
 */
const root = new URL("../../../", import.meta.url);
const target = new URL("../src/generated/", import.meta.url);

async function read<T>(given: string | undefined, name: string): Promise<T> {
  return JSON.parse(await readFile(given ?? new URL(name, root), "utf8")) as T;
}

const files = await generatedFiles(
  await read<OpenApiDocument>(process.argv[2], "openapi.json"),
  await read<AsyncApiDocument>(process.argv[3], "asyncapi.json"),
);
await mkdir(target, { recursive: true });
await Promise.all(Object.entries(files).map(([name, text]) => writeFile(new URL(name, target), text)));
