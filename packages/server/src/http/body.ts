import type { IncomingMessage } from "node:http";
import { finished, type Readable, Transform } from "node:stream";
import { AppError } from "@vero/contracts";

/** What is read of a body that nobody wants, so that the client gets to the answer: nobody reads past a reset. */
const maxDiscardedBytes = 16 * 1024 * 1024;

export const hasBody = ({ headers }: Pick<IncomingMessage, "headers">): boolean =>
  headers["transfer-encoding"] !== undefined || Number(headers["content-length"] ?? 0) > 0;

/** Whether there is something left to come of the body; a request that was made up inside says nothing of the kind. */
export const isArriving = (message: IncomingMessage): boolean => hasBody(message) && message.complete === false;

/**
 * Reads what is left of a body and keeps nothing of it: many clients look at the answer only once they have sent all, and
 * a connection that is closed on unread bytes is reset, answer included. What is larger than anybody sends by mistake
 * is cut off.
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
 * Passes a body on as it comes, up to so many bytes, whatever its length was said to be; then fails with
 * `payload_too_large`. The request itself stays open, to be answered.
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
