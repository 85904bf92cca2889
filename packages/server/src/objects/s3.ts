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

/** As many as S3 deletes in one call. */
const batch = 1_000;

const statusOf = (error: unknown): number | undefined =>
  error instanceof S3ServiceException ? error.$metadata.httpStatusCode : undefined;

/** Signed URLs are told in seconds from now, and live at least for one. */
const secondsUntil = (time: Date): number => Math.max(1, Math.floor((time.getTime() - Date.now()) / 1_000));

/** AWS, and whatever else speaks S3: clients send their files there, and fetch them there. */
export function createS3Store({ config, log }: { config: S3Environment; log: Logger }): ObjectStore {
  const { own, signing } = createS3Clients(config);
  const objectOf = (key: string) => ({ Bucket: config.S3_BUCKET, Key: checkKey(key) });

  /** Away, slow, or refusing us: the caller can do nothing about it, and whoever runs this must hear of it. */
  function explain(cause: unknown): Error {
    // 412: there, and no longer of that version.
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
        // Of several that are put, at once or after each other, the first to end is kept; the others are answered 412.
        IfNoneMatch: "*",
      });
      // All in the signature: what a client may leave out of it, it may change.
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
      // The call fails of it too, but lets go of the body first: then nobody would listen.
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
