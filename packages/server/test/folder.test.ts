import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { makeFolder } from "../src/config/folder.js";

const folder = mkdtempSync(join(tmpdir(), "vero-folder-"));
afterAll(() => rmSync(folder, { recursive: true }));

test("makeFolder: makes what is missing, with the mode, and leaves what is there", () => {
  const path = join(folder, "a", "b");
  makeFolder(path, 0o700);
  makeFolder(path);
  expect(statSync(path).mode & 0o777).toBe(0o700);
});

test("makeFolder: fails where no folder can be made, and does not try for ever", () => {
  const without = existsSync("/proc/self") ? "/proc" : "/dev/null";
  expect(() => makeFolder(join(without, "vero", "data"))).toThrow(/^EN/);
});

test("makeFolder: fails where a file is in its place", () => {
  const path = join(folder, "file");
  writeFileSync(path, "");
  expect(() => makeFolder(path)).toThrow("EEXIST");
});
