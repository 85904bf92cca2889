import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { UsageError } from "../tool.js";
import { benchmarks } from "./registry.js";

const names = Object.keys(benchmarks);

export const usage = `Usage: npm run bench [-- [NAME…] [--seconds N] [--messages N] [--data DIR] [--json FILE]]
       npm run bench -- load --messages N --data DIR

Measures the built server, and beside it what it is compared with, on this machine
and in the same run. Without names, all of it:

${names.map((name) => `  ${name.padEnd(14)}${benchmarks[name]?.summary}`).join("\n")}

  load           only fills a database, and checks that the server answers what is in it

  --seconds N    how long each contender is measured (4)
  --messages N   how many messages the database is filled with (50,000)
  --data DIR     a folder to keep the database in; one that is filled is used as it is
  --json FILE    writes the figures there, too
  --help         this text`;

export interface BenchArguments {
  help: boolean;
  /** None where a database is only to be filled. */
  names: string[];
  seconds: number;
  messages: number;
  dataDir: string | undefined;
  json: string | undefined;
}

function wholeOf(name: string, text: string, min: number): number {
  const number = Number(text);
  if (Number.isSafeInteger(number) && number >= min) return number;
  throw new UsageError(`--${name} is not a whole number from ${min}: ${text}`);
}

function optionsOf(args: string[]) {
  const text = { type: "string" } as const;
  const options = { seconds: text, messages: text, data: text, json: text, help: { type: "boolean" } } as const;
  try {
    return parseArgs({ args, allowPositionals: true, options });
  } catch (error) {
    throw new UsageError(`${(error as Error).message}\n\n${usage}`);
  }
}

/** The smallest database in which every conversation has a message. */
const minMessages = 1_000;

export function benchArguments(args: string[], env: NodeJS.ProcessEnv): BenchArguments {
  const { values, positionals } = optionsOf(args);
  const unknown = positionals.filter((name) => name !== "load" && !names.includes(name));
  if (unknown.length > 0) throw new UsageError(`No such benchmark: ${unknown.join(", ")}.\n\n${usage}`);
  const isLoad = positionals.includes("load");
  if (isLoad && (positionals.length > 1 || values.data === undefined || values.data === "")) {
    throw new UsageError("load stands alone, and needs --data, the folder to keep the database in.");
  }
  // npm runs scripts at the top of the project; a file is named as seen from where npm was called.
  const path = (name: string | undefined) => (name === undefined ? undefined : resolve(env["INIT_CWD"] || ".", name));
  return {
    help: values.help ?? false,
    names: isLoad ? [] : positionals.length > 0 ? positionals : names,
    seconds: wholeOf("seconds", values.seconds ?? "4", 1),
    messages: wholeOf("messages", values.messages ?? "50000", minMessages),
    dataDir: path(values.data),
    json: path(values.json),
  };
}
