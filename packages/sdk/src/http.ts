import { aborted } from "./abort.js";
import { fromProblem, isProblem, VeroError } from "./errors.js";
import { after } from "./timer.js";
import { unreachable } from "./unreachable.js";

export type Fetch = typeof globalThis.fetch;

/** One HTTP request, ready to be sent as often as needed. */
export interface HttpRequest {
  method: string;
  url: string;
  /** JSON text; undefined when the operation takes no body. */
  body?: string | undefined;
}

export interface Exchange {
  fetch: Fetch;
  /** Milliseconds until the whole answer must be there. */
  timeoutMs: number;
  accessToken?: string | undefined;
  signal?: AbortSignal | undefined;
}

/** Seconds, or a date (RFC 9110 section 10.2.3). */
function secondsOf(retryAfter: string | null): number | undefined {
  if (retryAfter === null || retryAfter.trim() === "") return undefined;
  const seconds = Number(retryAfter);
  if (Number.isFinite(seconds)) return Math.max(0, seconds);
  const date = Date.parse(retryAfter);
  return Number.isNaN(date) ? undefined : Math.max(0, (date - Date.now()) / 1000);
}

async function read(response: Response): Promise<unknown> {
  if (response.status === 204) return undefined;
  const text = await response.text();
  const requestId = response.headers.get("x-request-id");
  const retryAfter = secondsOf(response.headers.get("retry-after"));
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    const kind = response.headers.get("content-type") ?? "no content type";
    const detail = `Expected JSON, got ${kind} with status ${response.status}.`;
    throw new VeroError({
      code: "unexpected_response",
      detail,
      status: response.status,
      requestId,
      retryAfter,
      cause,
    });
  }
  if (response.ok) return value;
  if (isProblem(value)) throw fromProblem(value, { retryAfter });
  const detail = `Status ${response.status} without a problem document.`;
  throw new VeroError({ code: "unexpected_response", detail, status: response.status, requestId, retryAfter });
}

/** Sends one request once. Answers the parsed body, undefined for 204; throws only `VeroError`. */
export async function exchange(request: HttpRequest, options: Exchange): Promise<unknown> {
  const { signal, timeoutMs } = options;
  if (signal?.aborted) throw aborted(signal);
  const controller = new AbortController();
  let late = false;
  const cancel = after(timeoutMs, () => {
    late = true;
    controller.abort();
  });
  const onAbort = () => controller.abort(signal?.reason);
  signal?.addEventListener("abort", onAbort, { once: true });
  const headers: Record<string, string> = { accept: "application/json, application/problem+json" };
  if (request.body !== undefined) headers["content-type"] = "application/json";
  if (options.accessToken !== undefined) headers["authorization"] = `Bearer ${options.accessToken}`;
  try {
    // Called without a receiver: browsers refuse a `fetch` that is called as a method of something else.
    const { fetch } = options;
    const { method, url, body = null } = request;
    return await read(await fetch(url, { method, headers, body, signal: controller.signal }));
  } catch (cause) {
    if (cause instanceof VeroError) throw cause;
    if (late) throw new VeroError({ code: "timeout", detail: `No answer within ${timeoutMs} ms.`, cause });
    if (signal?.aborted) throw aborted(signal);
    throw unreachable("The service could not be reached.", { url: request.url, cause });
  } finally {
    cancel();
    signal?.removeEventListener("abort", onAbort);
  }
}
