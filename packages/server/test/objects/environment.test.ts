import { describe, expect, it } from "vitest";
import { z } from "zod";
import {
  ConfigError,
  createLogger,
  createObjectStore,
  objectsEnvironment,
  readEnvironment,
  wholeS3,
} from "../../src/index.js";

const schema = z.object(objectsEnvironment);
const read = (env: NodeJS.ProcessEnv) => readEnvironment(schema, env, [wholeS3]);
const whole = { S3_BUCKET: "files", S3_REGION: "eu-north-1" };

const refusal = (env: NodeJS.ProcessEnv): string => {
  try {
    read(env);
  } catch (error) {
    if (error instanceof ConfigError) return error.message;
    throw error;
  }
  throw new Error("the environment was accepted");
};

describe("the variables of the object store", () => {
  it("may all be missing", () => {
    expect(read({ S3_BUCKET: "" })).toEqual({});
  });

  it("are complete with bucket and region, as on AWS", () => {
    expect(read(whole)).toEqual(whole);
  });

  it("may name another server, and another address for clients", () => {
    const other = { S3_ENDPOINT: "http://minio:9000", S3_PUBLIC_URL: "https://files.example.com" };
    const keys = { S3_ACCESS_KEY_ID: "id", S3_SECRET_ACCESS_KEY: "key" };
    const config = read({ ...whole, ...other, ...keys, S3_FORCE_PATH_STYLE: "true" });
    expect(config).toEqual({ ...whole, ...other, ...keys, S3_FORCE_PATH_STYLE: true });
  });

  it.each([
    [{ S3_BUCKET: "files" }, ["S3_REGION"]],
    [{ S3_REGION: "eu-north-1" }, ["S3_BUCKET"]],
    [{ S3_ENDPOINT: "http://minio:9000" }, ["S3_BUCKET", "S3_REGION"]],
    [{ S3_FORCE_PATH_STYLE: "false" }, ["S3_BUCKET", "S3_REGION"]],
    [{ ...whole, S3_ACCESS_KEY_ID: "canary" }, ["S3_SECRET_ACCESS_KEY"]],
    [{ ...whole, S3_SECRET_ACCESS_KEY: "canary" }, ["S3_ACCESS_KEY_ID"]],
  ])("are refused by half: %o", (env, missing) => {
    const message = refusal(env);
    expect(message.match(/S3_\w+: is missing/g)).toEqual(missing.map((name) => `${name}: is missing`));
    expect(message).not.toContain("canary");
  });

  it.each([
    ["S3_ENDPOINT", "minio:9000"],
    ["S3_PUBLIC_URL", "ftp://canary"],
    ["S3_FORCE_PATH_STYLE", "canary"],
  ])("names %s, without the value %s", (name, value) => {
    const message = refusal({ ...whole, [name]: value });
    expect(message).toContain(`  ${name}: must be`);
    expect(message).not.toContain(value);
  });
});

describe("createObjectStore", () => {
  it("names VERO_OBJECTS_DIR where it is a file", async () => {
    const config = { VERO_OBJECTS_DIR: import.meta.filename };
    const log = createLogger({ level: "silent", name: "test" });
    const store = createObjectStore({ config, log, publicUrl: "http://vero.test", secret: "s".repeat(32) });
    await expect(store).rejects.toThrow(/^VERO_OBJECTS_DIR: E/);
  });
});
