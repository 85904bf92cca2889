import { beforeAll, describe, expect, it } from "vitest";
import { type Call, expectProblem, strictRates, useStack } from "../harness/accounts.js";
import { passphrase } from "../harness/people.js";

const { another, signUp, stack } = useStack();
let limited: Call;
beforeAll(async () => {
  limited = await another({ ...strictRates, VERO_TRUSTED_PROXIES: "1" });
});

const from = (address: string) => ({ "x-forwarded-for": address });
const logIn = (email: string, password: string, address: string) =>
  limited("POST /auth/login", { body: { email, password }, headers: from(address) });
const guess = (email: string, address: string) => logIn(email, "not the password", address);

/** How many of the guesses were looked at, one from each of the addresses. */
async function looked(email: string, addresses: string[]): Promise<number> {
  let count = 0;
  for (const address of addresses) if ((await guess(email, address)).status === 401) count += 1;
  return count;
}
const upTo = (n: number) => Array.from({ length: n }, (_, at) => at + 1);
const hex = (n: number) => n.toString(16);

describe("guesses at one account", () => {
  it("from 60 networks of one /48: twenty are looked at", async () => {
    const { email } = await signUp();
    expect(
      await looked(
        email,
        upTo(60).map((n) => `2001:db8:1:${hex(n * 256)}::1`),
      ),
    ).toBe(20);
    // The site next to it is another one.
    expect((await guess(email, "2001:db8:2::1")).status).toBe(401);
  });

  it("from 30 networks of one /56: ten are looked at", async () => {
    const { email } = await signUp();
    expect(
      await looked(
        email,
        upTo(30).map((n) => `2001:db8:3:${hex(n)}::1`),
      ),
    ).toBe(10);
  });

  it("from 60 addresses far apart: fifty are looked at, then no stranger is, and whoever was here before may enter", async () => {
    const { email } = await signUp();
    const home = "198.51.100.7";
    expect((await logIn(email, passphrase, home)).status).toBe(200);
    expect(
      await looked(
        email,
        upTo(60).map((n) => `203.0.113.${n}`),
      ),
    ).toBe(50);
    expectProblem(await logIn(email, passphrase, "192.0.2.1"), 429, "rate_limited");
    expect((await logIn(email, passphrase, home)).status).toBe(200);
    // Known or not, an address has five.
    expect(await looked(email, Array(8).fill(home))).toBe(5);
    expectProblem(await logIn(email, passphrase, home), 429, "rate_limited");
  });

  it("known addresses are kept as hashes, twenty for a user, and not for ever", async () => {
    const { email, id } = await signUp();
    const { sql } = stack().database;
    for (const n of upTo(22)) {
      await sql`update known_networks set last_login_at = last_login_at - interval '1 minute' where user_id = ${id}`;
      expect((await logIn(email, passphrase, `192.0.2.${n + 100}`)).status).toBe(200);
    }
    const rows = await sql`select network_hash from known_networks where user_id = ${id}`;
    expect(rows).toHaveLength(20);
    for (const { network_hash } of rows) expect(network_hash).toHaveLength(32);
    await sql`update known_networks set last_login_at = now() - interval '91 days' where user_id = ${id}`;
    expect(
      await looked(
        email,
        upTo(60).map((n) => `198.18.0.${n}`),
      ),
    ).toBe(50);
    expectProblem(await logIn(email, passphrase, "192.0.2.122"), 429, "rate_limited");
  });

  it("are counted for addresses without an account alike", async () => {
    expect(
      await looked(
        "nobody.at.all@example.com",
        upTo(60).map((n) => `198.18.1.${n}`),
      ),
    ).toBe(50);
  });
});

describe("what one site may do", () => {
  const signUpFrom = async (address: string) =>
    (
      await limited("POST /auth/signup", {
        body: { email: "ada@example", password: passphrase, display_name: "Ada", tenant_name: "Engines" },
        headers: from(address),
      })
    ).status;

  it("signups: five for a /64, twenty for the /56 around it", async () => {
    const statuses: number[] = [];
    for (const n of upTo(30)) statuses.push(await signUpFrom(`2001:db8:4:${hex(n)}::1`));
    expect(statuses.filter((status) => status === 400)).toHaveLength(20);
    expect(statuses.slice(20)).toEqual(Array(10).fill(429));
    // A refused neighbour has used up nothing of the others.
    for (const n of upTo(30)) await signUpFrom(`2001:db8:4:1234:${hex(n)}::1`);
    expect(await signUpFrom("2001:db8:4:ff00::1")).toBe(400);
  });
});
