import type { Media } from "@vero/contracts";
import type { StoredFile } from "@vero/db";

/**
 * Whether browsers show a type without running anything, after the checks; all other files are handed out to be saved.
 */
const isHarmless = (type: string): boolean => /^(image|audio|video)\//.test(type);

export const dispositionOf = (type: string): "inline" | "attachment" => (isHarmless(type) ? "inline" : "attachment");

export const isImage = (type: string): boolean => type.startsWith("image/");

export interface FileUrls {
  cdn_url: string;
  thumbnail_url: string | null;
  urls_expire_at: string;
}

export const toMedia = (file: StoredFile, urls: FileUrls | undefined): Media => ({
  id: file.id,
  status: file.status,
  file_name: file.file_name,
  content_type: file.content_type,
  size_bytes: file.size_bytes,
  width: file.width,
  height: file.height,
  cdn_url: urls?.cdn_url ?? null,
  thumbnail_url: urls?.thumbnail_url ?? null,
  urls_expire_at: urls?.urls_expire_at ?? null,
  uploader_id: file.uploader_id,
  created_at: file.created_at.toISOString(),
});
