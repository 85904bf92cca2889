import { ConfigError } from "@vero/server";
import { describe, expect, it } from "vitest";
import { readConfig } from "../src/config.js";

const complete = {
  VERO_PUBLIC_URL: "https://chat.example.com",
  VERO_SECRET: "hV3vWq9mZt7KcR2xYb8NfL4sGd6JpTnA",
  DATABASE_URL: "postgres://vero@db/vero",
};
const production = { ...complete, NODE_ENV: "production" };

describe("where the messaging service keeps files", () => {
  it("is a folder of its own for who tries things out", () => {
    expect(readConfig(complete).VERO_OBJECTS_DIR).toMatch(/[/\\]\.vero[/\\]objects$/);
  });

  it("must be said in production", () => {
    expect(() => readConfig(production)).toThrow(ConfigError);
    expect(() => readConfig(production)).toThrow(/VERO_OBJECTS_DIR: .*S3_BUCKET and S3_REGION/);
    expect(readConfig({ ...production, VERO_OBJECTS_DIR: "/srv/files" }).VERO_OBJECTS_DIR).toBe("/srv/files");
    const s3 = { S3_BUCKET: "files", S3_REGION: "eu-north-1" };
    expect(readConfig({ ...production, ...s3 })).toMatchObject(s3);
  });

  it("is said at once with what else is missing", () => {
    const env = { ...production, DATABASE_URL: "", VERO_RATE_LIMITS: "off" };
    for (const name of ["DATABASE_URL", "VERO_RATE_LIMITS", "VERO_OBJECTS_DIR"]) {
      expect(() => readConfig(env)).toThrow(`\n  ${name}: `);
    }
  });

  it("cannot be half an S3", () => {
    expect(() => readConfig({ ...production, S3_BUCKET: "files" })).toThrow("S3_REGION: is missing");
  });
});
