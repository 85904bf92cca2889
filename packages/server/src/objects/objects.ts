import type { Secrets } from "../config/secrets.js";
import type { Logger } from "../log/logger.js";
import { dependingOn } from "../process/settings.js";
import { createDiskStore } from "./disk.js";
import { isS3, type ObjectsEnvironment } from "./environment.js";
import type { ObjectStore } from "./store.js";

export interface ObjectStoreOptions extends Secrets {
  config: ObjectsEnvironment & { VERO_OBJECTS_DIR: string };
  publicUrl: string;
  log: Logger;
}

/** Creates the store that the configuration names: S3 where there is a bucket, a folder otherwise. */
export async function createObjectStore({ config, log, ...links }: ObjectStoreOptions): Promise<ObjectStore> {
  if (!isS3(config)) {
    return dependingOn("VERO_OBJECTS_DIR", () => createDiskStore({ folder: config.VERO_OBJECTS_DIR, log, ...links }));
  }
  // Imported only where it is used, so that no other process waits for it to load.
  const { createS3Store } = await import("./s3.js");
  return createS3Store({ config, log });
}
