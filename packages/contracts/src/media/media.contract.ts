import { z } from "zod";
import { chars, id } from "../kernel/fields.js";
import { mutation, query } from "../kernel/procedure.js";
import { exampleIds } from "../users/users.schema.js";
import { exampleMedia, fileName, media, mediaTypes, upload } from "./media.schema.js";

export const mediaContract = {
  create_upload_url: mutation({
    access: "session",
    rest: "POST /v1/chat/media/upload-url",
    summary: "Issue a presigned upload URL",
    description:
      "Size and type are signed into the URL. Images up to 25 MB, other files up to 100 MB, of the allowed types. What is not confirmed within 24 hours is removed; a user may have 20 uploads pending.",
    input: z.strictObject({
      file_name: fileName,
      content_type: chars(1, 127).describe(`One of ${mediaTypes.join(", ")}.`),
      size_bytes: z.int().min(1),
      sha256: z
        .string()
        .length(64)
        .regex(/^[0-9a-f]{64}$/)
        .optional()
        .describe("Lower-case hex; checked at confirm when given."),
    }),
    output: upload,
    errors: ["media_too_large", "media_type_not_allowed", "media_pending_limit"],
    rate: "upload_url",
    example: {
      input: { file_name: "plan.pdf", content_type: "application/pdf", size_bytes: 48_213 },
      output: {
        media_id: exampleIds.media,
        method: "PUT",
        upload_url: "https://objects.example.com/uploads/0199d0a3?signature=example",
        headers: { "content-type": "application/pdf", "content-length": "48213" },
        expires_at: "2026-03-01T12:15:00.000Z",
      },
    },
  }),
  confirm: mutation({
    access: "session",
    rest: "POST /v1/chat/media/:id/confirm",
    summary: "Confirm that the upload is complete and attach it to a message",
    description:
      "By the uploader only; idempotent. With `message_id` the file is attached to that message of the caller.",
    input: z.strictObject({ id, message_id: id.optional() }),
    output: media,
    errors: [
      "media_not_found",
      "upload_missing",
      "size_mismatch",
      "content_type_mismatch",
      "image_too_large",
      "message_not_found",
      "media_already_attached",
    ],
    example: { input: { id: exampleIds.media }, output: exampleMedia },
  }),
  get: query({
    access: "session",
    rest: "GET /v1/chat/media/:id",
    summary: "Metadata of a file with fresh URLs",
    description: "For the uploader, and for whoever can see a message that carries it.",
    input: z.strictObject({ id }),
    output: media,
    errors: ["media_not_found"],
    example: { input: { id: exampleIds.media }, output: exampleMedia },
  }),
};
