import type { z } from "zod";
import type { ErrorCode } from "./errors.js";
import type { RateName } from "./rates.js";
import type { ShareName } from "./shares.js";

export type RestMethod = "GET" | "POST" | "PATCH" | "PUT" | "DELETE";

/**
 * An operation as plain data. Everything else (routes, guards, documents, the SDK) is derived from it.
 *
 * - `access` is the one statement of who may call: it yields the guard, the OpenAPI `security` and the type of `ctx`.
 * - `rest` is the method and the path; `:name` segments are taken from the input field of that name. The remaining
 *   fields travel in the query for GET and DELETE and in the JSON body otherwise.
 * - `errors` are the codes that this operation adds to those that any operation may answer (`errorsOf`).
 * - What a refinement of `input` demands of fields together is said again for the documents with `.meta({ if, then, else })`
 *   (JSON Schema), where it can be.
 */
export interface Procedure {
  kind: "query" | "mutation";
  access: "public" | "session";
  rest: `${RestMethod} /${string}`;
  summary: string;
  description?: string;
  input: z.ZodObject;
  output: z.ZodType;
  errors: readonly ErrorCode[];
  /** 204 for operations without an answer; their `output` is `nothing`. */
  status?: 200 | 204;
  rate?: RateName;
  /** The share of a costly operation. */
  share?: ShareName;
  /** The share of a call with `q`, where looking for something costs more than listing. */
  shareWithQ?: ShareName;
  example: { input: unknown; output?: unknown };
}

/** The operations of one room, by name. */
export type Domain = Record<string, Procedure>;

type Example<P extends Omit<Procedure, "kind" | "example">> = {
  example: {
    input: z.input<P["input"]>;
    output?: z.input<P["output"]>;
  };
};

type Draft = Omit<Procedure, "kind" | "example">;

export const query = <const P extends Draft>(procedure: P & Example<P>) => ({ kind: "query", ...procedure }) as const;
export const mutation = <const P extends Draft>(procedure: P & Example<P>) =>
  ({ kind: "mutation", ...procedure }) as const;

export interface RestRoute {
  method: RestMethod;
  /** As declared, with `:name` segments. */
  path: string;
  pathParameters: readonly string[];
  /** Where the fields that are not in the path travel. */
  rest: "query" | "body";
}

export function restOf(procedure: Pick<Procedure, "rest">): RestRoute {
  const [method, path] = procedure.rest.split(" ") as [RestMethod, string];
  const pathParameters = path.split("/").flatMap((part) => (part.startsWith(":") ? [part.slice(1)] : []));
  return { method, path, pathParameters, rest: method === "GET" || method === "DELETE" ? "query" : "body" };
}

/** Every code that this operation may answer: its own, and those that follow from how it is called. */
export function errorsOf(procedure: Procedure): ErrorCode[] {
  const codes = new Set<ErrorCode>(["validation_failed"]);
  // The body of a GET is not read; that of a DELETE, which takes none, is looked at before it is refused.
  if (restOf(procedure).method !== "GET") {
    codes.add("malformed_json").add("payload_too_large").add("unsupported_media_type");
  }
  if (procedure.access === "session") codes.add("unauthenticated").add("token_expired");
  for (const code of procedure.errors) codes.add(code);
  // The gateway passes these on to the messaging service, which may be away or speak nonsense.
  if (restOf(procedure).path.startsWith("/v1/chat/")) codes.add("bad_gateway");
  return [...codes.add("rate_limited").add("internal_error").add("unavailable")];
}
