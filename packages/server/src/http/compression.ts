import { constants } from "node:zlib";
import compress from "@fastify/compress";
import type { FastifyInstance } from "fastify";

/**
 * The `compress` of routes that compress their answers for clients that ask for it: in the thread pool, and at levels that
 * cost little more than sending the bytes. A route whose answers hold a secret beside what somebody else wrote must not:
 * the length of the answer would tell about the secret (BREACH).
 */
export const compressed = {
  encodings: ["br" as const, "gzip" as const],
  // Little is saved below this, in bytes.
  threshold: 1_024,
  // Not on the thread that serves everybody.
  syncThreshold: 0,
  // A window of 256 KiB: an answer that is read slowly keeps the memory of its compressor.
  brotliOptions: { params: { [constants.BROTLI_PARAM_QUALITY]: 4, [constants.BROTLI_PARAM_LGWIN]: 18 } },
  zlibOptions: { level: 4 },
};

/** Lets routes compress; what a route does not say itself is the plugin's own default, so each takes `compressed`. */
export async function allowCompression(app: FastifyInstance): Promise<void> {
  await app.register(compress, { global: false });
}
