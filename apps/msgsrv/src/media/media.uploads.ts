import { AppError, type Media, type MediaType, mediaTypes, type msgsrvContract } from "@vero/contracts";
import {
  countPendingMedia,
  type Database,
  deletePendingMedia,
  type Executor,
  getVisibleMedia,
  insertMedia,
  listPendingMedia,
  lockStorage,
} from "@vero/db";
import { type Actor, longestTransferMs, type ObjectStore } from "@vero/server";
import { v7 as uuidv7 } from "uuid";
import type { z } from "zod";
import type { Links } from "../views/file-urls.js";
import { isImage } from "../views/media.view.js";
import { fileNameOf } from "./media.file-names.js";

type Contract = typeof msgsrvContract.media;
type UploadInput = z.output<Contract["create_upload_url"]["input"]>;
type Upload = z.input<Contract["create_upload_url"]["output"]>;

/** The bounds on stored files, in bytes. */
const largest = { image: 25_000_000, other: 100_000_000 };

/** The maximum of uploads of one user that wait to be confirmed. */
const maxPendingUploads = 20;

/** The lifetime of an upload URL, in milliseconds. */
const uploadWithin = 15 * 60_000;

function allowedType(given: string): MediaType {
  const type = given.split(";", 1)[0]?.trim().toLowerCase() ?? "";
  if (!Object.hasOwn(mediaTypes, type)) throw new AppError("media_type_not_allowed");
  return type as MediaType;
}

/** The bytes that files may take. */
export interface StorageQuota {
  user: number;
  tenant: number;
}

export interface MediaDeps {
  database: Database;
  objects: Pick<ObjectStore, "signUpload" | "head">;
  links: Pick<Links, "media">;
  quota: StorageQuota;
}

export type MediaService = ReturnType<typeof createMedia>;

/** Creates the service that hands out upload URLs and reads files. */
export function createMedia({ database, objects, links, quota }: MediaDeps) {
  /** Throws when a quota is exceeded; the totals stay locked until the end of the transaction. */
  async function findRoom(tx: Executor, { tenant_id, user_id }: Actor, size: number): Promise<void> {
    const stored = await lockStorage(tx, { tenant_id, user_id });
    if ((await countPendingMedia(tx, { tenant_id, user_id })) >= maxPendingUploads)
      throw new AppError("media_pending_limit");
    for (const [whose, words] of [
      ["user", "You keep"],
      ["tenant", "Your workspace keeps"],
    ] as const) {
      if (stored[whose] + size <= quota[whose]) continue;
      const detail = `${words} ${stored[whose]} of at most ${quota[whose]} bytes.`;
      throw new AppError("quota_exceeded", { detail });
    }
  }

  /** Deletes expired uploads of which nothing has arrived; tells whether there were any. */
  async function dropMissing({ tenant_id, user_id }: Actor): Promise<boolean> {
    const lastExpiry = new Date(Date.now() - longestTransferMs);
    const pending = await listPendingMedia(database.executor, { tenant_id, user_id }, lastExpiry);
    const missing: string[] = [];
    for (const { id, upload_key } of pending) {
      if ((await objects.head(upload_key)) === undefined) missing.push(id);
    }
    if (missing.length > 0) await deletePendingMedia(database.executor, tenant_id, missing);
    return missing.length > 0;
  }

  return {
    async createUploadUrl(actor: Actor, input: UploadInput): Promise<Upload> {
      const { tenant_id, user_id } = actor;
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
      const insert = () =>
        database.transaction(async (tx) => {
          await findRoom(tx, actor, size_bytes);
          await insertMedia(tx, { tenant_id, id, uploader_id: user_id, ...file });
        });
      await insert().catch(async (error: unknown) => {
        const isFull = error instanceof AppError && ["media_pending_limit", "quota_exceeded"].includes(error.code);
        if (!isFull || !(await dropMissing(actor))) throw error;
        await insert();
      });
      const expires_at = upload_expires_at.toISOString();
      return { media_id: id, method: "PUT", upload_url: url, headers, expires_at };
    },

    async get({ tenant_id, user_id }: Actor, id: string): Promise<Media> {
      const row = await getVisibleMedia(database.executor, { tenant_id, id, user_id });
      if (row === undefined) throw new AppError("media_not_found");
      return links.media(row);
    },
  };
}
