import { z } from "zod";
import { chars, id, named, time } from "../kernel/fields.js";
import { exampleIds } from "../users/users.schema.js";

export const media = named(
  "Media",
  "A file: announced (pending), checked (ready) or refused (rejected).",
  z.strictObject({
    id,
    status: z.enum(["pending", "ready", "rejected"]),
    file_name: z.string(),
    content_type: z.string(),
    size_bytes: z.int(),
    width: z.int().nullable().describe("Pixels; images only."),
    height: z.int().nullable().describe("Pixels; images only."),
    cdn_url: z.string().nullable().describe("Signed and short-lived; see urls_expire_at."),
    thumbnail_url: z.string().nullable(),
    urls_expire_at: time.nullable(),
    uploader_id: id,
    created_at: time,
  }),
);
export type Media = z.infer<typeof media>;

/** The types that may be uploaded; images up to 25 MB, everything else up to 100 MB. */
export const mediaTypes = [
  "image/jpeg",
  "image/png",
  "image/gif",
  "image/webp",
  "image/avif",
  "video/mp4",
  "video/webm",
  "video/quicktime",
  "audio/mpeg",
  "audio/mp4",
  "audio/ogg",
  "audio/wav",
  "audio/webm",
  "application/pdf",
  "application/zip",
  "text/plain",
  "text/csv",
  "application/msword",
  "application/vnd.ms-excel",
  "application/vnd.ms-powerpoint",
  "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
  "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
  "application/vnd.openxmlformats-officedocument.presentationml.presentation",
] as const;

export const upload = named(
  "Upload",
  "Where and how to put the file: a PUT of exactly the announced bytes with exactly these headers.",
  z.strictObject({
    media_id: id,
    method: z.literal("PUT"),
    upload_url: z.string(),
    headers: z.record(z.string(), z.string()),
    expires_at: time,
  }),
);

export const fileName = chars(1, 255);

export const exampleMedia: Media = {
  id: exampleIds.media,
  status: "ready",
  file_name: "plan.pdf",
  content_type: "application/pdf",
  size_bytes: 48_213,
  width: null,
  height: null,
  cdn_url: "https://chat.example.com/files/plan?sig=example",
  thumbnail_url: null,
  urls_expire_at: "2026-03-01T13:00:00.000Z",
  uploader_id: exampleIds.ada,
  created_at: "2026-03-01T12:00:00.000Z",
};
