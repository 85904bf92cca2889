import { z } from "zod";
import { id, named, time } from "../kernel/fields.js";
import { chars } from "../kernel/text.js";
import { exampleIds } from "../users/users.schema.js";

const mediaStatus = named("MediaStatus", "Announced, checked, or refused.", z.enum(["pending", "ready", "rejected"]));

export const media = named(
  "Media",
  "A file: announced (pending), checked (ready) or refused (rejected).",
  z.strictObject({
    id,
    status: mediaStatus,
    file_name: z.string().describe("As announced, and then cleaned: safe to show and to save under."),
    content_type: z.string(),
    size_bytes: z.int().describe("As announced; when ready, of what is handed out: images are written anew."),
    width: z.int().nullable().describe("Pixels, of one frame and upright; images only."),
    height: z.int().nullable().describe("Pixels, of one frame and upright; images only."),
    cdn_url: z
      .string()
      .nullable()
      .describe("The file, when ready. Signed, good until urls_expire_at, and the same for some minutes."),
    thumbnail_url: z
      .string()
      .nullable()
      .describe(
        "Present for images that are ready: a WebP of at most 480 by 480 pixels, the first frame, never larger than the image.",
      ),
    urls_expire_at: time
      .nullable()
      .describe("Between 15 and 20 minutes from the answer; ask media.get for fresh ones."),
    uploader_id: id,
    created_at: time,
  }),
);
export type Media = z.infer<typeof media>;

/** The types that may be uploaded, and under which endings their files are handed out; the first is added to a name that has none of them. */
export const mediaTypes = {
  "image/jpeg": ["jpg", "jpeg", "jpe", "jfif"],
  "image/png": ["png"],
  "image/gif": ["gif"],
  "image/webp": ["webp"],
  "image/avif": ["avif"],
  "video/mp4": ["mp4", "m4v"],
  "video/webm": ["webm"],
  "video/quicktime": ["mov", "qt"],
  "audio/mpeg": ["mp3"],
  "audio/mp4": ["m4a", "mp4"],
  "audio/ogg": ["ogg", "oga", "opus"],
  "audio/wav": ["wav"],
  "audio/webm": ["webm", "weba"],
  "application/pdf": ["pdf"],
  "application/zip": ["zip"],
  "text/plain": ["txt", "text", "log", "md"],
  "text/csv": ["csv"],
  "application/msword": ["doc"],
  "application/vnd.ms-excel": ["xls"],
  "application/vnd.ms-powerpoint": ["ppt"],
  "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ["docx"],
  "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ["xlsx"],
  "application/vnd.openxmlformats-officedocument.presentationml.presentation": ["pptx"],
} as const satisfies Record<string, readonly [string, ...string[]]>;
export type MediaType = keyof typeof mediaTypes;

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

export const fileName = chars(1, 255).describe(
  "The name that people see, never the name under which the file is stored. Only the last part of a path is taken; controls, marks of direction and characters that file systems reserve are removed or replaced; the ending of the type is added where it is another one.",
);

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
  urls_expire_at: "2026-03-01T12:20:00.000Z",
  uploader_id: exampleIds.ada,
  created_at: "2026-03-01T12:00:00.000Z",
};
