import { createHash } from "node:crypto";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import fresh from "fresh";
import { encodingOf } from "./compression.js";

export interface StaticFile {
  /** The content type. */
  type: string;
  read: () => string | Buffer;
  headers: Record<string, string>;
  /** False for what compression does not make smaller, such as images. */
  isCompressible?: boolean;
}

const gzipBytes = promisify(gzip);
const brotliBytes = promisify(brotliCompress);

interface Loaded {
  etag: string;
  bodies: Record<"identity" | "gzip" | "br", Buffer>;
}

/**
 * Reads and compresses a file once, so that further requests cost nothing. Brotli does not run at its highest level, for
 * which the first request would have to wait.
 */
async function load({ read, isCompressible = true }: StaticFile): Promise<Loaded> {
  const identity = Buffer.from(read());
  const [gzipped, br] = isCompressible
    ? await Promise.all([
        gzipBytes(identity, { level: 9 }),
        brotliBytes(identity, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }),
      ])
    : [identity, identity];
  // The tag is weak, because all encodings share it (RFC 9110 section 8.8.1).
  return {
    etag: `W/"${createHash("sha256").update(identity).digest("base64url")}"`,
    bodies: { identity, gzip: gzipped, br },
  };
}

/** Makes the handler of a file. The file is read at its first request, and revalidated by its tag (RFC 9110 section 13.1.2). */
export function staticFile(file: StaticFile): (request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply> {
  let loading: Promise<Loaded> | undefined;
  return async (request, reply) => {
    loading ??= load(file);
    const { etag, bodies } = await loading;
    const vary = [reply.getHeader("vary") ?? [], "accept-encoding"].flat().join(", ");
    reply.headers({ ...file.headers, vary, etag });
    // Only the tag decides: `fetch` adds no-cache to it, which is meant for caches on the way.
    if (fresh({ "if-none-match": request.headers["if-none-match"] }, { etag })) return reply.code(304).send();
    const encoding = file.isCompressible === false ? "identity" : encodingOf(request);
    if (encoding !== "identity") reply.header("content-encoding", encoding);
    return reply.type(file.type).send(bodies[encoding]);
  };
}

/** Mounts a file whose answers share their bytes, whoever reads them. */
export function mountStaticFile(app: FastifyInstance, path: string, file: StaticFile): void {
  app.get(path, { config: { isShared: true } }, staticFile(file));
}
