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

export interface ObjectStore {
  signUpload(key: string, terms: UploadTerms): Promise<{ url: string; headers: Record<string, string> }>;
  signDownload(key: string, terms: DownloadTerms): Promise<string>;
  /** Nothing where there is no such object. `version` (an ETag, or what stands for it) changes whenever the bytes do. */
  head(key: string): Promise<{ size_bytes: number; version: string } | undefined>;
  /** A stream of constant memory; the range is inclusive on both ends. */
  read(key: string, range?: { start: number; end: number }): Promise<Readable>;
  write(key: string, body: Readable | Buffer, of: { content_type: string; size_bytes: number }): Promise<void>;
  /** Within the store, atomically; fails where the source is no longer of that version. */
  copy(from: string, to: string, of: { content_type: string; version: string }): Promise<void>;
  /** Idempotent. */
  delete(keys: readonly string[]): Promise<void>;
  close(): Promise<void>;
}
