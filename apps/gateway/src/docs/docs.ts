import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { mountStaticFile } from "@vero/server";
import type { FastifyInstance } from "fastify";
import { docsPage } from "./page.js";

/** Allows our own origin only. Templates of RapiDoc carry style attributes, hence `unsafe-inline` for styles. */
const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ");

/** Reads a file at the top of the repository, to which this module is one folder nearer once it is built. */
function topLevel(name: string): string {
  for (const path of [`../../../../${name}`, `../../../${name}`]) {
    try {
      return readFileSync(fileURLToPath(new URL(path, import.meta.url)), "utf8");
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
    }
  }
  throw new Error(`${name} is missing; npm run generate writes it.`);
}

const rapidocScript = (): string =>
  readFileSync(createRequire(import.meta.url).resolve("rapidoc/dist/rapidoc-min.js"), "utf8");

interface Document {
  path: string;
  type: string;
  read: () => string;
  headers?: Record<string, string>;
}

const documents: Document[] = [
  { path: "/openapi.json", type: "application/json; charset=utf-8", read: () => topLevel("openapi.json") },
  { path: "/asyncapi.json", type: "application/json; charset=utf-8", read: () => topLevel("asyncapi.json") },
  { path: "/docs/rapidoc-min.js", type: "text/javascript; charset=utf-8", read: rapidocScript },
  {
    path: "/docs",
    type: "text/html; charset=utf-8",
    read: () => docsPage,
    headers: { "content-security-policy": contentSecurityPolicy },
  },
];

/** Mounts the documents. */
export function mountDocs(app: FastifyInstance): void {
  for (const { path, headers, ...file } of documents) {
    mountStaticFile(app, path, { ...file, headers: { ...headers, "cache-control": "public, max-age=300" } });
  }
}
