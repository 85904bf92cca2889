import { execFile } from "node:child_process";
import { existsSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";

const root = join(import.meta.dirname, "../..");
const built = join(root, "apps/web/dist/index.html");
const folders = ["apps/web/src", "packages/sdk/src"];
const files = ["apps/web/index.html", "apps/web/vite.config.ts", "apps/web/package.json"];

function changedAt(): number {
  const sources = folders.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: "utf8" }).map((name) => join(folder, name)),
  );
  return Math.max(...[...sources, ...files].map((file) => statSync(join(root, file)).mtimeMs));
}

async function build(): Promise<void> {
  if (existsSync(built) && statSync(built).mtimeMs > changedAt()) return;
  await promisify(execFile)("npm", ["run", "--silent", "-w", "@vero/web", "build"], { cwd: root });
}

let building: Promise<void> | undefined;

/** Builds the page of the sources, unless that has been done: a test must not pass over an old build. */
export default function setup(): Promise<void> {
  building ??= build();
  return building;
}
