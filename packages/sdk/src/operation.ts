import { VeroError } from "./errors.js";
import { type OperationId, type OperationSpec, operations } from "./generated/operations.js";
import type { HttpRequest } from "./http.js";
import { uuid } from "./uuid.js";

type Fields = Record<string, unknown>;

export const specOf = (operation: OperationId): OperationSpec => operations[operation];

const isRepeatable: ReadonlySet<OperationId> = new Set(["messages.sync", "media.confirm"]);

/**
 * Whether sending it twice does no more than sending it once: reads; a message with its permanent key
 * (`client_message_id`); `media.confirm`; and `messages.sync`, which is a read that needs a body.
 */
export function isIdempotent(operation: OperationId, input: Fields): boolean {
  if (operations[operation].method === "GET" || isRepeatable.has(operation)) return true;
  return operation === "messages.send" && input["client_message_id"] !== undefined;
}

/** A message without a key gets one, so that the client's own repetitions cannot send it twice. */
export function withKey(operation: OperationId, input: Fields): Fields {
  if (operation !== "messages.send" || input["client_message_id"] !== undefined) return input;
  return { ...input, client_message_id: uuid() };
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
