import { readFile } from "node:fs/promises";
import type { AsyncApiDocument } from "../scripts/asyncapi.js";
import type { OpenApiDocument } from "../scripts/openapi.js";

const read = async (name: string): Promise<unknown> =>
  JSON.parse(await readFile(new URL(`../../../${name}`, import.meta.url), "utf8"));

/** The documents of the API, from which the client is generated. */
export const openapi = (await read("openapi.json")) as OpenApiDocument;
export const asyncapi = (await read("asyncapi.json")) as AsyncApiDocument;
