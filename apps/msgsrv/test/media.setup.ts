import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { createDiskStore, type ObjectStore } from "@vero/server";
import { afterAll, beforeAll } from "vitest";
import { createConversationLog } from "../src/conversation-log/conversation-log.js";
import { createImages, type Images } from "../src/media/images.js";
import { createAttaching } from "../src/media/media.attach.js";
import { createConfirming } from "../src/media/media.confirm.js";
import { createMedia } from "../src/media/media.uploads.js";
import { createLinks } from "../src/views/file-urls.js";
import { type DatabaseFixture, log } from "./database.setup.js";

/** A real store whose calls fail while they are in the list. */
export interface Shaky {
  objects: ObjectStore;
  images: Images;
  failing: Set<keyof ObjectStore>;
}

const secret = "a secret for tests, of more than enough characters";

export function useStore(): Shaky {
  const shaky = { failing: new Set() } as Shaky;
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "vero-objects-"));
    const store: ObjectStore = await createDiskStore({ folder, publicUrl: "http://localhost", secret, log });
    shaky.images = await createImages();
    shaky.objects = new Proxy(store, {
      get: (target, name: keyof ObjectStore) =>
        shaky.failing.has(name) ? () => Promise.reject(new Error(`${name} failed`)) : target[name],
    });
  });
  afterAll(async () => {
    shaky.images.close();
    await rm(folder, { recursive: true });
  });
  return shaky;
}

const quota = { user: 1_000_000_000, tenant: 1_000_000_000 };

/** The services of one node. */
export function nodeOn({ database, actor }: DatabaseFixture, { objects, images }: Pick<Shaky, "objects" | "images">) {
  const publish = async () => {};
  const links = createLinks({ objects });
  const attaching = createAttaching({ database, log: createConversationLog({ database, publish }) });
  const media = createMedia({ database, objects, links, quota });
  const confirming = createConfirming({ database, objects, images, publish, links, attaching, log });
  return {
    confirm: (id: string) => confirming.confirm(actor, { id }),
    get: (id: string) => media.get(actor, id),
    /** Announced, and put where it belongs. */
    async upload(bytes: string | Buffer, content_type: string): Promise<string> {
      const body = Buffer.from(bytes as string);
      const size_bytes = body.length;
      const { media_id } = await media.createUploadUrl(actor, { file_name: "file", content_type, size_bytes });
      const key = `uploads/${actor.tenant_id}/${media_id}`;
      await objects.write(key, Readable.from(body), { content_type, size_bytes });
      return media_id;
    },
  };
}
