import { createStore, promisifyRequest, type UseStore } from "idb-keyval";
import type { StoreStorage } from "./storage.js";

/** As much of an object store of IndexedDB as is used here. */
interface ObjectStore {
  readonly transaction: never;
  getAllKeys(range: unknown): never;
  getAll(range: unknown): never;
  put(value: unknown, key: string): void;
  delete(key: string): void;
}
type Use = <T>(mode: "readonly" | "readwrite", task: (store: ObjectStore) => Promise<T>) => Promise<T>;

const keysFrom = (prefix: string): unknown => {
  const { IDBKeyRange } = globalThis as unknown as { IDBKeyRange: { bound(low: string, high: string): unknown } };
  return IDBKeyRange.bound(prefix, `${prefix}\uffff`);
};

/** Keeps what a store holds in the IndexedDB of the browser, in a database of this name. */
export function idbStorage(name = "vero"): StoreStorage {
  let opened: UseStore | undefined;
  // Nothing is opened until it is used: pages are rendered on servers, too.
  const use: Use = (mode, task) => {
    opened ??= createStore(name, "entries");
    return opened(mode, task as never);
  };
  return {
    read: (prefix) =>
      use("readonly", async (store) => {
        const range = keysFrom(prefix);
        const [keys, values] = await Promise.all([
          promisifyRequest<string[]>(store.getAllKeys(range)),
          promisifyRequest<unknown[]>(store.getAll(range)),
        ]);
        return keys.map((key, index) => [key, values[index]] as const);
      }),
    write: (entries) =>
      use("readwrite", (store) => {
        for (const [key, value] of entries) {
          if (value === undefined) store.delete(key);
          else store.put(value, key);
        }
        return promisifyRequest<void>(store.transaction);
      }),
  };
}
