import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ConfigError } from "@vero/server";
import { afterAll, describe, expect, it } from "vitest";
import { readConfig } from "../src/config.js";

const folder = mkdtempSync(join(tmpdir(), "vero-config-"));
afterAll(() => rmSync(folder, { recursive: true }));

describe("the configuration of standalone", () => {
  it("says at once all that production needs", () => {
    const env = { NODE_ENV: "production", VERO_RATE_LIMITS: "off", VERO_SECRET_PREVIOUS: "short", PORT: "99999" };
    expect(() => readConfig(env)).toThrow(ConfigError);
    for (const name of ["VERO_SECRET", "VERO_PUBLIC_URL", "VERO_RATE_LIMITS", "VERO_SECRET_PREVIOUS", "PORT"]) {
      expect(() => readConfig(env)).toThrow(`\n  ${name}: `);
    }
  });

  it("names VERO_DATA_DIR where no folder can be made of it", () => {
    const file = join(folder, "file");
    writeFileSync(file, "");
    for (const VERO_DATA_DIR of [file, join(file, "data")]) {
      expect(() => readConfig({ VERO_DATA_DIR })).toThrow("\n  VERO_DATA_DIR: E");
    }
    expect(readConfig({ VERO_DATA_DIR: join(folder, "data") }).VERO_SECRET).toHaveLength(64);
  });
});
