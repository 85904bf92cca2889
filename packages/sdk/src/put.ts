import { aborted } from "./abort.js";
import { fromProblem, isProblem, VeroError } from "./errors.js";
import type { Upload } from "./generated/client.js";
import type { Fetch } from "./http.js";
import { unreachable } from "./unreachable.js";

/** In browsers what an `<input type="file">` holds; in Node also what `fs.openAsBlob(path)` answers, which is not read into memory. */
export type Uploadable = Blob | Uint8Array<ArrayBuffer>;

/** In bytes. */
export interface Progress {
  sent: number;
  total: number;
}

export interface PutOptions {
  fetch: Fetch;
  /** Does not throw. */
  onProgress?: ((progress: Progress) => void) | undefined;
  signal?: AbortSignal | undefined;
}

type Target = Pick<Upload, "upload_url" | "headers">;
type Handler<E> = ((event: E) => void) | null;

/** As much of an XMLHttpRequest as this client needs: the one way in browsers to see how an upload gets on. */
interface Xhr {
  upload: { onprogress: Handler<{ loaded: number; total: number }> };
  onload: Handler<unknown>;
  onerror: Handler<unknown>;
  onabort: Handler<unknown>;
  readonly status: number;
  readonly responseText: string;
  open(method: string, url: string): void;
  setRequestHeader(name: string, value: string): void;
  send(body: Uploadable): void;
  abort(): void;
}

interface Reply {
  status: number;
  text: string;
}

/** Leaves the length out: browsers know it themselves, and refuse the header. */
const headersOf = ({ headers }: Target): [string, string][] =>
  Object.entries(headers).filter(([name]) => name.toLowerCase() !== "content-length");

function putByXhr(xhr: Xhr, target: Target, file: Uploadable, { onProgress, signal }: PutOptions): Promise<Reply> {
  const onAbort = () => xhr.abort();
  return new Promise<Reply>((resolve, reject) => {
    xhr.upload.onprogress = ({ loaded, total }) => onProgress?.({ sent: loaded, total });
    xhr.onload = () => resolve({ status: xhr.status, text: xhr.responseText });
    xhr.onerror = reject;
    xhr.onabort = reject;
    signal?.addEventListener("abort", onAbort, { once: true });
    xhr.open("PUT", target.upload_url);
    for (const [name, value] of headersOf(target)) xhr.setRequestHeader(name, value);
    xhr.send(file);
  }).finally(() => signal?.removeEventListener("abort", onAbort));
}

async function putByFetch(target: Target, file: Uploadable, { fetch, onProgress, signal }: PutOptions): Promise<Reply> {
  const total = file instanceof Uint8Array ? file.byteLength : file.size;
  onProgress?.({ sent: 0, total });
  const headers = headersOf(target);
  const answer = await fetch(target.upload_url, { method: "PUT", headers, body: file, signal: signal ?? null });
  const reply = { status: answer.status, text: await answer.text() };
  if (answer.ok) onProgress?.({ sent: total, total });
  return reply;
}

function refusal({ status, text }: Reply): VeroError {
  try {
    const value: unknown = JSON.parse(text);
    if (isProblem(value)) return fromProblem(value);
  } catch {
    // Another store answers errors in a format of its own.
  }
  return new VeroError({ code: "unexpected_response", detail: `The upload was answered ${status}.`, status });
}

/** Puts the bytes at the URL that the service gave, once. Throws only `VeroError`. */
export async function put(target: Target, file: Uploadable, options: PutOptions): Promise<void> {
  const { signal, onProgress } = options;
  if (signal?.aborted) throw aborted(signal);
  const { XMLHttpRequest } = globalThis as { XMLHttpRequest?: new () => Xhr };
  const seesProgress = onProgress !== undefined && XMLHttpRequest !== undefined;
  const sending = seesProgress
    ? putByXhr(new XMLHttpRequest(), target, file, options)
    : putByFetch(target, file, options);
  const reply = await sending.catch((cause: unknown) => {
    if (signal?.aborted) throw aborted(signal);
    throw unreachable("The file could not be sent.", { url: target.upload_url, cause });
  });
  if (reply.status < 200 || reply.status > 299) throw refusal(reply);
}
