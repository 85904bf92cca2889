import { Readable } from "node:stream";

/**
 * Yields the bytes of a body as they come, and fails unless there are exactly `size` of them. The source is not
 * destroyed, because it is a request that must still be answered.
 */
export async function* exactly(size: number, body: Readable | Buffer): AsyncGenerator<Buffer> {
  let received = 0;
  const chunks: AsyncIterable<Buffer> | Buffer[] = Buffer.isBuffer(body)
    ? [body]
    : body.iterator({ destroyOnReturn: false });
  for await (const chunk of chunks) {
    received += chunk.length;
    if (received > size) break;
    yield chunk;
  }
  if (received !== size) throw new Error("The body is not of the size that was said.");
}

/** Passes a stream on, and converts its error by `explain`. */
export function explained(body: Readable, explain: (cause: unknown) => Error): Readable {
  async function* chunks(): AsyncGenerator<Buffer> {
    try {
      yield* body;
    } catch (cause) {
      throw explain(cause);
    }
  }
  return Readable.from(chunks(), { objectMode: false });
}
