import { readConfig as readGatewayConfig, serveGateway } from "@vero/gateway";
import { readConfig as readMsgsrvConfig, serveMsgsrv } from "@vero/msgsrv";
import { readConfig as readStandaloneConfig, serveStandalone } from "@vero/standalone";
import { inject } from "vitest";
import { createDatabase, type TestDatabase } from "./database.js";

export interface Stack {
  url: string;
  database: TestDatabase;
  /** The secret that keys and refresh tokens depend on. */
  secret: string;
  /** The issuer of the tokens. */
  issuer: string;
  close(): Promise<void>;
}

const secret = "a secret for tests, of more than enough characters";
const issuer = "http://vero.test";

/** Everything that runs, in the arrangement of the project that the test runs in. */
export async function startStack(environment: Record<string, string> = {}): Promise<Stack> {
  const database = await createDatabase();
  const env = {
    DATABASE_URL: database.url,
    VERO_SECRET: secret,
    VERO_PUBLIC_URL: issuer,
    VERO_LOG_LEVEL: "silent",
    VERO_RATE_LIMITS: "off",
    PORT: "0",
    ...environment,
  };
  const stop: (() => Promise<void>)[] = [];
  let url: string;
  if (inject("arrangement") === "standalone") {
    const service = await serveStandalone(readStandaloneConfig(env));
    url = service.url;
    stop.push(() => service.close());
  } else {
    const msgsrv = await serveMsgsrv(readMsgsrvConfig(env));
    const gateway = await serveGateway(readGatewayConfig({ ...env, MSGSRV_URL: msgsrv.url }));
    url = gateway.url;
    stop.push(
      () => gateway.close(),
      () => msgsrv.close(),
    );
  }
  return {
    url,
    database,
    secret,
    issuer,
    async close() {
      for (const one of stop) await one();
      await database.drop();
    },
  };
}
