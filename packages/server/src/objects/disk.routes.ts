import type { Readable } from "node:stream";
import { AppError } from "@vero/contracts";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import fresh from "fresh";
import parseRange from "range-parser";
import { type DiskStore, isDiskStore } from "./disk.js";
import { objectsPath } from "./disk.links.js";
import { dispositionOf } from "./disposition.js";
import { ObjectMissing, type ObjectStore } from "./store.js";

const targetOf = (request: FastifyRequest): { key: string; token: string } => {
  const { "*": key } = request.params as { "*": string };
  const { token, ...rest } = request.query as Record<string, unknown>;
  // Signed URLs have no other parameter, so one that is there was added.
  if (typeof token !== "string" || Object.keys(rest).length > 0) throw new AppError("invalid_signature");
  return { key, token };
};

/**
 * Returns the requested range where it holds for these bytes (RFC 9110 section 14.2). A request for several ranges is
 * answered with the whole file, which is allowed.
 */
function rangeOf({ headers }: FastifyRequest, size: number, etag: string) {
  if (headers.range === undefined) return undefined;
  if (headers["if-range"] !== undefined && headers["if-range"] !== etag) return undefined;
  // A suffix that is longer than the file means all of it; the parser takes it for unsatisfiable.
  const suffix = Number(/^bytes=-(\d+)$/.exec(headers.range)?.[1]);
  if (suffix > size && size > 0) return { start: 0, end: size - 1 };
  const ranges = parseRange(size, headers.range);
  if (ranges === -1) return "unsatisfiable";
  return ranges === -2 || ranges.type !== "bytes" || ranges.length > 1 ? undefined : ranges[0];
}

/** Headers with which any page may show a file, while the file itself can neither run nor load anything. */
const harmless = {
  "content-security-policy": "sandbox; default-src 'none'",
  "cross-origin-resource-policy": "cross-origin",
};

async function put({ links, files }: DiskStore, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const { key, token } = targetOf(request);
  const { size_bytes, content_type } = await links.readUpload(key, token);
  const length = Number(request.headers["content-length"] ?? Number.NaN);
  if (length > size_bytes) throw new AppError("payload_too_large");
  if (length !== size_bytes) throw new AppError("size_mismatch");
  if (request.headers["content-type"] !== content_type) throw new AppError("content_type_mismatch");
  await files.create(key, request.raw, size_bytes).catch((cause: unknown) => {
    // The client broke the upload off: nobody reads the answer, and this service is not at fault.
    throw request.raw.errored ? new AppError("malformed_request", { cause }) : cause;
  });
  return reply.code(204).send();
}

async function get({ links, files }: DiskStore, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const { key, token } = targetOf(request);
  const terms = await links.readDownload(key, token);
  const file = await files.open(key).catch((cause: unknown) => {
    throw cause instanceof ObjectMissing ? new AppError("object_not_found", { cause }) : cause;
  });
  let body: Readable | undefined;
  try {
    const { size_bytes: size } = file;
    const etag = `"${file.version}"`;
    const range = rangeOf(request, size, etag);
    if (range === "unsatisfiable") {
      reply.header("content-range", `bytes */${size}`);
      throw new AppError("range_not_satisfiable");
    }
    const maxAge = Math.max(0, Math.floor((terms.expires_at.getTime() - Date.now()) / 1_000));
    reply.headers({ ...harmless, etag, "accept-ranges": "bytes", "cache-control": `private, max-age=${maxAge}` });
    if (fresh(request.headers, { etag })) return reply.code(304).send();
    reply.headers({ "content-type": terms.content_type, "content-disposition": dispositionOf(terms) });
    if (range) reply.code(206).header("content-range", `bytes ${range.start}-${range.end}/${size}`);
    reply.header("content-length", range ? range.end - range.start + 1 : size);
    if (request.method === "GET") body = file.stream(range);
    return reply.send(body);
  } finally {
    // The stream closes the file that it reads from.
    if (body === undefined) await file.close();
  }
}

/**
 * Mounts the routes behind the URLs of a disk store. URLs of another store lead to that store, so nothing is mounted.
 */
export async function mountObjects(app: FastifyInstance, objects: ObjectStore): Promise<void> {
  if (!isDiskStore(objects)) return;
  await app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser("*", (_request, _payload, done) => done(null));
    const transfer = { url: `${objectsPath}/*`, config: { isTransfer: true } };
    scope.route({ ...transfer, method: "PUT", handler: (request, reply) => put(objects, request, reply) });
    scope.route({ ...transfer, method: ["GET", "HEAD"], handler: (request, reply) => get(objects, request, reply) });
  });
}
