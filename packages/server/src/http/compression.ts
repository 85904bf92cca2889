import { constants } from "node:zlib";
import compress from "@fastify/compress";
import type { FastifyInstance } from "fastify";

/** Little is saved below this, in bytes. */
const threshold = 1_024;

/**
 * Lets routes with `compress: {}` compress their answers for clients that ask for it, in the thread pool and at levels
 * that cost little more than sending the bytes. A route whose answers hold a secret beside what somebody else wrote
 * must not: the length of the answer would tell about the secret (BREACH).
 */
export async function allowCompression(app: FastifyInstance): Promise<void> {
  await app.register(compress, {
    global: false,
    encodings: ["br", "gzip"],
    threshold,
    // Not on the thread that serves everybody.
    syncThreshold: 0,
    // A window of 256 KiB: an answer that is read slowly keeps the memory of its compressor.
    brotliOptions: { params: { [constants.BROTLI_PARAM_QUALITY]: 4, [constants.BROTLI_PARAM_LGWIN]: 18 } },
    zlibOptions: { level: 4 },
  });
}
