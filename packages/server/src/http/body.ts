import type { IncomingMessage } from "node:http";
import { finished, type Readable, Transform } from "node:stream";
import { AppError } from "@vero/contracts";

/**
 * Bounds how much of an unwanted body is read. It is read so that the client receives the answer, which a reset would
 * discard.
 */
const maxDiscardedBytes = 16 * 1024 * 1024;

export const hasBody = ({ headers }: Pick<IncomingMessage, "headers">): boolean =>
  headers["transfer-encoding"] !== undefined || Number(headers["content-length"] ?? 0) > 0;

/**
 * Tells whether part of the body is still to come. A request that was injected inside the process counts as complete.
 */
export const isArriving = (message: IncomingMessage): boolean => hasBody(message) && message.complete === false;

/**
 * Reads the rest of a body and drops it. Many clients read the answer only after they have sent everything, and a
 * connection that is closed with unread bytes is reset, answer included. A body that is too large to have been sent by
 * mistake ends the connection.
 */
export function discardBody(message: IncomingMessage): void {
  let left = maxDiscardedBytes;
  message.on("error", () => {});
  message.on("data", (chunk: Buffer) => {
    left -= chunk.length;
    if (left < 0) message.socket.destroy();
  });
  message.resume();
}

/**
 * Passes a body through and fails with `payload_too_large` after `maxBytes` bytes, whatever its announced length. The
 * request itself stays open, so that it can be answered.
 */
export function boundedBody(payload: Readable, maxBytes = Number.POSITIVE_INFINITY): Readable {
  let bytes = 0;
  const body = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      if (bytes > maxBytes) done(new AppError("payload_too_large"));
      else done(null, chunk);
    },
  });
  body.on("error", () => {});
  finished(payload, (error) => error && body.destroy(error));
  return payload.pipe(body);
}
