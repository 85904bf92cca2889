import { VeroError } from "./errors.js";
import { type OperationId, type OperationSpec, operations } from "./generated/operations.js";
import type { HttpRequest } from "./http.js";
import { uuid } from "./uuid.js";

type Fields = Record<string, unknown>;

export const specOf = (operation: OperationId): OperationSpec => operations[operation];

/** They say how something is to be, not what is to be changed about it; or they are reads that need a body. */
const isRepeatable: ReadonlySet<OperationId> = new Set([
  "conversations.archive",
  "conversations.mark_read",
  "conversations.mute",
  "conversations.set_typing",
  "conversations.unarchive",
  "conversations.unmute",
  "media.confirm",
  "messages.sync",
  "participants.remove",
  "users.block",
  "users.unblock",
]);

/** The field with which an operation is idempotent for good. */
const keys: Partial<Record<OperationId, string>> = {
  "messages.send": "client_message_id",
  "messages.forward": "client_forward_id",
};

/**
 * Whether sending it twice does no more than sending it once: reads; what is written with a permanent key; and what the
 * contract says is idempotent, for some by their input.
 */
export function isIdempotent(operation: OperationId, input: Fields): boolean {
  if (operations[operation].method === "GET" || isRepeatable.has(operation)) return true;
  // A direct conversation exists once; `toggle` does the opposite the second time.
  if (operation === "conversations.create") return input["type"] === "direct";
  if (operation === "messages.react") return input["action"] === "add" || input["action"] === "remove";
  const key = keys[operation];
  return key !== undefined && input[key] !== undefined;
}

/** What may carry a key and has none gets one, so that the client's own repetitions cannot do it twice. */
export function withKey(operation: OperationId, input: Fields): Fields {
  const key = keys[operation];
  return key === undefined || input[key] !== undefined ? input : { ...input, [key]: uuid() };
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
export function requestOf(operation: OperationId, input: Fields, baseUrl: string): HttpRequest {
  const spec = specOf(operation);
  const inPath = new Set<string>();
  const path = spec.path.replace(/\{(\w+)\}/g, (_, name: string) => {
    inPath.add(name);
    return segment(name, input[name]);
  });
  const rest = Object.entries(input).filter(([name, value]) => !inPath.has(name) && value !== undefined);
  const isQuery = ([name]: [string, unknown]) => spec.body !== true || spec.query?.includes(name) === true;
  const url = `${baseUrl}${path}${queryOf(rest.filter(isQuery))}`;
  if (spec.body !== true) return { method: spec.method, url };
  const body = JSON.stringify(Object.fromEntries(rest.filter((field) => !isQuery(field))));
  return { method: spec.method, url, body };
}
