import { readdirSync, readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { expect, it } from "vitest";

/** Bytes of all scripts together, compressed. */
const maxScriptBytes = 180_000;

it("the scripts of the page are small", () => {
  const assets = new URL("../../apps/web/dist/assets/", import.meta.url);
  const scripts = readdirSync(assets).filter((name) => name.endsWith(".js"));
  const bytes = scripts.map((name) => gzipSync(readFileSync(new URL(name, assets))).length);
  expect(bytes.reduce((sum, size) => sum + size, 0)).toBeLessThan(maxScriptBytes);
});
