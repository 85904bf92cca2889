import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";
import { encodingOf } from "@vero/server";
import type { FastifyInstance } from "fastify";
import fresh from "fresh";
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

const gzipBytes = promisify(gzip);
const brotliBytes = promisify(brotliCompress);

interface Loaded {
  etag: string;
  bodies: Record<"identity" | "gzip" | "br", Buffer>;
}

/**
 * Reads and compresses a document once, so that further requests cost nothing. Brotli does not run at its highest
 * level, for which the first request would have to wait.
 */
async function load({ read }: Document): Promise<Loaded> {
  const identity = Buffer.from(read());
  const [gzipped, br] = await Promise.all([
    gzipBytes(identity, { level: 9 }),
    brotliBytes(identity, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }),
  ]);
  // The tag is weak, because all encodings share it (RFC 9110 section 8.8.1).
  return {
    etag: `W/"${createHash("sha256").update(identity).digest("base64url")}"`,
    bodies: { identity, gzip: gzipped, br },
  };
}

/** Mounts the documents. Each is read at its first request, and revalidated by its tag (RFC 9110 section 13.1.2). */
export function mountDocs(app: FastifyInstance): void {
  for (const document of documents) {
    let loading: Promise<Loaded> | undefined;
    app.get(document.path, { config: { isShared: true } }, async (request, reply) => {
      loading ??= load(document);
      const { etag, bodies } = await loading;
      const vary = [reply.getHeader("vary") ?? [], "accept-encoding"].flat().join(", ");
      reply.headers({ ...document.headers, vary, etag, "cache-control": "public, max-age=300" });
      // Only the tag decides: `fetch` adds no-cache to it, which is meant for caches on the way.
      if (fresh({ "if-none-match": request.headers["if-none-match"] }, { etag })) return reply.code(304).send();
      const encoding = encodingOf(request);
      if (encoding !== "identity") reply.header("content-encoding", encoding);
      return reply.type(document.type).send(bodies[encoding]);
    });
  }
}
