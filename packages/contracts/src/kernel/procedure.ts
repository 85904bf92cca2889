import type { z } from "zod";
import type { ErrorCode } from "./errors.js";
import type { RateName } from "./rates.js";
import type { ShareName } from "./shares.js";

export type RestMethod = "GET" | "POST" | "PATCH" | "PUT" | "DELETE";

/**
 * An operation as plain data. Routes, guards, documents and the SDK are derived from it.
 *
 * - `access` states who may call, once for all: the guard, OpenAPI's `security` and the type of `ctx` follow from it.
 * - `rest` is the method and the path; a `:name` segment is the input field of that name. The other fields travel in
 *   the query for GET and DELETE, and in the JSON body otherwise.
 * - `errors` are the codes that this operation adds to those that any operation may answer (`errorsOf`).
 * - A rule between fields, a refinement of `input`, is repeated for the documents with `.meta({ if, then, else })`
 *   (JSON Schema) where that can express it.
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
  /** 204 for operations without an answer, whose `output` is `nothing`. */
  status?: 200 | 204;
  rate?: RateName;
  /** The share that bounds a costly operation. */
  share?: ShareName;
  /** The share of calls with `q`, where searching costs more than listing. */
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
  /** The path as declared, with `:name` segments. */
  path: string;
  pathParameters: readonly string[];
  /** The part of the request that carries the fields that are not in the path. */
  rest: "query" | "body";
}

export function restOf(procedure: Pick<Procedure, "rest">): RestRoute {
  const [method, path] = procedure.rest.split(" ") as [RestMethod, string];
  const pathParameters = path.split("/").flatMap((part) => (part.startsWith(":") ? [part.slice(1)] : []));
  return { method, path, pathParameters, rest: method === "GET" || method === "DELETE" ? "query" : "body" };
}

/** Lists every code that an operation may answer: its own, and those that follow from its method, access and path. */
export function errorsOf(procedure: Procedure): ErrorCode[] {
  const codes = new Set<ErrorCode>(["validation_failed"]);
  // The body of a GET is not read. A DELETE takes none either, but its body is parsed before it is refused.
  if (restOf(procedure).method !== "GET") {
    codes.add("malformed_json").add("payload_too_large").add("unsupported_media_type");
  }
  if (procedure.access === "session") codes.add("unauthenticated").add("token_expired");
  for (const code of procedure.errors) codes.add(code);
  // The gateway proxies these to the messaging service, which may be away or answer with something unusable.
  if (restOf(procedure).path.startsWith("/v1/chat/")) codes.add("bad_gateway");
  return [...codes.add("rate_limited").add("internal_error").add("unavailable")];
}
