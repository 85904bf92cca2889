import { S3Client, type S3ClientConfig } from "@aws-sdk/client-s3";
import type { S3Environment } from "./environment.js";

/** A call that hangs must not keep who waits for it; three tries of these end before a request of ours does. */
const timeouts = { connectionTimeout: 1_500, requestTimeout: 8_000, throwOnRequestTimeout: true, socketTimeout: 8_000 };

export interface S3Clients {
  /** Speaks to the store. */
  own: S3Client;
  /** Signs for clients, who may have to go to another address; sends nothing itself. */
  signing: S3Client;
}

export function createS3Clients(config: S3Environment): S3Clients {
  const { S3_ACCESS_KEY_ID: accessKeyId, S3_SECRET_ACCESS_KEY: secretAccessKey } = config;
  const clientAt = (endpoint: string | undefined): S3Client => {
    const options: S3ClientConfig = {
      region: config.S3_REGION,
      forcePathStyle: config.S3_FORCE_PATH_STYLE ?? false,
      maxAttempts: 3,
      requestHandler: timeouts,
      // A checksum that we computed would be signed into a URL whose body we have never seen.
      requestChecksumCalculation: "WHEN_REQUIRED",
      responseChecksumValidation: "WHEN_REQUIRED",
    };
    if (endpoint !== undefined) options.endpoint = endpoint;
    // Otherwise what AWS itself provides: its variables, files, and the role of the machine.
    if (accessKeyId !== undefined && secretAccessKey !== undefined) {
      options.credentials = { accessKeyId, secretAccessKey };
    }
    return new S3Client(options);
  };
  return { own: clientAt(config.S3_ENDPOINT), signing: clientAt(config.S3_PUBLIC_URL ?? config.S3_ENDPOINT) };
}
