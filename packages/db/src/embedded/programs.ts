import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import { promisify } from "node:util";
import type { Account } from "./account.js";
import { EmbeddedPostgresError } from "./errors.js";

const execute = promisify(execFile);

/**
 * Makes the environment of PostgreSQL's programs: enough to run and nothing else. Our secrets are not passed on, and a
 * PGPORT or PGDATA meant for psql must not affect the server.
 */
export function environment(extra: Record<string, string> = {}): NodeJS.ProcessEnv {
  const { PATH, SystemRoot, TEMP, TMP } = process.env;
  return { PATH, SystemRoot, TEMP, TMP, LC_ALL: "C", TZ: "UTC", ...extra };
}

/** Runs one of the programs until it ends; throws its standard error output when it fails. */
export async function run(
  program: string,
  args: string[],
  { cwd, account, input = "" }: { cwd: string; account: Account | undefined; input?: string },
): Promise<void> {
  const child = spawn(program, args, { cwd, env: environment(), windowsHide: true, ...account });
  // A program that ends early closes its input. Its exit status tells more than our broken pipe would.
  child.stdin.on("error", () => {}).end(input);
  child.stdout.resume();
  const [complaint, [code, signal]] = await Promise.all([text(child.stderr), once(child, "close")]);
  if (code !== 0) throw new EmbeddedPostgresError(`${program} failed (${signal ?? code}): ${complaint.trim()}`);
}

/**
 * Returns why the account cannot run the server, or undefined when it can. Only running it covers file modes, mount
 * options and missing libraries.
 */
export async function reasonNotToRun(
  postgres: string,
  account: Account | undefined,
): Promise<(Error & { code?: unknown }) | undefined> {
  try {
    await execute(postgres, ["--version"], { cwd: "/", env: environment(), windowsHide: true, ...account });
    return undefined;
  } catch (error) {
    return error as Error;
  }
}
