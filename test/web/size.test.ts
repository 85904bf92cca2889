import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { expect, it } from "vitest";

/** Bytes of all scripts together, compressed. */
const maxScriptBytes = 180_000;

const built = new URL("../../apps/web/dist/", import.meta.url);

/** Finds the scripts that a text names, and those that they name: an earlier build may have left others. */
function scriptsNamedIn(text: string, found = new Map<string, Buffer>()): Map<string, Buffer> {
  for (const [, name = ""] of text.matchAll(/["/]([\w-]+\.js)"/g)) {
    if (found.has(name)) continue;
    const script = readFileSync(new URL(`assets/${name}`, built));
    found.set(name, script);
    scriptsNamedIn(script.toString(), found);
  }
  return found;
}

it("the scripts of the page are small", () => {
  const scripts = scriptsNamedIn(readFileSync(new URL("index.html", built), "utf8"));
  expect([...scripts.keys()].map((name) => name.split("-")[0]).sort()).toEqual(["EmojiPicker", "index"]);
  const bytes = [...scripts.values()].map((script) => gzipSync(script).length);
  expect(bytes.reduce((sum, size) => sum + size, 0)).toBeLessThan(maxScriptBytes);
});
