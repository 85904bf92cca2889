import type { Media, msgsrvContract } from "@vero/contracts";
import { type Answer, bodyOf } from "./client.js";
import type { Person } from "./people.js";

export type Upload = (typeof msgsrvContract.media.create_upload_url)["output"]["_output"];

export interface File {
  bytes: Uint8Array | string;
  content_type: string;
  file_name?: string;
  sha256?: string;
}

export const bytesOf = ({ bytes }: Pick<File, "bytes">): Buffer => Buffer.from(bytes as Uint8Array);

/** A file that passes every check. */
export const note: File = { bytes: "A few words.\n", content_type: "text/plain", file_name: "note.txt" };

export const requestUpload = <T = Upload>(by: Person, file: File, more: object = {}): Promise<Answer<T>> => {
  const { file_name = "file", content_type, sha256 } = file;
  const size_bytes = bytesOf(file).length;
  const body = { file_name, content_type, size_bytes, ...(sha256 && { sha256 }), ...more };
  return by.call<T>("POST /v1/chat/media/upload-url", { body });
};

/** Puts a file as a browser does: the type is one of the headers, the length is that of the body. */
export const put = ({ upload_url, headers }: Upload, bytes: Uint8Array | string): Promise<Response> =>
  fetch(upload_url, { method: "PUT", headers, body: Buffer.from(bytes as Uint8Array) });

/** Requests an upload URL and puts the file; answers its id. */
export async function upload(by: Person, file: File = note): Promise<string> {
  const body = bodyOf("requesting an upload URL", await requestUpload(by, file));
  const answer = await put(body, file.bytes);
  if (!answer.ok) throw new Error(`the upload was answered ${answer.status}: ${await answer.text()}`);
  return body.media_id;
}

export const confirm = <T = Media>(by: Person, id: string, body: object = {}): Promise<Answer<T>> =>
  by.call<T>(`POST /v1/chat/media/${id}/confirm`, { body });

/** Uploads and confirms a file, so that it can be sent. */
export async function ready(by: Person, file: File = note): Promise<Media> {
  return bodyOf("confirming an upload", await confirm(by, await upload(by, file)));
}

export const mediaOf = <T = Media>(by: Person, id: string): Promise<Answer<T>> =>
  by.call<T>(`GET /v1/chat/media/${id}`);

export async function download(url: string | null): Promise<{ status: number; headers: Headers; bytes: Buffer }> {
  const answer = await fetch(url ?? "");
  return { status: answer.status, headers: answer.headers, bytes: Buffer.from(await answer.arrayBuffer()) };
}

/** Makes the URL of a file without the parts that differ from one signature to the next. */
const unsignedUrl = (url: string | null): string | null => url?.replace(/\?.*/, "") ?? null;

export const withoutSignature = ({ urls_expire_at: at, ...media }: Media): object => ({
  ...media,
  cdn_url: unsignedUrl(media.cdn_url),
  thumbnail_url: unsignedUrl(media.thumbnail_url),
  has_urls: at !== null,
});
