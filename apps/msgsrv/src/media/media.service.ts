import { AppError, type Media, type MediaType, mediaTypes, type msgsrvContract } from "@vero/contracts";
import { countPendingMedia, type Database, getVisibleMedia, insertMedia, lockUser } from "@vero/db";
import type { Actor, ObjectStore } from "@vero/server";
import { v7 as uuidv7 } from "uuid";
import type { z } from "zod";
import type { Links } from "./links.service.js";
import { isImage } from "./media.view.js";
import { fileNameOf } from "./names.service.js";

type Contract = typeof msgsrvContract.media;
type UploadInput = z.output<Contract["create_upload_url"]["input"]>;
type Upload = z.input<Contract["create_upload_url"]["output"]>;

/** In bytes. */
const largest = { image: 25_000_000, other: 100_000_000 };

/** Uploads of one user that wait to be confirmed. */
const mostPending = 20;

/** Until a URL may be used for an upload, in milliseconds. */
const uploadWithin = 15 * 60_000;

function allowedType(given: string): MediaType {
  const type = given.split(";", 1)[0]?.trim().toLowerCase() ?? "";
  if (!Object.hasOwn(mediaTypes, type)) throw new AppError("media_type_not_allowed");
  return type as MediaType;
}

export interface MediaDeps {
  database: Database;
  objects: Pick<ObjectStore, "signUpload">;
  links: Pick<Links, "media">;
}

export type MediaService = ReturnType<typeof createMedia>;

/** Files before and after their confirmation. */
export function createMedia({ database, objects, links }: MediaDeps) {
  return {
    async createUploadUrl({ tenant_id, user_id }: Actor, input: UploadInput): Promise<Upload> {
      const content_type = allowedType(input.content_type);
      const { size_bytes, sha256 = null } = input;
      const limit = isImage(content_type) ? largest.image : largest.other;
      if (size_bytes > limit) throw new AppError("media_too_large", { detail: `At most ${limit} bytes.` });
      const id = uuidv7();
      const upload_key = `uploads/${tenant_id}/${id}`;
      const upload_expires_at = new Date(Date.now() + uploadWithin);
      const terms = { content_type, size_bytes, expires_at: upload_expires_at };
      const { url, headers } = await objects.signUpload(upload_key, terms);
      const file_name = fileNameOf(input.file_name, content_type);
      const file = { file_name, content_type, size_bytes, sha256, upload_key, upload_expires_at };
      await database.transaction(async (tx) => {
        // Two that are counted at once would both find room for one.
        await lockUser(tx, tenant_id, user_id);
        if ((await countPendingMedia(tx, tenant_id, user_id)) >= mostPending) {
          throw new AppError("media_pending_limit");
        }
        await insertMedia(tx, { tenant_id, id, uploader_id: user_id, ...file });
      });
      const expires_at = upload_expires_at.toISOString();
      return { media_id: id, method: "PUT", upload_url: url, headers, expires_at };
    },

    async get({ tenant_id, user_id }: Actor, id: string): Promise<Media> {
      const row = await getVisibleMedia(database.executor, { tenant_id, id }, user_id);
      if (row === undefined) throw new AppError("media_not_found");
      return links.media(row);
    },
  };
}
