import { describe, expect, it } from "vitest";
import { expectProblem, pathsOf, strictRates, useStack } from "../harness/accounts.js";
import { logIn, passphrase } from "../harness/people.js";
import { waitFor } from "../harness/waiting.js";

const { call, another, signUp } = useStack();
const change = (token: string, current_password: string, new_password: string) =>
  call("POST /auth/change-password", { token, body: { current_password, new_password } });
const login = (email: string, password: string) => call("POST /auth/login", { body: { email, password } });

describe("204", () => {
  it("makes the new password the only one", async () => {
    const { token, email } = await signUp();
    expect((await change(token, passphrase, "a longer passphrase")).status).toBe(204);
    expectProblem(await login(email, passphrase), 401, "invalid_credentials");
    expect((await login(email, "a longer passphrase")).status).toBe(200);
  });

  it("ends every other session within a second, and keeps this one", async () => {
    const user = await signUp();
    const { token, refresh_token } = user;
    const other = await logIn(user);
    await change(token, passphrase, "a longer passphrase");
    const isRefused = async () => (await call("GET /auth/me", { token: other.token })).status === 401;
    await waitFor(isRefused);
    const refused = await call("POST /auth/refresh", { body: { refresh_token: other.refresh_token } });
    expectProblem(refused, 401, "invalid_refresh_token");
    expect((await call("GET /auth/me", { token })).status).toBe(200);
    expect((await call("POST /auth/refresh", { body: { refresh_token } })).status).toBe(200);
  });

  it("leaves no session behind that was being opened with the old password", async () => {
    const { token, email } = await signUp();
    const [changed, ...logins] = await Promise.all([
      change(token, passphrase, "a longer passphrase"),
      ...Array.from({ length: 6 }, () => login(email, passphrase)),
    ]);
    expect(changed.status).toBe(204);
    const { body } = await call("GET /auth/sessions", { token });
    expect(body.items).toHaveLength(1);
    for (const { body: tokens } of logins.filter(({ status }) => status === 200)) {
      const isRefused = async () => (await call("GET /auth/me", { token: tokens.access_token })).status === 401;
      await waitFor(isRefused);
    }
  });
});

describe("400", () => {
  it("validation_failed", async () => {
    const { token } = await signUp();
    const body = { current_password: passphrase, new_password: "short", hint: "x" };
    const answer = await call("POST /auth/change-password", { token, body });
    expectProblem(answer, 400, "validation_failed");
    expect(pathsOf(answer)).toEqual(["hint", "new_password"]);
  });

  it("password_too_common, also for one's own address", async () => {
    const { token, email } = await signUp();
    expectProblem(await change(token, passphrase, "iloveyou"), 400, "password_too_common");
    expectProblem(await change(token, passphrase, email), 400, "password_too_common");
    expect((await login(email, passphrase)).status).toBe(200);
  });
});

describe("401", () => {
  it("unauthenticated", async () => {
    expectProblem(await call("POST /auth/change-password", { body: {} }), 401, "unauthenticated");
  });
});

describe("403", () => {
  it("invalid_current_password, and nothing changes", async () => {
    const user = await signUp();
    const { token, email } = user;
    const other = await logIn(user);
    expectProblem(await change(token, "not the password", "a longer passphrase"), 403, "invalid_current_password");
    expect((await login(email, passphrase)).status).toBe(200);
    expect((await call("GET /auth/me", { token: other.token })).status).toBe(200);
  });
});

describe("429", () => {
  it("rate_limited from the sixth in an hour on", async () => {
    const strict = await another(strictRates);
    const { token } = await signUp();
    const attempt = () =>
      strict("POST /auth/change-password", {
        token,
        body: { current_password: "not the password", new_password: "a longer passphrase" },
      });
    for (let count = 0; count < 5; count += 1) expectProblem(await attempt(), 403, "invalid_current_password");
    expectProblem(await attempt(), 429, "rate_limited");
  });
});
