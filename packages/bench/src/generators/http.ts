import { Pool } from "undici";

export interface HttpClient {
  get(path: string, authorization: string): Promise<void>;
  post(path: string, authorization: string, body: object): Promise<void>;
  close(): Promise<void>;
}

const requestMs = 10_000;

/** Requests over connections that are kept; each must succeed, and its answer is read to the end and not looked at. */
export function createHttpClient(url: string, connections: number): HttpClient {
  const pool = new Pool(url, { connections, pipelining: 1, headersTimeout: requestMs, bodyTimeout: requestMs });
  async function request(method: "GET" | "POST", path: string, headers: Record<string, string>, body?: string) {
    const answer = await pool.request({ method, path, headers, ...(body === undefined ? {} : { body }) });
    if (answer.statusCode >= 300) {
      throw new Error(`${method} ${path} was answered with ${answer.statusCode}: ${await answer.body.text()}`);
    }
    for await (const _ of answer.body);
  }
  return {
    get: (path, authorization) => request("GET", path, { authorization }),
    post: (path, authorization, body) =>
      request("POST", path, { authorization, "content-type": "application/json" }, JSON.stringify(body)),
    close: () => pool.destroy(),
  };
}
