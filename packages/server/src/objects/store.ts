import type { Readable } from "node:stream";

/** What a client may put: signed into the URL, so that nothing else is accepted. */
export interface UploadTerms {
  content_type: string;
  size_bytes: number;
  expires_at: Date;
}

/** How a file is to be handed out. */
export interface DownloadTerms {
  file_name: string;
  content_type: string;
  /** `inline` only for what browsers show harmlessly. */
  disposition: "inline" | "attachment";
  expires_at: Date;
}

/**
 * What was to be read or copied is not there, or is no longer of that version. Whoever asked knows what that means: it is
 * not an answer to a client.
 */
export class ObjectMissing extends Error {}

/** Keys are made by the server, as in `keys.ts`; another one is a mistake of ours, and throws. */
export interface ObjectStore {
  signUpload(key: string, terms: UploadTerms): Promise<{ url: string; headers: Record<string, string> }>;
  signDownload(key: string, terms: DownloadTerms): Promise<string>;
  /** Nothing where there is no such object. `version` (an ETag, or what stands for it) changes whenever the bytes do. */
  head(key: string): Promise<{ size_bytes: number; version: string } | undefined>;
  /** A stream of constant memory; the range is inclusive on both ends. `ObjectMissing` where there is none. */
  read(key: string, range?: { start: number; end: number }): Promise<Readable>;
  /** All of it or nothing: a body of another size fails, and what was there before stays. */
  write(key: string, body: Readable | Buffer, of: { content_type: string; size_bytes: number }): Promise<void>;
  /** Within the store, atomically; `ObjectMissing` where the source is no longer of that version. */
  copy(from: string, to: string, of: { content_type: string; version: string }): Promise<void>;
  /** Idempotent. */
  delete(keys: readonly string[]): Promise<void>;
  close(): Promise<void>;
}
