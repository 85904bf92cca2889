import { Readable } from "node:stream";
import {
  CopyObjectCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  HeadObjectCommand,
  PutObjectCommand,
  S3ServiceException,
} from "@aws-sdk/client-s3";
import { getSignedUrl } from "@aws-sdk/s3-request-presigner";
import { AppError } from "@vero/contracts";
import type { Logger } from "../log/logger.js";
import { exactly, explained } from "./body.js";
import { dispositionOf } from "./disposition.js";
import type { S3Environment } from "./environment.js";
import { checkKey } from "./keys.js";
import { createS3Clients } from "./s3.client.js";
import { ObjectMissing, type ObjectStore } from "./store.js";

/** The maximum of keys that S3 deletes in one call. */
const batch = 1_000;

const statusOf = (error: unknown): number | undefined =>
  error instanceof S3ServiceException ? error.$metadata.httpStatusCode : undefined;

/** Returns the lifetime of a signed URL, which S3 takes in seconds from now; at least one. */
const secondsUntil = (time: Date): number => Math.max(1, Math.floor((time.getTime() - Date.now()) / 1_000));

/**
 * Creates a store on AWS S3 or a service with the same API. Clients send files there and fetch them from there, by
 * signed URLs.
 */
export function createS3Store({ config, log }: { config: S3Environment; log: Logger }): ObjectStore {
  const { own, signing } = createS3Clients(config);
  const objectOf = (key: string) => ({ Bucket: config.S3_BUCKET, Key: checkKey(key) });

  /**
   * Converts the failure of a call. A missing object is for the caller to interpret, and errors of the contract pass.
   * Everything else becomes `unavailable`, because the caller can do nothing about it, and is logged for the operator.
   */
  function explain(cause: unknown): Error {
    // 412: the object exists, but no longer in that version.
    if (statusOf(cause) === 404 || statusOf(cause) === 412) {
      return new ObjectMissing("There is no such object.", { cause });
    }
    if (cause instanceof AppError || cause instanceof ObjectMissing) return cause;
    log.warn({ err: cause }, "the object store did not answer as it should");
    return new AppError("unavailable", { cause, retryAfter: 5 });
  }

  async function ask<T>(call: Promise<T>): Promise<T> {
    return call.catch((cause: unknown) => {
      throw explain(cause);
    });
  }

  return {
    async signUpload(key, { content_type, size_bytes, expires_at }) {
      const put = new PutObjectCommand({
        ...objectOf(key),
        ContentType: content_type,
        ContentLength: size_bytes,
        // S3 keeps the first upload to finish, of concurrent ones as well, and answers the others with 412.
        IfNoneMatch: "*",
      });
      // All of them are signed: a client may change a header that is not.
      const signableHeaders = new Set(["host", "content-type", "content-length", "if-none-match"]);
      const url = await ask(getSignedUrl(signing, put, { expiresIn: secondsUntil(expires_at), signableHeaders }));
      return { url, headers: { "content-type": content_type, "if-none-match": "*" } };
    },

    async signDownload(key, terms) {
      const get = new GetObjectCommand({
        ...objectOf(key),
        ResponseContentType: terms.content_type,
        ResponseContentDisposition: dispositionOf(terms),
        ResponseCacheControl: `private, max-age=${secondsUntil(terms.expires_at)}`,
      });
      return ask(getSignedUrl(signing, get, { expiresIn: secondsUntil(terms.expires_at) }));
    },

    async head(key) {
      try {
        const { ContentLength, ETag } = await ask(own.send(new HeadObjectCommand(objectOf(key))));
        return { size_bytes: ContentLength ?? 0, version: ETag ?? "" };
      } catch (error) {
        if (error instanceof ObjectMissing) return undefined;
        throw error;
      }
    },

    async read(key, range) {
      const Range = range && `bytes=${range.start}-${range.end}`;
      const { Body } = await ask(own.send(new GetObjectCommand({ ...objectOf(key), Range })));
      return explained(Body as Readable, explain);
    },

    async write(key, body, { content_type, size_bytes }) {
      // The call fails with the body's error too, but detaches from the body first; unhandled, its error would end the
      // process.
      const Body = Readable.from(exactly(size_bytes, body), { objectMode: false }).on("error", () => {});
      const put = { ...objectOf(key), Body, ContentType: content_type, ContentLength: size_bytes };
      await ask(own.send(new PutObjectCommand(put)));
    },

    async copy(from, to, { content_type, version }) {
      const { Bucket, Key } = objectOf(from);
      const copy = new CopyObjectCommand({
        ...objectOf(to),
        CopySource: `${Bucket}/${Key}`,
        CopySourceIfMatch: version,
        MetadataDirective: "REPLACE",
        ContentType: content_type,
      });
      await ask(own.send(copy));
    },

    async delete(keys) {
      for (let at = 0; at < keys.length; at += batch) {
        const Objects = keys.slice(at, at + batch).map((key) => ({ Key: checkKey(key) }));
        const call = new DeleteObjectsCommand({ Bucket: config.S3_BUCKET, Delete: { Objects, Quiet: true } });
        const { Errors = [] } = await ask(own.send(call));
        if (Errors.length > 0)
          throw explain(new Error(`${Errors.length} objects were not deleted: ${Errors[0]?.Code}`));
      }
    },

    async close() {
      own.destroy();
      signing.destroy();
    },
  };
}
