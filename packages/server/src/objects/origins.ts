import type { ObjectsEnvironment } from "./environment.js";

/**
 * Returns the origins that the signed URLs of files lead to, for the policy of a page that fetches them; none where files
 * are kept in a folder, whose URLs lead to the service itself. A bucket is part of the host or of the path.
 */
export function fileOrigins(
  config: Pick<ObjectsEnvironment, "S3_BUCKET" | "S3_REGION" | "S3_ENDPOINT" | "S3_PUBLIC_URL">,
): string[] {
  const { S3_BUCKET: bucket, S3_REGION: region } = config;
  if (bucket === undefined || region === undefined) return [];
  const { protocol, host } = new URL(
    config.S3_PUBLIC_URL ?? config.S3_ENDPOINT ?? `https://s3.${region}.amazonaws.com`,
  );
  return [`${protocol}//${host}`, `${protocol}//${bucket}.${host}`];
}
