import { resolve } from "node:path";
import {
  commonEnvironment,
  databaseUrlField,
  isS3,
  objectsEnvironment,
  offlineAfterField,
  type Problem,
  previousSecretField,
  quotaEnvironment,
  readEnvironment,
  replacedSecret,
  secretField,
  strictInProduction,
  wholeS3,
} from "@vero/server";
import { z } from "zod";

const environment = z.object({
  ...commonEnvironment,
  ...objectsEnvironment,
  ...quotaEnvironment,
  PORT: commonEnvironment.PORT.default(3001),
  /** The gateway stands in front, and says who calls it. */
  VERO_TRUSTED_PROXIES: commonEnvironment.VERO_TRUSTED_PROXIES.default(1),
  /** Issuer of the tokens: every process of a deployment must be told the same, so there is no default. */
  VERO_PUBLIC_URL: z.url({ protocol: /^https?$/, error: "must be the http(s) address that clients use" }),
  VERO_SECRET: secretField,
  VERO_SECRET_PREVIOUS: previousSecretField,
  DATABASE_URL: databaseUrlField,
  VERO_OFFLINE_AFTER: offlineAfterField,
});

export type MsgsrvConfig = z.output<typeof environment> & { VERO_OBJECTS_DIR: string };

/** Refuses in production to keep files in a folder of one process's own. */
function sharedFiles(config: Partial<z.output<typeof environment>>): Problem[] {
  if (config.NODE_ENV !== "production" || config.VERO_OBJECTS_DIR !== undefined || isS3(config)) return [];
  const message =
    "is needed when NODE_ENV is production (a folder that all messaging services share), or else S3_BUCKET and S3_REGION";
  return [["VERO_OBJECTS_DIR", message]];
}

export function readConfig(env?: NodeJS.ProcessEnv): MsgsrvConfig {
  const config = readEnvironment(environment, env, [wholeS3, strictInProduction, replacedSecret, sharedFiles]);
  return { ...config, VERO_OBJECTS_DIR: resolve(config.VERO_OBJECTS_DIR ?? ".vero/objects") };
}
