import { randomBytes } from "node:crypto";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ConfigError } from "@vero/server";
import { describe, expect, it } from "vitest";
import { readConfig } from "../src/config.js";

const complete = {
  VERO_PUBLIC_URL: "https://chat.example.com",
  VERO_SECRET: "0123456789abcdef0123456789abcdef",
  DATABASE_URL: "postgres://vero@db/vero",
  MSGSRV_URL: "http://msgsrv:3001",
};

const refusal = (env: NodeJS.ProcessEnv): string => {
  try {
    readConfig(env);
  } catch (error) {
    if (error instanceof ConfigError) return error.message;
    throw error;
  }
  throw new Error("the configuration was accepted");
};

describe("the configuration", () => {
  it("is complete with four values", () => {
    expect(readConfig(complete)).toMatchObject({ ...complete, HOST: "127.0.0.1", PORT: 3000, VERO_RATE_LIMITS: "on" });
  });

  it.each(Object.keys(complete))("names %s when it is missing", (name) => {
    expect(refusal({ ...complete, [name]: "" })).toContain(`  ${name}: `);
  });

  it.each([
    ["VERO_SECRET", "short"],
    ["DATABASE_URL", "mysql://db"],
    ["MSGSRV_URL", "msgsrv:3001"],
    ["VERO_PUBLIC_URL", "ftp://chat.example.com"],
    ["PORT", "99999"],
  ])("names %s when it is not usable, and does not repeat it", (name, value) => {
    const message = refusal({ ...complete, [name]: value });
    expect(message).toContain(`  ${name}: `);
    expect(message).not.toContain(value);
  });

  it("takes a secret from a file, and cares for no other file", () => {
    const file = join(mkdtempSync(join(tmpdir(), "vero-")), "secret");
    writeFileSync(file, `${"f".repeat(40)}\n`);
    const { VERO_SECRET: _, ...rest } = complete;
    expect(readConfig({ ...rest, VERO_SECRET_FILE: file, OTHER_FILE: "/nowhere" }).VERO_SECRET).toBe("f".repeat(40));
    expect(refusal({ ...rest, VERO_SECRET_FILE: "/nowhere" })).toContain("VERO_SECRET_FILE");
  });

  it.each([
    ["VERO_SECRET", "a".repeat(40)],
    ["VERO_SECRET", "0123456789abcdef0123456789abcdef"],
    ["VERO_SECRET", "changeme-changeme-changeme-changeme-"],
    ["VERO_METRICS_TOKEN", "1234567890123456"],
  ])("refuses in production a %s that is easy to guess: %s", (name, value) => {
    const production = { ...complete, VERO_SECRET: "Kf3vYw9qZt6mXr2bNc8hLd5gPj7sQa4e", NODE_ENV: "production" };
    const message = refusal({ ...production, [name]: value });
    expect(message).toContain(`  ${name}: `);
    expect(message).not.toContain(value);
    expect(readConfig({ ...complete, [name]: value })).toHaveProperty(name, value);
    expect(readConfig(production).NODE_ENV).toBe("production");
  });

  it("takes every random secret in production", () => {
    for (let round = 0; round < 50; round += 1) {
      const [VERO_SECRET, VERO_METRICS_TOKEN] = [randomBytes(16).toString("hex"), randomBytes(8).toString("hex")];
      readConfig({ ...complete, VERO_SECRET, VERO_METRICS_TOKEN, NODE_ENV: "production" });
    }
  });

  it("takes a previous secret of any kind: it may be replaced for being weak", () => {
    const previous = "a".repeat(40);
    const env = { ...complete, VERO_SECRET: "Kf3vYw9qZt6mXr2bNc8hLd5gPj7sQa4e", NODE_ENV: "production" };
    expect(readConfig({ ...env, VERO_SECRET_PREVIOUS: previous }).VERO_SECRET_PREVIOUS).toBe(previous);
    expect(refusal({ ...env, VERO_SECRET_PREVIOUS: "short" })).toContain("  VERO_SECRET_PREVIOUS: ");
  });

  it("takes no previous secret that is the present one", () => {
    const { VERO_SECRET } = complete;
    expect(refusal({ ...complete, VERO_SECRET_PREVIOUS: VERO_SECRET })).toContain(
      "  VERO_SECRET_PREVIOUS: is the same",
    );
  });

  it("says at once what is wrong for production and what is wrong anyhow", () => {
    const env = { ...complete, PORT: "x", VERO_METRICS_TOKEN: "1234567890123456", VERO_RATE_LIMITS: "off" };
    const message = refusal({ ...env, NODE_ENV: "production" });
    for (const name of ["PORT", "VERO_SECRET", "VERO_METRICS_TOKEN", "VERO_RATE_LIMITS"]) {
      expect(message).toContain(`\n  ${name}: `);
    }
  });

  it("cannot be without rate limits in production", () => {
    expect(refusal({ ...complete, NODE_ENV: "production", VERO_RATE_LIMITS: "off" })).toContain("VERO_RATE_LIMITS");
  });
});
