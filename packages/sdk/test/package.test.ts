import { execFile } from "node:child_process";
import { cp, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { gzipSync } from "node:zlib";
import ts from "typescript";
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
  // Its dependencies, as an installation would put them beside it.
  const { resolve } = createRequire(import.meta.url);
  for (const name of ["ws", "idb-keyval"]) {
    await symlink(dirname(resolve(`${name}/package.json`)), join(app, "node_modules", name));
  }
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

const compilerOptions = {
  strict: true,
  exactOptionalPropertyTypes: true,
  target: "ES2022",
  lib: ["ES2022", "DOM", "DOM.AsyncIterable"],
  module: "ESNext",
  moduleResolution: "bundler",
  types: [],
  noEmit: true,
};

/** The names that the examples of the README take from the application. */
const application = `declare const vero: import("@vero/sdk").Vero;
declare const conversation: import("@vero/sdk").Conversation;
declare const graceId: string;
declare const text: string;
declare const input: { files: File[] };
declare const controller: AbortController;
declare function show(what: unknown): void;
declare function showTyping(conversationId: string, data: { user_id: string; is_typing: boolean }): void;
declare function catchUp(): void;
declare function offerToUnblock(): void;
declare function useSyncExternalStore<T>(subscribe: (listener: () => void) => () => void, get: () => T): T;
`;

/** Answers the hover of an editor at each place of a file of an application that is marked by a comment before it. */
function hoversOf(text: string): { shown: string; doc: string }[] {
  const file = join(app, "hover.ts");
  const service = ts.createLanguageService({
    getScriptFileNames: () => [file],
    getScriptVersion: () => "1",
    getScriptSnapshot: (name) => {
      const found = name === file ? text : ts.sys.readFile(name);
      return found === undefined ? undefined : ts.ScriptSnapshot.fromString(found);
    },
    getCurrentDirectory: () => app,
    getCompilationSettings: () => ts.convertCompilerOptionsFromJson(compilerOptions, app).options,
    getDefaultLibFileName: (options) => ts.getDefaultLibFilePath(options),
    fileExists: ts.sys.fileExists,
    readFile: ts.sys.readFile,
  });
  return [...text.matchAll(/\/\*\?\*\//g)].map(({ index }) => {
    const hover = service.getQuickInfoAtPosition(file, index + 5);
    return { shown: ts.displayPartsToString(hover?.displayParts), doc: ts.displayPartsToString(hover?.documentation) };
  });
}

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
import { createStore } from "@vero/sdk/store";
import { idbStorage } from "@vero/sdk/store/idb";
const vero = createVero({ baseUrl: location.origin, fetch, WebSocket });
export const send = (text: string): Promise<Message> => vero.messages.send({ conversation_id: "c", text });
vero.realtime.on("message.created", ({ data }) => document.title = data.message.text ?? "");
const store = createStore(vero, { storage: idbStorage() });
export const titles: (string | null)[] = store.conversations().items.map(({ name }) => name);
`;
    await writeFile(join(app, "main.ts"), text);
    await writeFile(join(app, "tsconfig.json"), JSON.stringify({ compilerOptions, include: ["main.ts"] }));
    const outcome = await run(join(bin, "tsc"), ["-p", app]).catch((error: { stdout: string }) => error);
    expect(outcome.stdout).toBe("");
  });

  test("the examples of the README compile", async () => {
    const readme = await readFile(join(source, "README.md"), "utf8");
    const examples = [...readme.matchAll(/```tsx?\n([\s\S]*?)```/g)].map(([, text = ""]) => text);
    expect(examples.length).toBeGreaterThan(6);
    const files = examples.map((text, index) => [`readme.${index}.ts`, text] as const);
    for (const [name, text] of files) {
      const imports = text.match(/^import .*$/gm)?.join("\n") ?? "";
      const body = text.replaceAll(/^import .*$/gm, "");
      await writeFile(join(app, name), `${imports}\nexport async function example() {\n${body}\n}\n`);
    }
    await writeFile(join(app, "application.d.ts"), application);
    const include = ["application.d.ts", ...files.map(([name]) => name)];
    await writeFile(join(app, "tsconfig.readme.json"), JSON.stringify({ compilerOptions, include }));
    const config = join(app, "tsconfig.readme.json");
    const outcome = await run(join(bin, "tsc"), ["-p", config]).catch((error: { stdout: string }) => error);
    expect(outcome.stdout).toBe("");
  });

  test("editors show the names of entities and events, and what the documents say of them", () => {
    const text = `import { createVero, type /*?*/Message } from "@vero/sdk";
const vero = createVero({ baseUrl: location.origin });
export const /*?*/message = await vero.messages./*?*/send({ conversation_id: "c", text: "Hello" });
export const /*?*/page = await vero.messages.list({ id: "c", /*?*/before_seq: 3 });
export const items = page./*?*/items;
export const reply = message./*?*/reply_to;
export const written = message./*?*/text;
vero.realtime.on("message.created", (/*?*/event) => event./*?*/change_seq + event.data./*?*/message.seq);
vero.realtime.on(/*?*/"typing", () => {});
export const state = vero.connection./*?*/state;
`;
    const hovers = hoversOf(text);
    expect(hovers.map(({ shown }) => shown)).toMatchObject([
      expect.stringContaining("interface Message"),
      "const message: Message",
      expect.stringContaining("send(input: MessagesSendInput, options?: CallOptions): Promise<MessagesSendOutput>"),
      "const page: MessageWindow",
      expect.stringContaining("before_seq?: number"),
      "(property) MessageWindow.items: Message[]",
      "(property) Message.reply_to: ReplyPreview | null",
      "(property) Message.text: string | null",
      "(parameter) event: MessageCreatedEvent",
      "(property) MessageCreatedEvent.change_seq: number",
      "(property) message: Message",
      expect.any(String),
      "(property) ObservableConnection.state: ConnectionState",
    ]);
    const docs = hovers.map(({ doc }) => doc);
    expect(docs[2]).toMatch(/^Send a message\./);
    expect(docs[4]).toBe("Only messages before this one, the latest of them.");
    expect(docs[5]).toBe("Ascending by seq.");
    expect(docs[7]).toMatch(/^null for deleted messages/);
    expect(docs[9]).toMatch(/^Ascending per conversation/);
  });

  test("its types have a doc comment for each entity and event, and no tags of the generator", async () => {
    const types = await readFile(join(app, "node_modules", "@vero", "sdk", "dist", "index.d.ts"), "utf8");
    expect(types).not.toMatch(/@description|@constant|@enum|Format: int64|\["schemas"\]/);
    for (const name of ["Message", "Conversation", "User", "Media", "MessageCreatedEvent", "TypingEvent"]) {
      expect(types).toMatch(new RegExp(`\\*/\\n(export )?(declare )?interface ${name} `));
    }
  });

  test.each([
    ["all of it", 'export * from "@vero/sdk";', 12_000],
    [
      "what a page with a store takes of it",
      `export { createVero, isErrorOf, isTransient, isVeroError, webStorageTokens } from "@vero/sdk";
export { createStore } from "@vero/sdk/store";`,
      25_000,
    ],
    [
      "what a page with hooks takes of it",
      `export { createVero, isErrorOf, isTransient, isVeroError, webStorageTokens } from "@vero/sdk";
export { createStore } from "@vero/sdk/store";
export * from "@vero/sdk/react";`,
      29_000,
    ],
  ])("%s is small, minified and compressed", async (_, text, most) => {
    await writeFile(join(app, "all.mjs"), text);
    const options = ["--bundle", "--minify", "--format=esm", "--platform=browser", "--external:ws", "--external:react"];
    const { stdout } = await run(join(bin, "esbuild"), ["all.mjs", ...options], { cwd: app });
    expect(gzipSync(stdout, { level: 9 }).length).toBeLessThanOrEqual(most);
  });

  test("publint has nothing to say", async () => {
    const { stdout } = await run(join(bin, "publint"), [join(app, "node_modules", "@vero", "sdk")]);
    expect(stdout).toContain("All good!");
  });

  test("its types resolve in every kind of project", async () => {
    const plain = [tarball, "--format", "ascii", "--no-color"];
    const { stdout } = await run(join(bin, "attw"), [...plain, "--entrypoints", "."]);
    expect(stdout).toContain("No problems found");
    // Projects that do not read `exports` find nothing but the main entry; it fails where another one finds no types.
    await run(join(bin, "attw"), [...plain, "--profile", "node16"]);
  });
});
