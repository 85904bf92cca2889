import { Readable } from "node:stream";
import { freePort } from "../../../../test/harness/ports.js";
import {
  closeHttp,
  createHttp,
  createLogger,
  createObjectStore,
  mountObjects,
  type ObjectStoreOptions,
} from "../../src/index.js";

export const origin = "https://app.example.com";

/** A store, and the server that its URLs lead to where it needs one. */
export async function serveStore(config: ObjectStoreOptions["config"]) {
  const port = await freePort();
  const publicUrl = `http://127.0.0.1:${port}`;
  const log = createLogger({ level: "silent", name: "test" });
  const store = await createObjectStore({ config, publicUrl, secret: "a secret for tests, of enough characters", log });
  const app = await createHttp({ log, corsOrigins: [origin], trustedProxies: 0, hsts: false });
  await mountObjects(app, store);
  await app.listen({ host: "127.0.0.1", port });
  return {
    store,
    async close() {
      await closeHttp(app);
      await store.close();
    },
  };
}

/** So many bytes, in pieces as a network brings them. */
export function bytes(size: number, fill = 120): Readable {
  const piece = Buffer.alloc(64 * 1024, fill);
  function* pieces(): Generator<Buffer> {
    for (let left = size; left > 0; left -= piece.length) yield piece.subarray(0, left);
  }
  return Readable.from(pieces(), { objectMode: false });
}

/** How many there are, without keeping them. */
export async function count(body: AsyncIterable<Uint8Array>): Promise<number> {
  let size = 0;
  for await (const chunk of body) size += chunk.length;
  return size;
}
