import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { UsageError } from "./tool.js";

export const usage = `Usage: npm run demo [-- [--chats FILE] [--limit N]]

Two people sign up and chat, on the server at VERO_URL. Without VERO_URL: on the
one at http://localhost:3000 or, when none answers there, on one that is started
for it.

  --limit N      replay N conversations in many scripts instead
  --chats FILE   replay those of a file, all or the first N: JSON lines of the
                 form {"id": "…", "messages": [[1, "Hello"], [2, "Hi"], …]}
  --help         this text`;

export interface DemoArguments {
  url: string;
  help: boolean;
  /** Absent: the live chat. */
  replay: { file: string | undefined; limit: number } | undefined;
}

function urlOf(text: string): string {
  if (URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)) return text;
  throw new UsageError(`VERO_URL is not an http(s) address: ${text}`);
}

function limitOf(text: string): number {
  const limit = Number(text);
  if (Number.isSafeInteger(limit) && limit > 0 && /^\d+$/.test(text)) return limit;
  throw new UsageError(`--limit is not a whole number above 0: ${text}`);
}

function optionsOf(args: string[]) {
  try {
    const options = { chats: { type: "string" }, limit: { type: "string" }, help: { type: "boolean" } } as const;
    return parseArgs({ args, options }).values;
  } catch (error) {
    throw new UsageError(`${(error as Error).message}\n\n${usage}`);
  }
}

export function demoArguments(args: string[], env: NodeJS.ProcessEnv): DemoArguments {
  const { chats, limit, help = false } = optionsOf(args);
  if (chats === "") throw new UsageError("--chats needs the name of a file.");
  // npm runs scripts at the top of the project; a file is named as seen from where npm was called.
  const from = env["INIT_CWD"] || ".";
  return {
    url: urlOf(env["VERO_URL"] || "http://localhost:3000"),
    help,
    replay:
      chats === undefined && limit === undefined
        ? undefined
        : {
            file: chats === undefined ? undefined : resolve(from, chats),
            limit: limit === undefined ? Number.POSITIVE_INFINITY : limitOf(limit),
          },
  };
}
