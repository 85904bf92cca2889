import { describe, expect, it } from "vitest";
import { expectProblem, pathsOf, strictRates, useStack } from "../harness/accounts.js";
import { anEmail, passphrase } from "../harness/people.js";

const { call, another, signUp, invite } = useStack();
const login = (email: string, password: string) => call("POST /auth/login", { body: { email, password } });

describe("200", () => {
  it("opens a session, whatever the case of the address", async () => {
    const user = await signUp();
    const { status, body } = await login(user.email.toUpperCase(), passphrase);
    expect(status).toBe(200);
    expect(body.user).toEqual(user.me);
    const { body: first } = await call("GET /auth/me", { token: user.token });
    const { body: second } = await call("GET /auth/me", { token: body.access_token });
    expect(second.session_id).not.toBe(first.session_id);
  });
});

describe("400", () => {
  it("validation_failed", async () => {
    const answer = await call("POST /auth/login", { body: { email: "ada", password: "", remember: true } });
    expectProblem(answer, 400, "validation_failed");
    expect(pathsOf(answer)).toEqual(["email", "password", "remember"]);
  });
});

describe("401", () => {
  it("invalid_credentials for an unknown address, a wrong password and a deactivated user, in the same words", async () => {
    const owner = await signUp();
    const gone = await invite(owner, "member");
    await call(`PATCH /auth/members/${gone.id}`, { token: owner.token, body: { deactivated: true } });
    const answers = [
      await login(anEmail(), passphrase),
      await login(owner.email, "another passphrase"),
      await login(gone.email, passphrase),
    ];
    for (const answer of answers) {
      expectProblem(answer, 401, "invalid_credentials");
      expect({ ...answer.body, request_id: "" }).toEqual({ ...answers[0]?.body, request_id: "" });
    }
  });

  it("takes as long for an unknown address as for a wrong password", async () => {
    const { email } = await signUp();
    const times: Record<"known" | "unknown", number[]> = { known: [], unknown: [] };
    // By turns: what else the machine has to do takes both as long.
    for (let count = 0; count < 15; count += 1) {
      for (const [kind, address] of [["known", email] as const, ["unknown", anEmail()] as const]) {
        const start = performance.now();
        await login(address, "another passphrase");
        times[kind].push(performance.now() - start);
      }
    }
    const medianOf = (all: number[]): number => all.sort((a, b) => a - b)[7] ?? 0;
    const [known, unknown] = [medianOf(times.known), medianOf(times.unknown)];
    // A login without hashing is ten times as fast; the exact figure is measured elsewhere, with more calls.
    expect(unknown / known).toBeGreaterThan(0.5);
    expect(unknown / known).toBeLessThan(2);
  });
});

describe("429", () => {
  it("rate_limited after five failures, also with the right password, and only for that address", async () => {
    const limited = await another(strictRates);
    const [attacked, other] = [await signUp(), await signUp()];
    const attempt = (email: string, password: string) => limited("POST /auth/login", { body: { email, password } });
    for (let count = 0; count < 5; count += 1) {
      expectProblem(await attempt(attacked.email, "another passphrase"), 401, "invalid_credentials");
    }
    const answer = await attempt(attacked.email.toUpperCase(), passphrase);
    expectProblem(answer, 429, "rate_limited");
    expect(Number(answer.headers.get("retry-after"))).toBeGreaterThan(60);
    expect((await attempt(other.email, passphrase)).status).toBe(200);
  });

  it("rate_limited above twenty a minute", async () => {
    const limited = await another(strictRates);
    const { email } = await signUp();
    const statuses: number[] = [];
    for (let attempt = 0; attempt < 22; attempt += 1) {
      statuses.push((await limited("POST /auth/login", { body: { email, password: passphrase } })).status);
    }
    expect(statuses).toEqual([...Array(20).fill(200), 429, 429]);
  });

  it("rate_limited for guesses sent all at once as for those sent one by one", async () => {
    const limited = await another(strictRates);
    const { email } = await signUp();
    const guess = () => limited("POST /auth/login", { body: { email, password: "not the password" } });
    const statuses = (await Promise.all(Array.from({ length: 12 }, guess))).map(({ status }) => status);
    expect(statuses.filter((status) => status === 401)).toHaveLength(5);
    expect(statuses.filter((status) => status === 429)).toHaveLength(7);
  });
});
