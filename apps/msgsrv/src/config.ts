import { resolve } from "node:path";
import {
  ConfigError,
  commonEnvironment,
  databaseUrlField,
  isS3,
  objectsEnvironment,
  offlineAfterField,
  previousSecretField,
  quotaEnvironment,
  readEnvironment,
  refuseInProduction,
  secretField,
  wholeS3,
} from "@vero/server";
import { z } from "zod";

const environment = z
  .object({
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
  })
  .superRefine(wholeS3);

export type MsgsrvConfig = z.output<typeof environment> & { VERO_OBJECTS_DIR: string };

export function readConfig(env?: NodeJS.ProcessEnv): MsgsrvConfig {
  const config = readEnvironment(environment, env);
  refuseInProduction(config);
  if (config.NODE_ENV === "production" && config.VERO_OBJECTS_DIR === undefined && !isS3(config)) {
    throw new ConfigError(
      "The configuration is not usable:\n  VERO_OBJECTS_DIR: is needed when NODE_ENV is production (a folder that all messaging services share), or else S3_BUCKET and S3_REGION",
    );
  }
  return { ...config, VERO_OBJECTS_DIR: resolve(config.VERO_OBJECTS_DIR ?? ".vero/objects") };
}
