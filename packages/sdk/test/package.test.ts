import { execFile } from "node:child_process";
import { cp, mkdir, mkdtemp, readdir, rm, symlink, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { hookMs } from "../../../test/harness/waiting.js";
import { Service } from "./service.js";

/** The published package, installed as in a project elsewhere: built, packed and unpacked in a folder of its own. */
const source = fileURLToPath(new URL("..", import.meta.url));
const bin = fileURLToPath(new URL("../../../node_modules/.bin/", import.meta.url));
const run = promisify(execFile);

let home: string;
let app: string;
let tarball: string;

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), "vero-sdk-"));
  const built = join(home, "built");
  app = join(home, "app");
  const installed = join(app, "node_modules", "@vero", "sdk");
  await mkdir(installed, { recursive: true });
  await run(join(bin, "tsup"), ["--out-dir", join(built, "dist")], { cwd: source });
  for (const part of ["package.json", "README.md", "src"]) {
    await cp(join(source, part), join(built, part), { recursive: true });
  }
  await run("npm", ["pack", "--pack-destination", home], { cwd: built });
  tarball = join(home, (await readdir(home)).find((name) => name.endsWith(".tgz"))!);
  await run("tar", ["-xzf", tarball, "-C", installed, "--strip-components=1"]);
  // Its one dependency, as an installation would put it beside it.
  const ws = dirname(createRequire(import.meta.url).resolve("ws/package.json"));
  await symlink(ws, join(app, "node_modules", "ws"));
}, 2 * hookMs);
afterAll(() => rm(home, { recursive: true, force: true }));

const script = `
const main = async ({ createVero, isVeroError }) => {
  const vero = createVero({ baseUrl: process.argv[2] });
  await vero.auth.login({ email: "ada@example.com", password: "p" });
  const { user_id } = await vero.realtime.connect();
  vero.realtime.close();
  const refused = await vero.auth.me().catch((error) => isVeroError(error, "route_not_found"));
  console.log(JSON.stringify({ user_id, refused }));
};
`;

describe("the package", () => {
  test.each([
    ["imported by an ES module", "main.mjs", `import * as sdk from "@vero/sdk"; ${script} await main(sdk);`],
    ["required by a CommonJS module", "main.cjs", `const sdk = require("@vero/sdk"); ${script} main(sdk);`],
  ])("works when %s", async (_, file, text) => {
    const service = await Service.start();
    await writeFile(join(app, file), text);
    const { stdout } = await run(process.execPath, [file, service.url], { cwd: app });
    await service.stop();
    expect(JSON.parse(stdout)).toEqual({ user_id: "0199d0a3-5a10-7000-8000-0000000000b1", refused: true });
  });

  test("compiles in a strict browser project that checks libraries and has no types of Node", async () => {
    const text = `import { createVero, type Message } from "@vero/sdk";
const vero = createVero({ baseUrl: location.origin, fetch, WebSocket });
export const send = (text: string): Promise<Message> => vero.messages.send({ conversation_id: "c", text });
vero.realtime.on("message.created", ({ data }) => document.title = data.message.text ?? "");
`;
    await writeFile(join(app, "main.ts"), text);
    const compilerOptions = {
      strict: true,
      exactOptionalPropertyTypes: true,
      target: "ES2022",
      lib: ["ES2022", "DOM"],
      module: "ESNext",
      moduleResolution: "bundler",
      types: [],
      noEmit: true,
    };
    await writeFile(join(app, "tsconfig.json"), JSON.stringify({ compilerOptions, include: ["main.ts"] }));
    const outcome = await run(join(bin, "tsc"), ["-p", app]).catch((error: { stdout: string }) => error);
    expect(outcome.stdout).toBe("");
  });

  test("publint has nothing to say", async () => {
    const { stdout } = await run(join(bin, "publint"), [join(app, "node_modules", "@vero", "sdk")]);
    expect(stdout).toContain("All good!");
  });

  test("its types resolve in every kind of project", async () => {
    const { stdout } = await run(join(bin, "attw"), [tarball, "--format", "ascii", "--no-color"]);
    expect(stdout).toContain("No problems found");
  });
});
