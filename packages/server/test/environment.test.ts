import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { ConfigError, commonEnvironment, databaseUrlField, readEnvironment, secretField } from "../src/index.js";

const schema = z.object({ ...commonEnvironment, VERO_SECRET: secretField, DATABASE_URL: databaseUrlField });
const complete = { VERO_SECRET: "s".repeat(32), DATABASE_URL: "postgres://db/vero" };

const folder = mkdtempSync(join(tmpdir(), "vero-environment-"));
afterAll(() => rmSync(folder, { recursive: true }));
const fileWith = (text: string): string => {
  const path = join(folder, `${text.length}`);
  writeFileSync(path, text);
  return path;
};

const refusal = (env: NodeJS.ProcessEnv): string => {
  try {
    readEnvironment(schema, env);
  } catch (error) {
    if (error instanceof ConfigError) return error.message;
    throw error;
  }
  throw new Error("the environment was accepted");
};

describe("readEnvironment", () => {
  it("fills in what is not said, and cares for nothing else", () => {
    const config = readEnvironment(schema, { ...complete, PATH: "/bin", VERO_UNKNOWN: "x" });
    expect(config).toMatchObject({ ...complete, PORT: 3000, VERO_CORS_ORIGINS: [], VERO_RATE_LIMITS: "on" });
    expect(config).not.toHaveProperty("VERO_UNKNOWN");
  });

  it("takes an empty value for none", () => {
    expect(readEnvironment(schema, { ...complete, PORT: "", VERO_LOG_LEVEL: "" })).toMatchObject({
      PORT: 3000,
      VERO_LOG_LEVEL: "info",
    });
    expect(refusal({ ...complete, VERO_SECRET: "" })).toContain("  VERO_SECRET: ");
  });

  it("takes a database of several hosts, each with a port of its own", () => {
    const DATABASE_URL = "postgres://vero:a,b@db-1:5432,db-2:5433,db-3/vero?sslmode=require";
    expect(readEnvironment(schema, { ...complete, DATABASE_URL })).toMatchObject({ DATABASE_URL });
    for (const wrong of ["postgres://db:port,db-2/vero", "mysql://db-1:1,db-2:2/vero", "db-1:5432,db-2:5432"]) {
      expect(refusal({ ...complete, DATABASE_URL: wrong })).toContain("  DATABASE_URL: must be a postgres:// URL");
    }
  });

  it("reads lists", () => {
    const env = { ...complete, VERO_CORS_ORIGINS: " https://a.org, https://b.org,," };
    expect(readEnvironment(schema, env).VERO_CORS_ORIGINS).toEqual(["https://a.org", "https://b.org"]);
  });

  it("reads a value from the file that NAME_FILE names, without the line's end", () => {
    const VERO_SECRET_FILE = fileWith(`${"f".repeat(40)}\n`);
    const { VERO_SECRET } = readEnvironment(schema, { ...complete, VERO_SECRET_FILE });
    expect(VERO_SECRET).toBe("f".repeat(40));
  });

  it("names a file's variable when the file cannot be read, and not the path", () => {
    const message = refusal({ ...complete, VERO_SECRET_FILE: join(folder, "missing") });
    expect(message).toContain("VERO_SECRET_FILE");
    expect(message).not.toContain("missing");
  });

  it.each([
    ["VERO_SECRET", "a-short-secret"],
    ["DATABASE_URL", "mysql://user:password@db/vero"],
    ["PORT", "65536"],
    ["PORT", "http"],
    ["VERO_PUBLIC_URL", "ftp://canary"],
    ["VERO_LOG_LEVEL", "canary"],
    ["VERO_RATE_LIMITS", "canary"],
    ["VERO_TRUSTED_PROXIES", "-77"],
    ["VERO_METRICS_TOKEN", "canary"],
  ])("names %s, without the value %s", (name, value) => {
    const message = refusal({ ...complete, [name]: value });
    expect(message).toContain(`  ${name}: `);
    expect(message).not.toContain(value);
  });

  it("names everything that is wrong at once", () => {
    const message = refusal({ PORT: "x" });
    for (const name of ["PORT", "VERO_SECRET", "DATABASE_URL"]) expect(message).toContain(`  ${name}: `);
  });
});
