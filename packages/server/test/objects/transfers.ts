import { once } from "node:events";
import { type ClientRequest, type IncomingMessage, request } from "node:http";
import type { Readable } from "node:stream";

type Headers = Record<string, string | number>;

/** As `fetch` would not send it: with the length that we say, whatever the body's is. */
export function open(url: string, method: string, headers: Headers): ClientRequest {
  return request(url, { method, headers, agent: false }).on("error", () => {});
}

export interface Answer {
  status: number;
  headers: IncomingMessage["headers"];
  body: Buffer;
}

async function answerTo(sent: ClientRequest): Promise<Answer> {
  const [message] = (await once(sent, "response")) as [IncomingMessage];
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk);
  return { status: message.statusCode ?? 0, headers: message.headers, body: Buffer.concat(chunks) };
}

export async function put(url: string, headers: Headers, body: Readable | string): Promise<Answer> {
  const length = typeof body === "string" ? { "content-length": Buffer.byteLength(body) } : {};
  const sent = open(url, "PUT", { ...length, ...headers });
  if (typeof body === "string") sent.end(body);
  else body.pipe(sent);
  return answerTo(sent);
}

export async function get(url: string, headers: Headers = {}, method = "GET"): Promise<Answer> {
  const sent = open(url, method, headers);
  sent.end();
  return answerTo(sent);
}

/** The size of what is there, without keeping it. */
export async function sizeOf(url: string): Promise<number> {
  const response = await fetch(url);
  let size = 0;
  for await (const chunk of response.body ?? []) size += chunk.length;
  return size;
}
