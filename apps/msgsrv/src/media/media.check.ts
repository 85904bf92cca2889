import { createReadStream, createWriteStream } from "node:fs";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { AppError } from "@vero/contracts";
import { addRemovals, type Database, type MediaRow } from "@vero/db";
import { ObjectMissing, type ObjectStore } from "@vero/server";
import { v7 as uuidv7 } from "uuid";
import { isImage } from "../views/media.view.js";
import type { Images } from "./images.js";
import { checkHash, checkMagic, checkText, isText } from "./media.inspect.js";

/** Where a file that passed its checks is now, and what it has become. */
export type Checked = Pick<MediaRow, "thumbnail_key" | "size_bytes" | "width" | "height"> & { object_key: string };

/** The delay in milliseconds after which the objects of a failed confirmation are deleted. */
const attemptLasts = 60 * 60_000;

export interface CheckingDeps {
  database: Pick<Database, "executor">;
  objects: Pick<ObjectStore, "head" | "read" | "write" | "copy">;
  images: Pick<Images, "inFolder" | "clean">;
}

/** Looks at what was uploaded; throws what is wrong with it. Takes seconds, and must not be called in a transaction. */
export function createChecking({ database, objects, images }: CheckingDeps) {
  const isVersion = async (key: string, version: string) => (await objects.head(key))?.version === version;

  /** Keys that nobody has seen yet, in the list of what is to be removed until somebody takes them out of it. */
  async function newKeys({ tenant_id, id }: MediaRow, names: readonly string[]): Promise<string[]> {
    const attempt = `files/${tenant_id}/${id}/${uuidv7()}`;
    const keys = names.map((name) => `${attempt}/${name}`);
    await addRemovals(database.executor, tenant_id, keys, new Date(Date.now() + attemptLasts));
    return keys;
  }

  async function image(row: MediaRow): Promise<Checked> {
    const { upload_key, size_bytes, content_type, sha256 } = row;
    return images.inFolder(async (folder) => {
      const source = join(folder, "upload");
      await pipeline(await objects.read(upload_key), createWriteStream(source));
      if (sha256 !== null) await checkHash(createReadStream(source), sha256);
      await checkMagic(createReadStream(source), size_bytes, content_type);
      const { width, height, ...cleaned } = await images.clean(folder, source, content_type);
      const [object_key = "", thumbnail_key = ""] = await newKeys(row, ["original", "thumbnail"]);
      await objects.write(object_key, cleaned.image(), { content_type, size_bytes: cleaned.size_bytes });
      const thumbnail = { content_type: "image/webp", size_bytes: cleaned.thumbnail_bytes };
      await objects.write(thumbnail_key, cleaned.thumbnail(), thumbnail);
      return { object_key, thumbnail_key, size_bytes: cleaned.size_bytes, width, height };
    });
  }

  async function other(row: MediaRow, version: string): Promise<Checked> {
    const { upload_key, size_bytes, content_type, sha256 } = row;
    const [object_key = ""] = await newKeys(row, ["original"]);
    // The copy is checked, because nobody can write to it: the upload may be replaced between two reads.
    await objects.copy(upload_key, object_key, { content_type, version });
    if (sha256 !== null) await checkHash(await objects.read(object_key), sha256);
    if (isText(content_type)) await checkText(await objects.read(object_key));
    else await checkMagic(await objects.read(object_key), size_bytes, content_type);
    return { object_key, thumbnail_key: null, size_bytes, width: null, height: null };
  }

  return async (row: MediaRow): Promise<Checked> => {
    const found = await objects.head(row.upload_key);
    if (found === undefined) throw new AppError("upload_missing");
    if (found.size_bytes !== row.size_bytes) throw new AppError("size_mismatch");
    try {
      return await (isImage(row.content_type) ? image(row) : other(row, found.version));
    } catch (error) {
      // A failed check is final only if the upload is still the same object: it may have been put again meanwhile.
      if (error instanceof ObjectMissing || !(await isVersion(row.upload_key, found.version))) {
        throw new AppError("unavailable", { cause: error, retryAfter: 1 });
      }
      throw error;
    }
  };
}
