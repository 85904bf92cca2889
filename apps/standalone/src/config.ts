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
  type Problem,
  previousSecretField,
  quotaEnvironment,
  readEnvironment,
  replacedSecret,
  secretField,
  signupField,
  strictInProduction,
  webField,
  wholeS3,
} from "@vero/server";
import { z } from "zod";

const environment = z.object({
  ...commonEnvironment,
  ...objectsEnvironment,
  ...quotaEnvironment,
  /** Outside of production, requests are not logged, so that the addresses that the start prints stay in sight. */
  VERO_LOG_LEVEL: commonEnvironment.VERO_LOG_LEVEL.default(process.env["NODE_ENV"] === "production" ? "info" : "warn"),
  /** The URL of an existing PostgreSQL; without it, an embedded one runs in VERO_DATA_DIR. */
  DATABASE_URL: databaseUrlField.optional(),
  VERO_DATA_DIR: z.string().default(".vero"),
  /** The secret of the deployment; without it, one is made and kept in VERO_DATA_DIR. */
  VERO_SECRET: secretField.optional(),
  VERO_SECRET_PREVIOUS: previousSecretField,
  VERO_OFFLINE_AFTER: offlineAfterField,
  VERO_WEB: webField,
  VERO_SIGNUP: signupField,
});

export type StandaloneConfig = z.output<typeof environment> & { VERO_SECRET: string; VERO_OBJECTS_DIR: string };

/** Returns the folder from which `npm start` was called: data belong there, and not to the folder of the package. */
const startedFrom = (): string => process.env["INIT_CWD"] ?? process.cwd();

/** Works in the data folder, or says why it cannot be used. */
function inDataDir<T>(work: () => T): T {
  try {
    return work();
  } catch (cause) {
    throw new ConfigError([["VERO_DATA_DIR", (cause as Error).message]], { cause });
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

/** Requires what has no default in production: the secret, and the address that clients use. */
function completeInProduction(config: Partial<z.output<typeof environment>>): Problem[] {
  const isProduction = config.NODE_ENV === "production";
  const problems: Problem[] = [];
  if (isProduction && config.VERO_SECRET === undefined) {
    problems.push(["VERO_SECRET", "is needed when NODE_ENV is production"]);
  }
  if (config.VERO_PUBLIC_URL === undefined && (isProduction || config.PORT === 0)) {
    problems.push(["VERO_PUBLIC_URL", "is needed when NODE_ENV is production, or PORT is 0"]);
  }
  return problems;
}

export function readConfig(env?: NodeJS.ProcessEnv): StandaloneConfig {
  const rules = [wholeS3, strictInProduction, replacedSecret, completeInProduction];
  const config = readEnvironment(environment, env, rules);
  const dataDir = resolve(startedFrom(), config.VERO_DATA_DIR);
  if (config.VERO_SECRET === undefined || config.DATABASE_URL === undefined) inDataDir(() => makeFolder(dataDir));
  return {
    ...config,
    VERO_DATA_DIR: dataDir,
    VERO_SECRET: config.VERO_SECRET ?? inDataDir(() => keptSecret(dataDir)),
    VERO_OBJECTS_DIR: resolve(startedFrom(), config.VERO_OBJECTS_DIR ?? join(dataDir, "objects")),
  };
}
