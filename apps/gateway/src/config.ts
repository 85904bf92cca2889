import {
  commonEnvironment,
  databaseUrlField,
  objectsEnvironment,
  previousSecretField,
  readEnvironment,
  replacedSecret,
  secretField,
  signupField,
  strictInProduction,
  webField,
} from "@vero/server";
import { z } from "zod";

const environment = z.object({
  ...commonEnvironment,
  /** The issuer of the tokens. It has no default, because every process of a deployment must be given the same one. */
  VERO_PUBLIC_URL: z.url({ protocol: /^https?$/, error: "must be the http(s) address that clients use" }),
  VERO_SECRET: secretField,
  VERO_SECRET_PREVIOUS: previousSecretField,
  DATABASE_URL: databaseUrlField,
  /** The address of the messaging service, as seen from here. */
  MSGSRV_URL: z.url({ protocol: /^https?$/, error: "must be the http(s) address of the messaging service" }),
  VERO_WEB: webField,
  VERO_SIGNUP: signupField,
  /** As at the messaging services: the page is allowed to reach the bucket. */
  S3_BUCKET: objectsEnvironment.S3_BUCKET,
  S3_REGION: objectsEnvironment.S3_REGION,
  S3_ENDPOINT: objectsEnvironment.S3_ENDPOINT,
  S3_PUBLIC_URL: objectsEnvironment.S3_PUBLIC_URL,
});

export type GatewayConfig = z.output<typeof environment>;

export const readConfig = (env?: NodeJS.ProcessEnv): GatewayConfig =>
  readEnvironment(environment, env, [strictInProduction, replacedSecret]);
