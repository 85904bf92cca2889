import { randomBytes } from "node:crypto";
import { chmodSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import {
  ConfigError,
  commonEnvironment,
  databaseUrlField,
  makeFolder,
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
    /** Outside of production, requests are not logged, so that the addresses that the start prints stay in sight. */
    VERO_LOG_LEVEL: commonEnvironment.VERO_LOG_LEVEL.default(
      process.env["NODE_ENV"] === "production" ? "info" : "warn",
    ),
    /** The URL of an existing PostgreSQL; without it, an embedded one runs in VERO_DATA_DIR. */
    DATABASE_URL: databaseUrlField.optional(),
    VERO_DATA_DIR: z.string().default(".vero"),
    /** The secret of the deployment; without it, one is made and kept in VERO_DATA_DIR. */
    VERO_SECRET: secretField.optional(),
    VERO_SECRET_PREVIOUS: previousSecretField,
    VERO_OFFLINE_AFTER: offlineAfterField,
  })
  .superRefine(wholeS3);

export type StandaloneConfig = z.output<typeof environment> & { VERO_SECRET: string; VERO_OBJECTS_DIR: string };

/** Returns the folder from which `npm start` was called: data belong there, and not to the folder of the package. */
const startedFrom = (): string => process.env["INIT_CWD"] ?? process.cwd();

/** Makes the data folder, or says why it cannot be used. */
function makeDataDir(dataDir: string): void {
  try {
    makeFolder(dataDir);
  } catch (error) {
    throw new ConfigError(`The configuration is not usable:\n  VERO_DATA_DIR: ${(error as Error).message}`);
  }
}

/**
 * Returns the secret that is kept in the data folder, and makes it at the first start: 384 bits, readable by the owner
 * only.
 */
function keptSecret(dataDir: string): string {
  const file = resolve(dataDir, "secret");
  if (!existsSync(file)) {
    writeFileSync(file, `${randomBytes(48).toString("base64url")}\n`, { mode: 0o600, flag: "wx" });
    chmodSync(file, 0o600);
  }
  return readFileSync(file, "utf8").trim();
}

export function readConfig(env?: NodeJS.ProcessEnv): StandaloneConfig {
  const config = readEnvironment(environment, env);
  refuseInProduction(config);
  if (config.NODE_ENV === "production" && config.VERO_SECRET === undefined) {
    throw new ConfigError("The configuration is not usable:\n  VERO_SECRET: is needed when NODE_ENV is production");
  }
  if (config.VERO_PUBLIC_URL === undefined && (config.NODE_ENV === "production" || config.PORT === 0)) {
    throw new ConfigError(
      "The configuration is not usable:\n  VERO_PUBLIC_URL: is needed when NODE_ENV is production, or PORT is 0",
    );
  }
  const dataDir = resolve(startedFrom(), config.VERO_DATA_DIR);
  if (config.VERO_SECRET === undefined || config.DATABASE_URL === undefined) makeDataDir(dataDir);
  return {
    ...config,
    VERO_DATA_DIR: dataDir,
    VERO_SECRET: config.VERO_SECRET ?? keptSecret(dataDir),
    VERO_OBJECTS_DIR: resolve(startedFrom(), config.VERO_OBJECTS_DIR ?? join(dataDir, "objects")),
  };
}
