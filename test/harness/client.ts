import type { Problem } from "@vero/contracts";
import { checkAgainstContract } from "./contract.js";
import { refusals } from "./refusals.js";

export interface Answer<T> {
  status: number;
  headers: Headers;
  body: T;
}

export interface CallOptions {
  token?: string | undefined;
  /** Sent as JSON. */
  body?: unknown;
  /** Sent as it is. */
  raw?: string | Uint8Array;
  headers?: Record<string, string>;
}

/** Answers the body of a step that a test depends on; anything but success fails, with the request and its answer. */
export function bodyOf<T>(doing: string, { status, body }: Answer<T>): T {
  if (status < 200 || status > 299) throw new Error(`${doing} answered ${status}: ${JSON.stringify(body)}`);
  return body;
}

/** A plain HTTP client that checks every answer against openapi.json. */
export async function call<T = Problem>(
  base: string,
  operation: `${"GET" | "POST" | "PATCH" | "PUT" | "DELETE"} /${string}`,
  { token, body, raw, headers = {} }: CallOptions = {},
): Promise<Answer<T>> {
  const [method = "", target = ""] = operation.split(/ (.*)/);
  const payload = raw ?? (body === undefined ? undefined : JSON.stringify(body));
  const response = await fetch(`${base}${target}`, {
    method,
    headers: {
      // Bodies that are packed and unpacked in one process cost as much as what is tested; compression has tests of its own.
      "accept-encoding": "identity",
      ...(payload === undefined ? {} : { "content-type": "application/json" }),
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...headers,
    },
    ...(payload === undefined ? {} : { body: payload as NonNullable<RequestInit["body"]> }),
  });
  const text = await response.text();
  const type = response.headers.get("content-type") ?? "";
  const parsed: unknown = text === "" ? undefined : /json/.test(type) ? JSON.parse(text) : text;
  checkAgainstContract(method, target.split("?", 1)[0] ?? "", response.status, type, parsed);
  if (response.status >= 500 || response.status === 429)
    refusals.push(`${operation} answered ${response.status}: ${text}`);
  return { status: response.status, headers: response.headers, body: parsed as T };
}
