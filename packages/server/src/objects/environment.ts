import { z } from "zod";
import type { Problem } from "../config/problem.js";

/** The variables that say where files are stored. */
export const objectsEnvironment = {
  /** The folder of the files; shared between all messaging services when there are several. */
  VERO_OBJECTS_DIR: z.string().optional(),
  /** The bucket of the files; with one, the folder is not used. */
  S3_BUCKET: z.string().optional(),
  S3_REGION: z.string().optional(),
  /** The address of a service other than AWS. */
  S3_ENDPOINT: z.url({ protocol: /^https?$/, error: "must be an http(s) address" }).optional(),
  /** The address that signed URLs send clients to, where it is not the endpoint. */
  S3_PUBLIC_URL: z.url({ protocol: /^https?$/, error: "must be an http(s) address" }).optional(),
  S3_FORCE_PATH_STYLE: z.stringbool({ error: "must be true or false" }).optional(),
  S3_ACCESS_KEY_ID: z.string().optional(),
  S3_SECRET_ACCESS_KEY: z.string().optional(),
};

const schema = z.object(objectsEnvironment);

export type ObjectsEnvironment = z.output<typeof schema>;
export type S3Environment = ObjectsEnvironment & { S3_BUCKET: string; S3_REGION: string };

export const isS3 = (config: ObjectsEnvironment): config is S3Environment => config.S3_BUCKET !== undefined;

/**
 * Requires that the configuration of S3 is complete: with half of it, files would go to a folder while the operator
 * believes them to be in a bucket.
 */
export function wholeS3(config: Partial<ObjectsEnvironment>): Problem[] {
  const given = Object.entries(config).flatMap(([name, value]) =>
    name.startsWith("S3_") && value !== undefined ? [name] : [],
  );
  const keys = ["S3_ACCESS_KEY_ID", "S3_SECRET_ACCESS_KEY"];
  const needed = [
    ...(given.length > 0 ? ["S3_BUCKET", "S3_REGION"] : []),
    ...(given.some((name) => keys.includes(name)) ? keys : []),
  ];
  return needed.filter((name) => !given.includes(name)).map((name) => [name, "is missing"]);
}
