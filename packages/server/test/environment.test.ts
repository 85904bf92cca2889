import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { z } from "zod";
import {
  ConfigError,
  commonEnvironment,
  databaseUrlField,
  offlineAfterField,
  quotaEnvironment,
  readEnvironment,
  secretField,
} from "../src/index.js";

const schema = z.object({ ...commonEnvironment, VERO_SECRET: secretField, DATABASE_URL: databaseUrlField });
const complete = { VERO_SECRET: "s".repeat(32), DATABASE_URL: "postgres://db/vero" };

const folder = mkdtempSync(join(tmpdir(), "vero-environment-"));
afterAll(() => rmSync(folder, { recursive: true }));
const fileWith = (text: string): string => {
  const path = join(folder, `${text.length}`);
  writeFileSync(path, text);
  return path;
};

type Rules = Parameters<typeof readEnvironment>[2];

const refusal = (env: NodeJS.ProcessEnv, of: z.ZodObject = schema, rules: Rules = []): string => {
  try {
    readEnvironment(of, env, rules);
  } catch (error) {
    if (error instanceof ConfigError) return error.message;
    throw error;
  }
  throw new Error("the environment was accepted");
};

describe("readEnvironment", () => {
  it("fills in what is not said, and cares for nothing else", () => {
    const config = readEnvironment(schema, { ...complete, PATH: "/bin" });
    expect(config).toMatchObject({ ...complete, PORT: 3000, VERO_CORS_ORIGINS: [], VERO_RATE_LIMITS: "on" });
    expect(config).not.toHaveProperty("PATH");
  });

  it.each([
    ["VERO_RATE_LIMIT", "is unknown; did you mean VERO_RATE_LIMITS?"],
    ["VERO_CORS_ORIGIN", "is unknown; did you mean VERO_CORS_ORIGINS?"],
    ["VERO_SECRET_FIL", "is unknown; did you mean VERO_SECRET?"],
    ["VERO_FRIENDS_AND_FAMILY", "is unknown"],
  ])("refuses %s, which no service reads, and names the nearest", (name, message) => {
    expect(refusal({ ...complete, [name]: "x" })).toBe(`The configuration is not usable:\n  ${name}: ${message}`);
  });

  it("takes the variables of other services, and of the tools of the repository", () => {
    const others = {
      VERO_OFFLINE_AFTER: "1",
      VERO_DATA_DIR: "x",
      VERO_MAX_BYTES_PER_USER: "x",
      VERO_TEST_PATIENCE: "3",
    };
    expect(readEnvironment(schema, { ...complete, ...others, VERO_METRICS_TOKEN_FILE: "" })).toMatchObject(complete);
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

  it("names everything that is wrong at once, also files and what values are together", () => {
    const env = { PORT: "x", VERO_LOG_LEVEL: "x", DATABASE_URL_FILE: join(folder, "missing") };
    const together = [() => [["HOST", "does not fit"] as const], () => [["PORT", "is not told again"] as const]];
    const message = refusal(env, schema, together);
    const names = [...message.matchAll(/^ {2}(\w+): /gm)].map(([, name]) => name);
    expect(names.sort()).toEqual(["DATABASE_URL_FILE", "HOST", "PORT", "VERO_LOG_LEVEL", "VERO_SECRET"]);
  });

  it.each([
    ["PORT", "0 to 65535", ["-1", "65536", "99999", "1.5", "http"]],
    ["VERO_METRICS_PORT", "0 to 65535", ["-1", "65536"]],
    ["VERO_TRUSTED_PROXIES", "0 to 10", ["-1", "11", "70000.5"]],
    ["VERO_MAX_CONNECTIONS", "1 to 1000000", ["0", "1000001"]],
    ["VERO_OFFLINE_AFTER", "0 to 3600", ["-1", "3601"]],
    ["VERO_MAX_BYTES_PER_USER", "1 to 9007199254740991", ["0", "0.5", "9007199254740993", "5 GB"]],
  ])("says of %s that it is a whole number from %s, once", (name, bounds, values) => {
    const numbers = schema.extend({ ...quotaEnvironment, VERO_OFFLINE_AFTER: offlineAfterField });
    for (const value of values) {
      expect(refusal({ ...complete, [name]: value }, numbers)).toBe(
        `The configuration is not usable:\n  ${name}: must be a whole number from ${bounds}`,
      );
    }
  });

  it("says the bounds of VERO_DEADLINE_FACTOR", () => {
    for (const VERO_DEADLINE_FACTOR of ["0.5", "61", "slow"]) {
      const message = refusal({ ...complete, VERO_DEADLINE_FACTOR });
      expect(message).toContain("  VERO_DEADLINE_FACTOR: must be a number from 1 to 60");
    }
  });

  it.each([
    "*",
    "null",
    "example.com",
    "https://*.example.com",
    "https://A.example",
    "https://a.example/",
    "https://a.example/path",
    "https://a.example?x",
    "https://user@a.example",
    "https://a.example:443",
    "https://a.example https://b.example",
    "file://",
  ])("takes no origin that a browser never sends: %s", (origin) => {
    const env = { ...complete, VERO_CORS_ORIGINS: `https://good.example,${origin}` };
    expect(refusal(env)).toContain("  VERO_CORS_ORIGINS: must be exact origins");
  });

  it.each(["http://localhost:5173", "http://[::1]:8080", "https://xn--bcher-kva.example", "capacitor://localhost"])(
    "takes the origin %s",
    (origin) => {
      expect(readEnvironment(schema, { ...complete, VERO_CORS_ORIGINS: origin }).VERO_CORS_ORIGINS).toEqual([origin]);
    },
  );

  it("knows three values of NODE_ENV, so that none is taken for development by mistake", () => {
    for (const NODE_ENV of ["production", "development", "test"] as const) {
      expect(readEnvironment(schema, { ...complete, NODE_ENV })).toMatchObject({ NODE_ENV });
    }
    for (const NODE_ENV of ["prod", "Production", "staging"]) {
      expect(refusal({ ...complete, NODE_ENV })).toContain("  NODE_ENV: must be production, development or test");
    }
  });
});
