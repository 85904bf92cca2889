import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CreateBucketCommand, PutBucketCorsCommand, S3Client } from "@aws-sdk/client-s3";
import type { TestProject } from "vitest/node";
import { freePort } from "./ports.js";

declare module "vitest" {
  interface ProvidedContext {
    /** The S3 server that stores files; without one, they are in a folder. */
    s3: S3Variables | undefined;
  }
}

/** The environment variables of a process that uses the server. */
export type S3Variables = typeof variables & { S3_ENDPOINT: string };

const variables = {
  S3_BUCKET: "vero-tests",
  S3_REGION: "eu-north-1",
  S3_FORCE_PATH_STYLE: "true",
  S3_ACCESS_KEY_ID: "tests",
  S3_SECRET_ACCESS_KEY: "a secret for tests",
};

/** Starts a real server (versitygw) over a folder that is removed with it. */
export default async function setup(project: TestProject) {
  const program = process.env["VERO_S3_SERVER"];
  if (!program) throw new Error("VERO_S3_SERVER: the path of versitygw is needed; .ci/s3-server prints it");
  const folder = mkdtempSync(join(tmpdir(), "vero-s3-"));
  const objects = join(folder, "objects");
  mkdirSync(objects);
  const address = `127.0.0.1:${await freePort()}`;
  const env = { ROOT_ACCESS_KEY: variables.S3_ACCESS_KEY_ID, ROOT_SECRET_KEY: variables.S3_SECRET_ACCESS_KEY };
  const options = [
    "--port",
    address,
    "--region",
    variables.S3_REGION,
    "--quiet",
    "posix",
    "--sidecar",
    folder,
    objects,
  ];
  const server = spawn(program, options, { env, stdio: ["ignore", "ignore", "inherit"] });
  const exited = once(server, "exit");

  const client = new S3Client({
    endpoint: `http://${address}`,
    region: variables.S3_REGION,
    forcePathStyle: true,
    credentials: { accessKeyId: variables.S3_ACCESS_KEY_ID, secretAccessKey: variables.S3_SECRET_ACCESS_KEY },
    // It is asked until it listens.
    maxAttempts: 20,
  });
  const Bucket = variables.S3_BUCKET;
  await client.send(new CreateBucketCommand({ Bucket }));
  const CORSRules = [
    { AllowedOrigins: ["https://app.example.com"], AllowedMethods: ["GET", "PUT"], AllowedHeaders: ["content-type"] },
  ];
  await client.send(new PutBucketCorsCommand({ Bucket, CORSConfiguration: { CORSRules } }));
  client.destroy();
  project.provide("s3", { ...variables, S3_ENDPOINT: `http://${address}` });

  return async () => {
    server.kill();
    await exited;
    rmSync(folder, { recursive: true });
  };
}
