import { z } from "zod";
import { id, optional } from "../kernel/fields.js";
import { mutation, query } from "../kernel/procedure.js";
import { chars } from "../kernel/text.js";
import { exampleIds } from "../users/users.schema.js";
import { exampleMedia, fileName, media, mediaTypes, upload } from "./media.schema.js";

export const mediaContract = {
  create_upload_url: mutation({
    access: "session",
    rest: "POST /v1/chat/media/upload-url",
    summary: "Issue a presigned upload URL",
    description:
      "Size and type are signed into the URL, which is good for 15 minutes. Images up to 25 MB (25,000,000 bytes), other files up to 100 MB, of the allowed types. It takes one file, once: a second PUT is refused (409 here, 412 by S3), also while the first is on its way, and then the file is there. What is not confirmed within 24 hours is removed, and what is confirmed and not sent with a message within 7 days; a user may have 20 uploads pending. What a user and a workspace keep is bounded (413 `quota_exceeded`): the announced size counts from now on, that of what is handed out once it is confirmed, nothing once it is rejected or removed. A forwarded file counts once, for its uploader.",
    input: z.strictObject({
      file_name: fileName,
      content_type: chars(1, 127).describe(
        `One of ${Object.keys(mediaTypes).join(", ")}. Parameters are dropped: text/plain;charset=utf-8 is text/plain.`,
      ),
      size_bytes: z.int().min(1),
      sha256: optional(
        z
          .string()
          .length(64)
          .regex(/^[0-9a-f]{64}$/),
      ).describe("The SHA-256 of the bytes to be put, in lower-case hex; checked at confirm when given."),
    }),
    output: upload,
    errors: ["media_too_large", "media_type_not_allowed", "media_pending_limit", "quota_exceeded"],
    rate: "upload_url",
    example: {
      input: { file_name: "plan.pdf", content_type: "application/pdf", size_bytes: 48_213 },
      output: {
        media_id: exampleIds.media,
        method: "PUT",
        upload_url: "https://objects.example.com/uploads/0199d0a3?signature=example",
        headers: { "content-type": "application/pdf" },
        expires_at: "2026-03-01T12:15:00.000Z",
      },
    },
  }),
  confirm: mutation({
    access: "session",
    rest: "POST /v1/chat/media/:id/confirm",
    summary: "Confirm that the upload is complete and attach it to a message",
    description:
      "By the uploader only; idempotent. The bytes must be of the announced size, checksum and type: text holds no controls and does not begin like HTML, XML or SVG, office documents of the newer types carry no macros, an image has at most 50,000,000 pixels in all frames together and 500 frames, is not damaged, and takes at most 10 s of a processor to be read and written (`image_too_large` is about any of the three). Images are written anew: upright, without EXIF, location and other metadata, animations of GIF and WebP kept. A later use of the upload URL changes nothing. 422 is final: the file is rejected, and every later confirm answers the same. 409 `upload_missing` and 503 leave it pending: ask again. A check that has begun goes on after the deadline; a repeated call answers its outcome, and `media.ready` and `media.rejected` report it too. With `message_id` the file is added to that message of the caller, which is not deleted and carries at most 30.",
    input: z.strictObject({ id, message_id: optional(id) }),
    output: media,
    errors: [
      "media_not_found",
      "upload_missing",
      "size_mismatch",
      "checksum_mismatch",
      "content_type_mismatch",
      "image_too_large",
      "message_not_found",
      "you_blocked_user",
      "forbidden",
      "media_already_attached",
      "attachment_limit",
    ],
    rate: "confirm",
    share: "confirm",
    example: { input: { id: exampleIds.media }, output: exampleMedia },
  }),
  get: query({
    access: "session",
    rest: "GET /v1/chat/media/:id",
    summary: "Metadata of a file with fresh URLs",
    description:
      "For the uploader, and for everybody who can see a message that carries it. Images, audio and video may be shown inline; everything else is handed out to be saved only.",
    input: z.strictObject({ id }),
    output: media,
    errors: ["media_not_found"],
    example: { input: { id: exampleIds.media }, output: exampleMedia },
  }),
};
