import type { Secrets } from "../config/secrets.js";
import type { Logger } from "../log/logger.js";
import { type DiskFiles, openDiskFiles } from "./disk.files.js";
import { createDiskLinks, type DiskLinks } from "./disk.links.js";
import { ObjectMissing, type ObjectStore } from "./store.js";

export interface DiskStoreOptions extends Secrets {
  /** The folder, shared by all processes that serve the same clients. */
  folder: string;
  publicUrl: string;
  log: Logger;
}

/** An object store with the links and files that its routes need. */
export interface DiskStore extends ObjectStore {
  links: DiskLinks;
  files: DiskFiles;
}

export const isDiskStore = (store: ObjectStore): store is DiskStore => "files" in store;

/** Creates the default store: a folder, with URLs that lead to this server itself (see `disk.routes.ts`). */
export async function createDiskStore({ folder, log, ...options }: DiskStoreOptions): Promise<DiskStore> {
  const files = await openDiskFiles(folder, log);
  const links = createDiskLinks(options);

  return {
    links,
    files,

    async signUpload(key, terms) {
      return { url: await links.upload(key, terms), headers: { "content-type": terms.content_type } };
    },

    signDownload: links.download,

    async head(key) {
      try {
        const file = await files.open(key);
        await file.close();
        return { size_bytes: file.size_bytes, version: file.version };
      } catch (error) {
        if (error instanceof ObjectMissing) return undefined;
        throw error;
      }
    },

    async read(key, range) {
      return (await files.open(key)).stream(range);
    },

    write: (key, body, { size_bytes }) => files.write(key, body, size_bytes),

    async copy(from, to, { version }) {
      const source = await files.open(from);
      if (source.version !== version) {
        await source.close();
        throw new ObjectMissing("The object is no longer what it was.");
      }
      const body = source.stream();
      await files.write(to, body, source.size_bytes).finally(() => body.destroy());
    },

    async delete(keys) {
      for (const key of keys) await files.delete(key);
    },

    async close() {},
  };
}
