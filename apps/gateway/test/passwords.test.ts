import { verify } from "@node-rs/argon2";
import { describe, expect, it } from "vitest";
import { createPasswords, nobodysHash } from "../src/auth/passwords.service.js";

const passwords = createPasswords();
const parametersOf = (hash: string) => hash.split("$").slice(0, 4);

describe("hashing", () => {
  it("is argon2id with 19 MiB, two passes and one lane", async () => {
    const hash = await passwords.hash("a long passphrase");
    expect(parametersOf(hash)).toEqual(["", "argon2id", "v=19", "m=19456,t=2,p=1"]);
    expect(await verify(hash, "a long passphrase")).toBe(true);
  });

  it("costs as much for nobody as for somebody, and lets nobody in", async () => {
    expect(parametersOf(nobodysHash)).toEqual(parametersOf(await passwords.hash("a long passphrase")));
    expect(await passwords.verify(undefined, "a long passphrase")).toBe(false);
  });

  it("refuses what would wait too long, and goes on with the rest", async () => {
    const attempts = await Promise.allSettled(Array.from({ length: 80 }, () => passwords.hash("a long passphrase")));
    const refused = attempts.filter((attempt) => attempt.status === "rejected");
    expect(refused).toHaveLength(14);
    for (const { reason } of refused) expect(reason).toMatchObject({ code: "unavailable", retryAfter: 1 });
    expect(await passwords.verify(await passwords.hash("again"), "again")).toBe(true);
  });
});

describe("common passwords", () => {
  it.each(["password", "Password", "12345678", "iloveyou", "ada@example.com", "ADA@example.com", "ada"])(
    "%s is refused",
    async (password) => {
      await expect(passwords.refuseCommon(password, "ada@example.com")).rejects.toMatchObject({
        code: "password_too_common",
      });
    },
  );

  it("a passphrase is not", async () => {
    await passwords.refuseCommon("correct horse battery staple of my own", "ada@example.com");
  });
});
