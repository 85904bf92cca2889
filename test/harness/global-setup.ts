import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { migrate, startEmbedded } from "@vero/db";
import postgres from "postgres";
import type { TestProject } from "vitest/node";

declare module "vitest" {
  interface ProvidedContext {
    arrangement: "standalone" | "split";
    /** The URL of the server that all tests share; each test file makes a database of its own from the template. */
    postgresUrl: string;
    templateDatabase: string;
  }
}

const templateDatabase = "vero_template";

/** Starts one PostgreSQL for the whole run, without fsync: nothing in it outlives the run. */
let server: Promise<{ url: string; stop(): Promise<void>; dataDir: string }> | undefined;
let users = 0;

async function startServer() {
  const dataDir = mkdtempSync(join(tmpdir(), "vero-test-"));
  const { url, stop } = await startEmbedded({ dataDir, durable: false });
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  await sql.unsafe(`create database ${templateDatabase}`);
  await sql.end();
  const template = new URL(url);
  template.pathname = `/${templateDatabase}`;
  await migrate(template.href);
  return { url, stop, dataDir };
}

export default async function setup(project: TestProject) {
  users += 1;
  server ??= startServer();
  const { url, stop, dataDir } = await server;
  project.provide("postgresUrl", url);
  project.provide("templateDatabase", templateDatabase);
  return async () => {
    users -= 1;
    if (users > 0) return;
    await stop();
    rmSync(dataDir, { recursive: true, force: true });
  };
}
