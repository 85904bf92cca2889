import { isVeroError, type VeroErrorCode } from "@vero/sdk";

/** The errors that a person can do something about, in their words; the service's own sentence stands for the others. */
const sentences: Partial<Record<VeroErrorCode, string>> = {
  invalid_credentials: "E-mail address or password is wrong.",
  email_taken: "There is an account with this e-mail address already.",
  invalid_invite: "This invite has been used, has expired or was revoked. Ask for another one.",
  signup_closed: "This server does not take new accounts this way. Ask whoever runs it for an invite.",
  password_too_common: "This password is too common. A few words that do not belong together are better.",
  invalid_current_password: "The current password is wrong.",
  network_error: "The server cannot be reached. Check your connection.",
  timeout: "The server has not answered in time. Try again.",
  rate_limited: "Too many attempts. Wait a little and try again.",
  unavailable: "The server is busy. Try again in a moment.",
  media_too_large: "The file is too large.",
  media_type_not_allowed: "Files of this type cannot be sent.",
  you_blocked_user: "You have blocked this person. Unblock them to write.",
};

export function describeError(error: unknown): string {
  if (!isVeroError(error)) return "Something went wrong. Try again.";
  return sentences[error.code] ?? error.detail ?? error.message;
}
