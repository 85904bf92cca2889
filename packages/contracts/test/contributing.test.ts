import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { dirname, extname } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const top = fileURLToPath(new URL("../../../", import.meta.url));

/** They call some operations, as every client does, and have nothing for each. */
const callers = ["apps/web", "packages/sdk/src/store"].map((folder) => `:(exclude)${folder}`);

const listFilesThatName = (operation: string): string[] =>
  execFileSync("git", ["grep", "--ignore-case", "-lE", operation, "--", ".", ...callers], {
    cwd: top,
    encoding: "utf8",
  })
    .split("\n")
    .filter(Boolean);

/** A read and a change that have all that any operation has; their names are no other words, so that a search finds them. */
const filesOfRead = listFilesThatName("list_?edits");
const filesOfChange = listFilesThatName("set_?typing");

interface Row {
  paths: string[];
  /** The operations that touch the file: every one, every change, or some that have something new. */
  of: "all" | "changes" | "some";
}

/** Reads the table of the section "Adding an operation". */
function rowsOf(page: string): Row[] {
  const section = /^## Adding an operation$([\s\S]*?)^1\. /m.exec(page)?.[1] ?? "";
  const cells = [...section.matchAll(/^\| (`.*?) +\| (.*?) +\|$/gm)];
  return cells.map(([, files = "", purpose = ""]) => ({
    paths: [...files.matchAll(/`([^`]+)`/g)].map(([, path = ""]) => path),
    of: /^if it changes something:/.test(purpose) ? "changes" : /\bif\b/.test(purpose) ? "some" : "all",
  }));
}

const rows = rowsOf(readFileSync(`${top}CONTRIBUTING.md`, "utf8"));
const isUnder = (file: string, path: string): boolean => file === path || file.startsWith(`${path}/`);

const pathsOf = (...kinds: Row["of"][]): string[] =>
  rows.filter(({ of }) => kinds.includes(of)).flatMap(({ paths }) => paths);
const itself = ["CONTRIBUTING.md", "packages/contracts/test/contributing.test.ts"];

describe("CONTRIBUTING.md: the files of an operation", () => {
  it("include every file that names messages.list_edits", () => {
    const listed = [...itself, ...pathsOf("all", "changes", "some")];
    expect(filesOfRead.filter((file) => !listed.some((path) => isUnder(file, path)))).toEqual([]);
  });

  it("name messages.list_edits, except those that only some operations touch", () => {
    const always = pathsOf("all");
    expect(always.length).toBeGreaterThan(8);
    expect(always.filter((path) => !filesOfRead.some((file) => isUnder(file, path)))).toEqual([]);
  });

  it("are, for a change of another room, in the same folders with its noun", () => {
    const folderOf = (path: string) => (extname(path) === "" || !path.includes("/") ? path : dirname(path));
    const folders = pathsOf("all", "changes", "some").map((path) =>
      folderOf(path).replaceAll("messages", "conversations"),
    );
    const listed = [...itself, ...folders];
    // The tests of the SDK call some operation or other.
    const own = filesOfChange.filter((file) => !isUnder(file, "packages/sdk/test"));
    expect(own.filter((file) => !listed.some((path) => isUnder(file, path)))).toEqual([]);
    expect(pathsOf("changes")).not.toEqual([]);
    expect(pathsOf("changes").filter((path) => !filesOfChange.some((file) => isUnder(file, path)))).toEqual([]);
  });
});
