import type { Readable } from "node:stream";

/** The terms of an upload, signed into its URL, so that nothing else is accepted. */
export interface UploadTerms {
  content_type: string;
  size_bytes: number;
  expires_at: Date;
}

/** The terms of a download: how the file is served, and until when. */
export interface DownloadTerms {
  file_name: string;
  content_type: string;
  /** `inline` only for types that browsers show without harm. */
  disposition: "inline" | "attachment";
  expires_at: Date;
}

/**
 * Thrown where the object to be read or copied does not exist, or no longer in that version. The caller decides what
 * that means; it is not an answer to a client.
 */
export class ObjectMissing extends Error {}

/**
 * Stores files by key. The server makes the keys, in the form that `keys.ts` checks; a malformed one is a bug, and
 * throws.
 */
export interface ObjectStore {
  signUpload(key: string, terms: UploadTerms): Promise<{ url: string; headers: Record<string, string> }>;
  signDownload(key: string, terms: DownloadTerms): Promise<string>;
  /**
   * Returns undefined where there is no such object. `version` (an ETag, or the equivalent of one) changes whenever the
   * bytes do.
   */
  head(key: string): Promise<{ size_bytes: number; version: string } | undefined>;
  /**
   * Streams an object in constant memory; the range is inclusive on both ends. Throws `ObjectMissing` where there is
   * none.
   */
  read(key: string, range?: { start: number; end: number }): Promise<Readable>;
  /** Writes all of a body or nothing: a body of another size fails, and leaves the object that was there. */
  write(key: string, body: Readable | Buffer, of: { content_type: string; size_bytes: number }): Promise<void>;
  /** Copies within the store, atomically; throws `ObjectMissing` where the source is no longer of that version. */
  copy(from: string, to: string, of: { content_type: string; version: string }): Promise<void>;
  /** Deletes objects; idempotent. */
  delete(keys: readonly string[]): Promise<void>;
  close(): Promise<void>;
}
