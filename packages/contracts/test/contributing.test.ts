import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const top = fileURLToPath(new URL("../../../", import.meta.url));

/** An operation that has all that any operation has; its name is no other word, so that a search finds it. */
const operation = "list_?edits";

const filesThatNameIt = execFileSync("git", ["grep", "--ignore-case", "-lE", operation], { cwd: top, encoding: "utf8" })
  .split("\n")
  .filter(Boolean);

interface Row {
  paths: string[];
  /** Whether every operation touches the file, rather than only one that has something new. */
  isAlways: boolean;
}

/** Reads the table of the section "Adding an operation". */
function rowsOf(page: string): Row[] {
  const section = /^## Adding an operation$([\s\S]*?)^1\. /m.exec(page)?.[1] ?? "";
  const cells = [...section.matchAll(/^\| (`.*?) +\| (.*?) +\|$/gm)];
  return cells.map(([, files = "", purpose = ""]) => ({
    paths: [...files.matchAll(/`([^`]+)`/g)].map(([, path = ""]) => path),
    isAlways: !/\bif\b/.test(purpose),
  }));
}

const rows = rowsOf(readFileSync(`${top}CONTRIBUTING.md`, "utf8"));
const isUnder = (file: string, path: string): boolean => file === path || file.startsWith(`${path}/`);

describe("CONTRIBUTING.md: the files of an operation", () => {
  it("include every file that names messages.list_edits", () => {
    const listed = rows.flatMap(({ paths }) => paths);
    const itself = ["CONTRIBUTING.md", "packages/contracts/test/contributing.test.ts"];
    const missing = filesThatNameIt.filter(
      (file) => !itself.includes(file) && !listed.some((path) => isUnder(file, path)),
    );
    expect(missing).toEqual([]);
  });

  it("name messages.list_edits, except those that only some operations touch", () => {
    const always = rows.filter(({ isAlways }) => isAlways).flatMap(({ paths }) => paths);
    expect(always.length).toBeGreaterThan(8);
    expect(always.filter((path) => !filesThatNameIt.some((file) => isUnder(file, path)))).toEqual([]);
  });
});
