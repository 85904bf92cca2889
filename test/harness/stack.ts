import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createLogger } from "@vero/server";
import { inject } from "vitest";
import { createDatabase, type TestDatabase } from "./database.js";
import { freePort } from "./ports.js";
import type {} from "./s3-setup.js";
import { serve } from "./serve.js";
import { unhurried } from "./waiting.js";

export interface Stack {
  url: string;
  database: TestDatabase;
  /** The secret that keys and refresh tokens depend on. */
  secret: string;
  /** The issuer of the tokens. */
  issuer: string;
  /** The folder of the files, where they are not in S3. */
  objects: string;
  /** Every line of the logs, oldest first; filled where the environment asks for a level other than silent. */
  logged: Record<string, unknown>[];
  /** The lines of the logs that carry a key twice, which readers of JSON understand differently. */
  repeating: string[];
  close(): Promise<void>;
}

const secret = "a secret for tests, of more than enough characters";

/** Starts the services in the arrangement of the project that the test runs in. */
export async function startStack(environment: Record<string, string> = {}): Promise<Stack> {
  const database = await createDatabase();
  const port = await freePort();
  const objects = await mkdtemp(join(tmpdir(), "vero-objects-"));
  const issuer = `http://127.0.0.1:${port}`;
  const env = {
    DATABASE_URL: database.url,
    VERO_SECRET: secret,
    VERO_PUBLIC_URL: issuer,
    VERO_LOG_LEVEL: "silent",
    VERO_RATE_LIMITS: "off",
    VERO_WEB: "off",
    ...unhurried,
    VERO_OBJECTS_DIR: objects,
    ...inject("s3"),
    PORT: String(port),
    ...environment,
  };
  const logged: Stack["logged"] = [];
  const repeating: string[] = [];
  const keep = (line: string): void => {
    const parsed = JSON.parse(line) as Record<string, unknown>;
    logged.push(parsed);
    if (JSON.stringify(parsed) !== line.trimEnd()) repeating.push(line);
  };
  const logOf = (name: string) => createLogger({ level: env.VERO_LOG_LEVEL, name }, { write: keep });
  const stop: (() => Promise<void>)[] = [];
  let url: string;
  if (inject("arrangement") === "standalone") {
    const service = await serve.standalone(env, logOf("vero"));
    url = service.url;
    stop.push(() => service.close());
  } else {
    const msgsrv = await serve.msgsrv({ ...env, PORT: "0" }, logOf("msgsrv"));
    const gateway = await serve.gateway({ ...env, MSGSRV_URL: msgsrv.url }, logOf("gateway"));
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
    objects,
    logged,
    repeating,
    async close() {
      for (const one of stop) await one();
      await database.drop();
      await rm(objects, { recursive: true });
    },
  };
}
