import { hash, verify } from "@node-rs/argon2";
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

  it("takes the same password in any form of Unicode, composed or not, with whatever space (RFC 8265)", async () => {
    const nfc = "Zoë’s café 한국".normalize("NFC");
    const nfd = nfc.normalize("NFD");
    for (const stored of [await passwords.hash(nfc), await passwords.hash(nfd)]) {
      for (const typed of [nfc, nfd, nfc.replaceAll(" ", "\u00a0"), nfd.replaceAll(" ", "\u3000")]) {
        expect([typed, await passwords.verify(stored, typed)]).toEqual([typed, true]);
      }
      expect(await passwords.verify(stored, "Zoe’s cafe 한국")).toBe(false);
    }
  });

  it("takes the very bytes of a hash that was made of them, before passwords were normalised", async () => {
    const nfd = "Zoë’s café".normalize("NFD");
    const stored = await hash(nfd, { memoryCost: 19 * 1024, timeCost: 2, parallelism: 1 });
    expect(await passwords.verify(stored, nfd)).toBe(true);
    expect(await passwords.verify(undefined, nfd)).toBe(false);
  });

  it("refuses what would wait too long, and goes on with the rest", async () => {
    const attempts = await Promise.allSettled(Array.from({ length: 80 }, () => passwords.hash("a long passphrase")));
    const refused = attempts.filter((attempt) => attempt.status === "rejected");
    expect(refused).toHaveLength(14);
    for (const { reason } of refused) expect(reason).toMatchObject({ code: "unavailable", retryAfter: 1 });
    expect(await passwords.verify(await passwords.hash("again"), "again")).toBe(true);
  });
});

describe("passwords that are easy to guess", () => {
  const about = [
    "ada.lovelace@example.com",
    "Ada Lovelace",
    "Analytical Engines",
    "analytical-engines",
    "+442079460000",
  ];
  const refused = (password: string) =>
    expect(passwords.refuseGuessable(password, about)).rejects.toMatchObject({ code: "password_too_common" });

  it.each([
    "password",
    "Password",
    "12345678",
    "iloveyou",
    "aaaaaaaa",
    "Password1!",
    "P@ssw0rd1",
    "qwertyuiop",
    "abcdefgh1",
    "password".repeat(16),
    "a".repeat(128),
  ])("%s is refused", refused);

  it.each([
    "ada.lovelace@example.com",
    "ADA.Lovelace@example.com",
    "adalovelace",
    "Ada Lovelace1",
    "ecalevolada",
    "AnalyticalEngines",
    "analytical engines",
    "Analytical-Engines1",
    "analytical_engines",
    "Ada-Lovelace",
    "442079460000",
    "ada\u3000lovelace",
  ])("%s is refused for who is called so", refused);

  it.each(["correct horse battery staple of my own", "a long passphrase", "tr0ub4dour-and-3-more", "nzg7vkq2"])(
    "%s is not",
    (password) => passwords.refuseGuessable(password, about),
  );

  it("an email longer than what is estimated is refused as well", async () => {
    const email = `${"nzg7vkq2.wu4hxe9t.".repeat(3)}ada@example.com`;
    await expect(passwords.refuseGuessable(email, [email])).rejects.toMatchObject({ code: "password_too_common" });
  });

  it("128 characters cost about as much as 32", async () => {
    const cpuOf = async (password: string) => {
      const { user } = process.cpuUsage();
      for (let round = 0; round < 5; round += 1) await passwords.refuseGuessable(password, about).catch(() => {});
      return process.cpuUsage({ user, system: 0 }).user;
    };
    const hard = (length: number) => "p@ssw0rd4$$5".repeat(20).slice(0, length);
    await cpuOf(hard(32));
    expect((await cpuOf(hard(128))) / (await cpuOf(hard(32)))).toBeLessThan(3);
  });
});
