import { callListener } from "./call-listener.js";
import type { Caller } from "./caller.js";
import { isVeroError, VeroError } from "./errors.js";
import type { Media, MediaConfirmInput, MediaCreateUploadUrlInput, Upload } from "./generated/client.js";
import type { Fetch } from "./http.js";
import { parseUrl } from "./platform.js";
import { type Progress, put, type Uploadable } from "./put.js";
import { type RetryPolicy, withRetries } from "./retry.js";

export interface UploadOptions {
  /** The name that people see. Default: that of a `File`, else "file". */
  fileName?: string | undefined;
  /** Default: the type of a `File` or `Blob`. One of those that the service allows; see `media.createUploadUrl`. */
  contentType?: string | undefined;
  /** Adds the file to this message of yours when it is ready. */
  messageId?: string | undefined;
  /**
   * Receives how many bytes have been sent, of how many. All along where there is an `XMLHttpRequest`, as in browsers;
   * elsewhere at the beginning and the end. After a repetition it begins at 0 again. What it throws goes to
   * `onListenerError` and does not end the upload.
   */
  onProgress?: ((progress: Progress) => void) | undefined;
  /** Ends the upload. The service removes the bytes that were sent by then after a day. */
  signal?: AbortSignal | undefined;
}

export interface MediaUploads {
  /**
   * Uploads a file and has it checked: asks for a URL, puts the bytes there, confirms. The answer can be sent:
   * `messages.send({ conversation_id, media_ids: [media.id] })`. The bytes are put again after a network error, a 429, 502,
   * 503 or 504; there is no limit on how long that may take but `signal`. The check may take 60 seconds.
   *
   * @throws {VeroError} `media_type_not_allowed`, `media_too_large`, `media_pending_limit`, `quota_exceeded`: nothing was sent.
   * @throws {VeroError} `content_type_mismatch`, `image_too_large`: the file is refused.
   * @throws {VeroError} `message_not_found`, `media_already_attached`, `attachment_limit`: with `messageId`.
   * @throws {VeroError} `url_expired`: it took longer than the URL was good for.
   * @throws {VeroError} `unexpected_response`: the service, or where the files are kept, answered something else.
   * @throws {VeroError} `user_changed`: another user has signed in before it was confirmed.
   * @throws {VeroError} `aborted`, `network_error`.
   */
  upload(file: Uploadable, options?: UploadOptions): Promise<Media>;
}

export interface UploadDeps {
  call: Caller["call"];
  fetch: Fetch;
  retry: RetryPolicy;
  onListenerError(error: unknown): void;
}

/** The longest wait for the check, which decodes images and writes them anew; in milliseconds. */
const confirmMs = 60_000;

const nameOf = (file: Uploadable): string => ("name" in file && typeof file.name === "string" ? file.name : "file");
const sizeOf = (file: Uploadable): number => (file instanceof Uint8Array ? file.byteLength : file.size);
const typeOf = (file: Uploadable): string => (file instanceof Uint8Array ? "" : file.type);

/**
 * Puts the bytes, and takes a file that is there already for success: a URL takes one file, and an attempt whose answer was
 * lost has put it. S3 refuses the second with 412.
 */
async function putOnce(...[target, file, options]: Parameters<typeof put>): Promise<void> {
  try {
    await put(target, file, options);
  } catch (error) {
    if (!isVeroError(error, "already_uploaded") && !(isVeroError(error) && error.status === 412)) throw error;
  }
}

/** Answers where the bytes go; throws where something else was answered than this API does. */
function uploadOf(answer: unknown): Upload {
  const { media_id, upload_url, headers } = Object(answer) as Record<string, unknown>;
  const isUrl = typeof upload_url === "string" && parseUrl(upload_url) !== undefined;
  if (typeof media_id === "string" && isUrl && typeof headers === "object" && headers !== null) return answer as Upload;
  const detail = "Expected the URL of an upload, got something else.";
  throw new VeroError({ code: "unexpected_response", operation: "media.create_upload_url", detail, status: 200 });
}

export function createUploads({ call, fetch, retry, onListenerError }: UploadDeps): MediaUploads {
  return {
    async upload(file, { fileName, contentType, messageId, onProgress, signal } = {}) {
      const declared: MediaCreateUploadUrlInput = {
        file_name: fileName ?? nameOf(file),
        content_type: contentType ?? (typeOf(file) || "application/octet-stream"),
        size_bytes: sizeOf(file),
      };
      const options = { signal, series: {} };
      const { media_id: id, ...target } = uploadOf(await call("media.create_upload_url", declared, options));
      const progressed =
        onProgress && ((progress: Progress) => callListener(() => onProgress(progress), onListenerError));
      await withRetries(() => putOnce(target, file, { fetch, onProgress: progressed, signal }), retry, signal);
      const input: MediaConfirmInput = { id, ...(messageId !== undefined && { message_id: messageId }) };
      return (await call("media.confirm", input, { ...options, timeoutMs: confirmMs })) as Media;
    },
  };
}
