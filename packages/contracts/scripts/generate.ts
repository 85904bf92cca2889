import { writeFileSync } from "node:fs";
import { emitAsyncApi } from "../src/emit/asyncapi.js";
import { emitOpenApi } from "../src/emit/openapi.js";

const top = new URL("../../../", import.meta.url);

const write = (name: string, document: unknown): void =>
  writeFileSync(new URL(name, top), `${JSON.stringify(document, null, 2)}\n`);

write("openapi.json", emitOpenApi());
write("asyncapi.json", emitAsyncApi());
