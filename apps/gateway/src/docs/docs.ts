import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import type { FastifyInstance } from "fastify";
import { docsPage } from "./page.js";

/** Everything from our own origin. RapiDoc's templates carry style attributes, hence the one concession. */
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

/** The documents lie at the top of the repository; this file is one folder nearer to it once it is built. */
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

/** The documents, each read once, at the first request, and revalidated by its tag (RFC 9110 section 13.1.2). */
export function mountDocs(app: FastifyInstance): void {
  for (const { path, type, read, headers = {} } of documents) {
    let loaded: { body: string; etag: string } | undefined;
    const load = () => {
      const body = read();
      return { body, etag: `"${createHash("sha256").update(body).digest("base64url")}"` };
    };
    app.get(path, async (request, reply) => {
      loaded ??= load();
      reply.headers({ ...headers, etag: loaded.etag, "cache-control": "public, max-age=300" });
      if (request.headers["if-none-match"]?.includes(loaded.etag)) return reply.code(304).send();
      return reply.type(type).send(loaded.body);
    });
  }
}
