import {
  commonEnvironment,
  databaseUrlField,
  offlineAfterField,
  readEnvironment,
  refuseInProduction,
  secretField,
} from "@vero/server";
import { z } from "zod";

const environment = z.object({
  ...commonEnvironment,
  PORT: commonEnvironment.PORT.default(3001),
  /** The gateway stands in front, and says who calls it. */
  VERO_TRUSTED_PROXIES: commonEnvironment.VERO_TRUSTED_PROXIES.default(1),
  /** Issuer of the tokens: every process of a deployment must be told the same, so there is no default. */
  VERO_PUBLIC_URL: z.url({ protocol: /^https?$/, error: "must be the http(s) address that clients use" }),
  VERO_SECRET: secretField,
  DATABASE_URL: databaseUrlField,
  VERO_OFFLINE_AFTER: offlineAfterField,
});

export type MsgsrvConfig = z.output<typeof environment>;

export function readConfig(env?: NodeJS.ProcessEnv): MsgsrvConfig {
  const config = readEnvironment(environment, env);
  refuseInProduction(config);
  return config;
}
