import { Agent, request } from "node:http";
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

/** Connections that stay open do not keep a test from ending. */
const agent = new Agent({ keepAlive: true });

interface Sent {
  method: string;
  headers: Record<string, string>;
  payload: string | Uint8Array | undefined;
}

/** Sends a request; `fetch` costs twice as much, and most of what tests do are requests. */
function send(url: string, { method, headers, payload }: Sent): Promise<Answer<string>> {
  return new Promise((resolve, reject) => {
    // Node sends the body of a DELETE without a length unless it is told.
    const length = payload === undefined ? {} : { "content-length": String(Buffer.byteLength(payload)) };
    const sent = request(url, { method, headers: { ...length, ...headers }, agent }, (response) => {
      let body = "";
      response.setEncoding("utf8");
      response.on("data", (part: string) => {
        body += part;
      });
      response.on("error", reject);
      response.on("end", () => {
        const pairs = Object.entries(response.headersDistinct).map(([name, values]): [string, string] => [
          name,
          values?.join(", ") ?? "",
        ]);
        resolve({ status: response.statusCode ?? 0, headers: new Headers(pairs), body });
      });
    });
    sent.on("error", reject);
    sent.end(payload);
  });
}

/** A plain HTTP client that checks every answer against openapi.json. */
export async function call<T = Problem>(
  base: string,
  operation: `${"GET" | "POST" | "PATCH" | "PUT" | "DELETE"} /${string}`,
  { token, body, raw, headers = {} }: CallOptions = {},
): Promise<Answer<T>> {
  const [method = "", target = ""] = operation.split(/ (.*)/);
  const payload = raw ?? (body === undefined ? undefined : JSON.stringify(body));
  const answer = await send(`${base}${target}`, {
    method,
    headers: {
      // Bodies that are packed and unpacked in one process cost as much as what is tested; compression has tests of its own.
      "accept-encoding": "identity",
      ...(payload === undefined ? {} : { "content-type": "application/json" }),
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...headers,
    },
    payload,
  });
  const { status, body: text } = answer;
  const type = answer.headers.get("content-type") ?? "";
  const parsed: unknown = text === "" ? undefined : /json/.test(type) ? JSON.parse(text) : text;
  checkAgainstContract(method, target.split("?", 1)[0] ?? "", status, type, parsed);
  if (status >= 500 || status === 429) refusals.push(`${operation} answered ${status}: ${text}`);
  return { ...answer, body: parsed as T };
}
