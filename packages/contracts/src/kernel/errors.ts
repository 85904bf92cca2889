import type { IssueCode } from "./issues.js";

/**
 * Every error that the API can answer with, by its stable `code`. Clients branch on the code; status and title follow
 * from it, so that a code means the same on every operation and transport.
 */
export const errorTable = {
  // Errors that any operation may answer without declaring them (see `errorsOf`).
  validation_failed: { status: 400, title: "The input is not valid" },
  malformed_json: { status: 400, title: "The body is not valid JSON" },
  malformed_request: { status: 400, title: "The request is not valid HTTP" },
  request_timeout: { status: 408, title: "The request did not arrive in time" },
  headers_too_large: { status: 431, title: "The request headers are too large" },
  unauthenticated: { status: 401, title: "Authentication is required" },
  token_expired: { status: 401, title: "The access token has expired" },
  route_not_found: { status: 404, title: "No such route" },
  method_not_allowed: { status: 405, title: "The route does not answer this method" },
  payload_too_large: { status: 413, title: "The body is too large" },
  unsupported_media_type: { status: 415, title: "The content type is not supported" },
  rate_limited: { status: 429, title: "Too many requests" },
  internal_error: { status: 500, title: "Something went wrong on our side" },
  bad_gateway: { status: 502, title: "The messaging service gave no usable answer" },
  unavailable: { status: 503, title: "The service is temporarily unavailable" },

  // auth
  invalid_credentials: { status: 401, title: "The email or the password is wrong" },
  invalid_refresh_token: { status: 401, title: "The refresh token is not valid" },
  token_reused: { status: 401, title: "The refresh token was already used; the session is revoked" },
  invalid_current_password: { status: 403, title: "The current password is wrong" },
  password_too_common: { status: 400, title: "The password is too easy to guess" },
  email_taken: { status: 409, title: "An account with this email exists already" },
  signup_closed: { status: 403, title: "The server does not take this signup" },
  invalid_invite: { status: 400, title: "The invite is unknown, used, revoked or expired" },
  invite_not_found: { status: 404, title: "No such invite" },
  session_not_found: { status: 404, title: "No such session" },
  last_owner: { status: 409, title: "The last owner can be neither demoted nor deactivated" },

  // access
  forbidden: { status: 403, title: "You may not do this" },
  user_not_found: { status: 404, title: "No such user" },
  unknown_users: { status: 400, title: "Some of the users do not exist" },

  // conversations and participants
  conversation_not_found: { status: 404, title: "No such conversation" },
  participant_not_found: { status: 404, title: "No such participant" },
  direct_conversation_immutable: { status: 409, title: "A direct conversation cannot be changed this way" },
  participant_limit: { status: 409, title: "The conversation has as many participants as it can hold" },
  seq_out_of_range: { status: 400, title: "The seq is beyond the end of the conversation" },

  // messages
  message_not_found: { status: 404, title: "No such message" },
  message_deleted: { status: 410, title: "The message was deleted" },
  idempotency_conflict: { status: 409, title: "The idempotency key was used with other content" },
  version_conflict: { status: 409, title: "The message has changed since you read it" },
  invalid_reply: { status: 400, title: "The message replied to is not in this conversation" },
  replied_message_deleted: { status: 409, title: "The message replied to was deleted" },
  invalid_mention: { status: 400, title: "A mentioned user is not in this conversation" },
  reaction_limit: { status: 409, title: "The message has as many kinds of reaction as it can hold" },

  // users
  you_blocked_user: { status: 403, title: "You have blocked this user" },
  cannot_block_self: { status: 400, title: "You cannot block yourself" },

  // media
  media_not_found: { status: 404, title: "No such media" },
  media_not_ready: { status: 409, title: "The media is not ready to be sent" },
  media_already_attached: { status: 409, title: "The media is part of another message already" },
  media_pending_limit: { status: 409, title: "Too many uploads are waiting to be confirmed" },
  media_too_large: { status: 413, title: "The file is larger than its type allows" },
  quota_exceeded: { status: 413, title: "There is no room for more files" },
  media_type_not_allowed: { status: 415, title: "Files of this type are not accepted" },
  upload_missing: { status: 409, title: "The file has not been uploaded" },
  size_mismatch: { status: 422, title: "The uploaded file is not of the announced size" },
  content_type_mismatch: { status: 422, title: "The uploaded file is not of the announced type" },
  checksum_mismatch: { status: 422, title: "The uploaded file has not the announced checksum" },
  image_too_large: { status: 422, title: "The image has too many pixels or frames, or takes too long to be read" },
  attachment_limit: { status: 409, title: "The message carries as many files as it can hold" },

  // signed URLs
  invalid_signature: { status: 403, title: "The URL is not as it was signed" },
  url_expired: { status: 403, title: "The URL has expired" },
  upload_in_progress: { status: 409, title: "The file is being uploaded to this URL" },
  already_uploaded: { status: 409, title: "The file has been uploaded to this URL" },
  object_not_found: { status: 404, title: "There is no file at this URL" },
  range_not_satisfiable: { status: 416, title: "The file has no such part" },
} as const satisfies Record<string, { status: number; title: string }>;

export type ErrorCode = keyof typeof errorTable;

/** One reason why an input was refused: where (`path`, dotted), by which rule (`code`), and in words for people. */
export interface Issue {
  path: string;
  code: IssueCode;
  message: string;
}

export interface AppErrorOptions {
  /** The text for people, which never carries secrets, SQL or stack traces. It defaults to the title of the code. */
  detail?: string;
  issues?: readonly Issue[];
  /** The seconds after which the same call may succeed; sent as `Retry-After`. */
  retryAfter?: number;
  /** The rate limit that was exceeded. */
  limit?: { points: number; seconds: number };
  cause?: unknown;
}

/**
 * The only error class that services throw on purpose. A code that the operation does not declare is a bug, and is
 * answered as 500.
 */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly issues: readonly Issue[] | undefined;
  readonly retryAfter: number | undefined;
  readonly limit: AppErrorOptions["limit"] | undefined;

  constructor(code: ErrorCode, options: AppErrorOptions = {}) {
    super(options.detail ?? errorTable[code].title, { cause: options.cause });
    this.name = "AppError";
    this.code = code;
    this.issues = options.issues;
    this.retryAfter = options.retryAfter;
    this.limit = options.limit;
  }

  get status(): number {
    return errorTable[this.code].status;
  }
}
