import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const top = fileURLToPath(new URL("../../../", import.meta.url));

const pagesIn = (folder: string, recursive = false): string[] =>
  readdirSync(join(top, folder), { recursive, encoding: "utf8" })
    .filter((name) => name.endsWith(".md"))
    .map((name) => join(top, folder, name));

const packages = ["apps", "packages"].flatMap((folder) =>
  readdirSync(join(top, folder)).map((name) => join(folder, name)),
);
const pages = [...pagesIn("."), ...pagesIn("docs", true), ...packages.flatMap((folder) => pagesIn(folder))];

/** Code blocks are commands and programs; in the text, backticks hold paths of ours, and much else. */
const textOf = (page: string): string => page.replace(/^```[\s\S]*?^```/gm, "");

/** `apps/msgsrv/src/msgsrv.ts` and `openapi.json`, not `@trpc/server`, `/v1/chat` or `<room>.<role>.ts`. */
const path = /^(?:[\w.-]+\/)+[\w.-]*$|^[\w-]+\.(?:md|json)$/;
/** Selects paths that a build or a run makes. */
const made = /(?:^|\/)(?:dist|node_modules|\.vero)(?:\/|$)/;

function pathsIn(page: string): string[] {
  const text = textOf(page);
  const quoted = [...text.matchAll(/`([^`\n]+)`/g)].map(([, code = ""]) => code).filter((code) => path.test(code));
  const linked = [...text.matchAll(/\]\(([^)#\s]+)[^)]*\)/g)].map(([, link = ""]) => link);
  return [...quoted, ...linked.filter((link) => !/^\w+:/.test(link))].filter((name) => !made.test(name));
}

const isThere = (page: string, name: string): boolean =>
  existsSync(join(top, name)) || existsSync(join(dirname(page), name));

describe("the pages", () => {
  it.each(pages.map((page) => [relative(top, page), page]))("%s names only paths that exist", (_, page) => {
    const missing = pathsIn(readFileSync(page, "utf8")).filter((name) => !isThere(page, name));
    expect(missing).toEqual([]);
  });
});

describe("the search for paths", () => {
  it("finds those in backticks and links, and nothing else", () => {
    const page =
      "`docs/none.md` `@trpc/server` `/v1/chat` `a b/c` [x](docs/adr) [y](https://example.com)\n```\n`no/path`\n```\n";
    expect(pathsIn(page)).toEqual(["docs/none.md", "docs/adr"]);
  });
});
