import { mkdtempSync, rmSync } from "node:fs";
import { readdir, stat, utimes } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough, Readable } from "node:stream";
import { AppError } from "@vero/contracts";
import { afterAll, beforeAll, expect, test } from "vitest";
import { waitFor } from "../../../../test/harness/waiting.js";
import { createLogger } from "../../src/index.js";
import { type DiskFiles, openDiskFiles } from "../../src/objects/disk.files.js";

const folder = mkdtempSync(join(tmpdir(), "vero-objects-"));
const log = createLogger({ level: "silent", name: "test" });
let files: DiskFiles;
beforeAll(async () => {
  files = await openDiskFiles(folder, log);
});
afterAll(() => rmSync(folder, { recursive: true }));

const locks = () => readdir(join(folder, ".locks"));
const incoming = () => readdir(join(folder, ".incoming"));
/** As if the process that has the lock had not touched it for more than a minute. */
async function age(key: string): Promise<void> {
  const before = new Date(Date.now() - 61_000);
  await utimes(join(folder, ".locks", key), before, before);
}
const codeOf = (work: Promise<void>): Promise<string> =>
  work.then(
    () => "created",
    (error: unknown) => (error instanceof AppError ? error.code : String(error)),
  );

/** How many have come to the middle of their bytes. */
async function begun(): Promise<number> {
  const sizes = await Promise.all(
    (await incoming()).map((name) =>
      stat(join(folder, ".incoming", name)).then(
        ({ size }) => size,
        () => 0,
      ),
    ),
  );
  return sizes.filter((size) => size === 2).length;
}

/** Someone who creates the key, up to the middle of its four bytes. */
async function begin(key: string) {
  const before = await begun();
  const body = new PassThrough();
  body.write("ab");
  const outcome = codeOf(files.create(key, body, 4));
  await waitFor(async () => (await begun()) === before + 1);
  return { body, outcome };
}

test("lock: who lost it to another does not take it away from them", async () => {
  const first = await begin("lost");
  await age("lost");
  const second = await begin("lost");
  first.body.destroy(new Error("broken off"));
  expect(await first.outcome).toContain("broken off");
  expect(await locks()).toEqual(["lost"]);
  expect(await codeOf(files.create("lost", Readable.from([Buffer.from("abcd")]), 4))).toBe("upload_in_progress");
  second.body.end("cd");
  expect(await second.outcome).toBe("created");
  expect([await locks(), await incoming()]).toEqual([[], []]);
});

test("lock: of two who both take themselves for the one, the later to finish is told that the file is there", async () => {
  const first = await begin("twice");
  await age("twice");
  const second = await begin("twice");
  second.body.end("CD");
  expect(await second.outcome).toBe("created");
  first.body.end("cd");
  expect(await first.outcome).toBe("already_uploaded");
  const file = await files.open("twice");
  const content = Buffer.concat(await file.stream().toArray()).toString();
  expect(content).toBe("abCD");
  expect([await locks(), await incoming()]).toEqual([[], []]);
});

test("lock: at most one writes, however many come and go", async () => {
  let [inside, most, times] = [0, 0, 0];
  async function* failing(): AsyncGenerator<Buffer> {
    inside += 1;
    times += 1;
    most = Math.max(most, inside);
    yield Buffer.from("a");
    await new Promise(setImmediate);
    inside -= 1;
    throw new Error("broken off");
  }
  const others = await Promise.all(
    Array.from({ length: 12 }, async () => {
      const codes = new Set<string>();
      for (let n = 0; n < 60; n += 1) codes.add(await codeOf(files.create("many", Readable.from(failing()), 4)));
      return [...codes];
    }),
  );
  expect(times).toBeGreaterThan(1);
  expect(most).toBe(1);
  expect(new Set(others.flat())).toEqual(new Set(["Error: broken off", "upload_in_progress"]));
  expect([await locks(), await incoming()]).toEqual([[], []]);
});
