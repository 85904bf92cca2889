import { isVeroError, unsendable, VeroError } from "./errors.js";
import type { OperationTypes } from "./generated/client.js";
import { type ChangingOperationId, type OperationId, type OperationSpec, operations } from "./generated/operations.js";
import type { HttpRequest } from "./http.js";
import { uuid } from "./uuid.js";

type Fields = Record<string, unknown>;

export const specOf = (operation: OperationId): OperationSpec => operations[operation];

/** The operations whose repetition would do something a second time, or be refused. */
type SentOnce =
  | "auth.change_password"
  | "auth.create_invite"
  | "auth.login"
  | "auth.logout"
  | "auth.refresh"
  | "auth.revoke_session"
  | "auth.signup"
  | "auth.update_member"
  | "auth.update_profile"
  | "conversations.delete"
  | "conversations.update"
  | "media.create_upload_url"
  | "messages.edit"
  | "participants.add"
  | "participants.update";

/** The operations that are idempotent for some inputs only. */
type ByInput = Keyed | "conversations.create" | "messages.react";
type Keyed = "messages.forward" | "messages.send";

/**
 * The operations that say how something is to be, not what is to be changed about it, and reads that need a body. The
 * contract says so in descriptions, which no program can read: an operation that changes something and is in none of these
 * lists does not compile.
 */
const repeatable: Readonly<Record<Exclude<ChangingOperationId, SentOnce | ByInput>, true>> = {
  "auth.revoke_invite": true,
  "conversations.archive": true,
  "conversations.mark_read": true,
  "conversations.mute": true,
  "conversations.set_typing": true,
  "conversations.unarchive": true,
  "conversations.unmute": true,
  "media.confirm": true,
  "messages.delete": true,
  "messages.sync": true,
  "participants.remove": true,
  "users.block": true,
  "users.unblock": true,
};

/** The field with which an operation is idempotent for good. */
const keys: { readonly [O in Keyed]: keyof OperationTypes[O]["input"] } = {
  "messages.send": "client_message_id",
  "messages.forward": "client_forward_id",
};

const keyOf = (operation: OperationId): string | undefined => (keys as Partial<Record<OperationId, string>>)[operation];

/**
 * Answers whether sending it twice does no more than sending it once: reads; what is written with a permanent key; and what
 * the contract says is idempotent, for some by their input.
 */
export function isIdempotent(operation: OperationId, input: Fields): boolean {
  if (operations[operation].method === "GET" || operation in repeatable) return true;
  // A direct conversation exists once; `toggle`, the default, does the opposite the second time.
  if (operation === "conversations.create") return input["type"] === "direct";
  if (operation === "messages.react") return input["action"] === "add" || input["action"] === "remove";
  const key = keyOf(operation);
  return key !== undefined && input[key] !== undefined;
}

/** Gives a key to what may carry one and has none, so that the client's own repetitions cannot do it twice. */
export function withKey(operation: OperationId, input: Fields): Fields {
  const key = keyOf(operation);
  return key === undefined || (input[key] ?? undefined) !== undefined ? input : { ...input, [key]: uuid() };
}

function segment(name: string, value: unknown): string {
  const text = typeof value === "string" || typeof value === "number" ? String(value) : "";
  // An empty segment or a dot segment, even percent-encoded, would make the URL name another operation (RFC 3986 section 5.2.4).
  if (text === "" || text === "." || text === "..") {
    const message = "must be an id";
    throw new VeroError({
      code: "validation_failed",
      detail: `${name} ${message}.`,
      errors: [{ path: name, code: "invalid_format", message }],
    });
  }
  return encodeURIComponent(text);
}

function queryOf(fields: [string, unknown][]): string {
  const query = new URLSearchParams();
  for (const [name, value] of fields) {
    for (const item of Array.isArray(value) ? value : [value]) query.append(name, String(item));
  }
  const text = query.toString();
  return text === "" ? "" : `?${text}`;
}

/**
 * Distributes the flat input over path, query and body. A field that the operation does not know goes where the server
 * will refuse it by name.
 */
function distribute(operation: OperationId, input: Fields, baseUrl: string): HttpRequest {
  const spec = specOf(operation);
  const inPath = new Set<string>();
  const path = spec.path.replace(/\{(\w+)\}/g, (_, name: string) => {
    inPath.add(name);
    return segment(name, input[name]);
  });
  const rest = Object.entries(input).filter(([name, value]) => !inPath.has(name) && value !== undefined);
  // A query has no null, which means absent.
  const isQuery = ([name]: [string, unknown]) => spec.body !== true || spec.query?.includes(name) === true;
  const url = `${baseUrl}${path}${queryOf(rest.filter((field) => isQuery(field) && field[1] !== null))}`;
  if (spec.body !== true) return { method: spec.method, url };
  const body = JSON.stringify(Object.fromEntries(rest.filter((field) => !isQuery(field))));
  return { method: spec.method, url, body };
}

/** Makes the request of an operation. Throws only `VeroError`. */
export function requestOf(operation: OperationId, input: Fields, baseUrl: string): HttpRequest {
  try {
    return distribute(operation, input, baseUrl);
  } catch (error) {
    throw isVeroError(error) ? error : unsendable(error);
  }
}
