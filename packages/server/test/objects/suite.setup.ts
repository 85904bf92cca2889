import { randomUUID } from "node:crypto";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll } from "vitest";
import type { ObjectStore, ObjectStoreOptions } from "../../src/index.js";
import { serveStore } from "./host.js";

export interface StoreUnderTest {
  config(): ObjectStoreOptions["config"];
  /** Lists the files of uploads that are no objects yet, where the store has such files. */
  incoming?(): Promise<string[]>;
}

export const MB = 1024 * 1024;
export const soon = (): Date => new Date(Date.now() + 60_000);
export const key = (): string => `tests/${randomUUID()}`;
export const terms = (size_bytes: number) => ({ content_type: "text/plain", size_bytes, expires_at: soon() });
export const asText = { content_type: "text/plain", file_name: "a.txt", disposition: "attachment" } as const;

/** A store that is served for the tests of a file, with steps on its objects. */
export interface StoreFixture {
  /** Set before the first test. */
  readonly store: ObjectStore;
  /** Writes an object; answers its key. */
  write(content: string): Promise<string>;
  contentOf(at: string): Promise<string>;
  versionOf(at: string): Promise<string>;
}

export function useStore(config: StoreUnderTest["config"]): StoreFixture {
  let store: ObjectStore;
  let close: () => Promise<void>;
  beforeAll(async () => {
    ({ store, close } = await serveStore(config()));
  });
  afterAll(() => close());
  return {
    get store() {
      return store;
    },
    async write(content) {
      const at = key();
      await store.write(at, Buffer.from(content), { content_type: "text/plain", size_bytes: content.length });
      return at;
    },
    contentOf: async (at) => text(await store.read(at)),
    versionOf: async (at) => (await store.head(at))?.version ?? "none",
  };
}
