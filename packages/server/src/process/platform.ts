import { type Database, openDatabase } from "@vero/db";
import type { FastifyInstance, FastifyRequest } from "fastify";
import type { z } from "zod";
import type { Bus } from "../bus/bus.js";
import { createMemoryBus } from "../bus/memory.js";
import { createPostgresBus } from "../bus/postgres.js";
import type { commonEnvironment } from "../config/environment.js";
import { type Secrets, secretsOf } from "../config/secrets.js";
import { closeHttp, createHttp } from "../http/app.js";
import { connectionLimitsOf } from "../http/connections.js";
import { httpContext } from "../http/context.js";
import { mountHealth } from "../http/health.js";
import { listenAt } from "../http/listen.js";
import { mountMetrics } from "../http/metrics.js";
import { allowedOriginsOf } from "../http/origins.js";
import { createLimits, type Limits, noLimits } from "../limits/limits.js";
import type { Logger } from "../log/logger.js";
import type { CallContext } from "../procedures/context.js";
import { type Actors, createActors } from "../tokens/actors.js";
import { createKeyring, type Keyring } from "../tokens/keyring.js";
import { createTokens, type Tokens } from "../tokens/tokens.js";
import { migrateWhenUp } from "./database.js";
import type { Service } from "./run.js";
import { dependingOn } from "./settings.js";
import { type ShutdownSteps, shutDown } from "./shutdown.js";

export type PlatformConfig = z.output<z.ZodObject<typeof commonEnvironment>> & {
  VERO_SECRET: string;
  VERO_SECRET_PREVIOUS?: string | undefined;
};

export interface PlatformOptions {
  config: PlatformConfig;
  log: Logger;
  /** The address at which clients reach the deployment. */
  publicUrl: string;
  databaseUrl: string;
  /** The setting that a start without a usable database names. */
  databaseSetting?: string;
  /** Multiplies the rate limits. */
  limitFactor?: number;
  /** Whether no other process uses the database, so that events need not leave this one. */
  isOnlyProcess?: boolean;
}

/** The parts that every process has, whichever services it runs. */
export interface Platform {
  config: PlatformConfig;
  log: Logger;
  publicUrl: string;
  secrets: Secrets;
  database: Database;
  keyring: Keyring;
  tokens: Tokens;
  actors: Actors;
  limits: Limits;
  bus: Bus;
}

/** Migrates the database and opens what every process needs: the first step of a start. */
export async function openPlatform({
  config,
  log,
  publicUrl,
  databaseUrl,
  databaseSetting = "DATABASE_URL",
  limitFactor = 1,
  isOnlyProcess = false,
}: PlatformOptions): Promise<Platform> {
  const wait = { setting: databaseSetting, waitSeconds: config.VERO_DATABASE_WAIT, log };
  await dependingOn(databaseSetting, () => migrateWhenUp(databaseUrl, wait));
  const database = openDatabase({ url: databaseUrl });
  const secrets = secretsOf(config);
  const keyring = createKeyring({ database, ...secrets });
  const tokens = createTokens({ keyring, issuer: publicUrl });
  return {
    config,
    log,
    publicUrl,
    secrets,
    database,
    keyring,
    tokens,
    actors: createActors({ database, tokens }),
    limits: config.VERO_RATE_LIMITS === "on" ? createLimits(limitFactor) : noLimits,
    bus: isOnlyProcess ? createMemoryBus(log) : await createPostgresBus(database, log),
  };
}

/** Returns the function that makes the context of a request's call, with the services of the process. */
export const contextOfRequests =
  <Services extends object>({ actors, limits }: Platform, services: Services) =>
  (request: FastifyRequest): CallContext & Services => ({ ...httpContext(request, { actors, limits }), ...services });

/**
 * Creates the HTTP server of the process, with health and metrics, for the services to mount their routes on. Behind a
 * gateway it answers no browser itself: what the gateway passes on has been allowed there.
 */
export async function createApp(
  { config, log, publicUrl, database }: Platform,
  { isBehindGateway = false }: { isBehindGateway?: boolean } = {},
): Promise<FastifyInstance> {
  const app = await createHttp({
    log,
    corsOrigins: isBehindGateway ? [] : allowedOriginsOf(config),
    trustedProxies: config.VERO_TRUSTED_PROXIES,
    connections: connectionLimitsOf(config),
    hsts: !isBehindGateway && publicUrl.startsWith("https:"),
  });
  await mountMetrics(app, { log, config });
  mountHealth(app, { ready: database.ready });
  return app;
}

/** Listens at the address of the configuration: the last step of a start before its jobs. */
export async function listen({ config, log }: Platform, app: FastifyInstance): Promise<void> {
  await listenAt(app, { host: config.HOST, port: config.PORT });
  log.info({ address: app.listeningOrigin }, "listening");
}

/** Makes the service of a process that listens. `steps` end what the process has beside its platform. */
export const serviceOf = (
  { log, bus, database }: Platform,
  app: FastifyInstance,
  steps: Omit<ShutdownSteps, "http" | "bus" | "database">,
): Service => ({
  url: app.listeningOrigin,
  close: () => shutDown(log, { ...steps, http: () => closeHttp(app), bus: bus.close, database: database.close }),
});
