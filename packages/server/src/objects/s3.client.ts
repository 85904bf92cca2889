import { S3Client, type S3ClientConfig } from "@aws-sdk/client-s3";
import type { S3Environment } from "./environment.js";

/**
 * Bounds each of up to three attempts of a call, in milliseconds, so that a store that hangs does not hold its callers.
 */
const timeouts = { connectionTimeout: 1_500, requestTimeout: 8_000, throwOnRequestTimeout: true, socketTimeout: 8_000 };

export interface S3Clients {
  /** Sends requests to the store. */
  own: S3Client;
  /** Signs URLs for clients, who may have to use another address; sends nothing itself. */
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
      // Otherwise the SDK would sign a checksum into upload URLs, for a body that it has never seen.
      requestChecksumCalculation: "WHEN_REQUIRED",
      responseChecksumValidation: "WHEN_REQUIRED",
    };
    if (endpoint !== undefined) options.endpoint = endpoint;
    // Without keys, the SDK looks for credentials in variables of its own, files and the role of the machine.
    if (accessKeyId !== undefined && secretAccessKey !== undefined) {
      options.credentials = { accessKeyId, secretAccessKey };
    }
    return new S3Client(options);
  };
  return { own: clientAt(config.S3_ENDPOINT), signing: clientAt(config.S3_PUBLIC_URL ?? config.S3_ENDPOINT) };
}
