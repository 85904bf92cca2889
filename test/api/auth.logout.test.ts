import { describe, expect, it } from "vitest";
import { expectProblem, pathsOf, useStack } from "../harness/accounts.js";
import { logIn } from "../harness/people.js";
import { waitFor } from "../harness/waiting.js";

const { call, another, signUp } = useStack();
const logout = (token: string, body?: unknown) => call("POST /auth/logout", { token, body });
const isRefused = (token: string) => async () => (await call("GET /auth/me", { token })).status === 401;

describe("204", () => {
  it("ends the session within a second, on every node", async () => {
    const node = await another();
    const { token, refresh_token } = await signUp();
    expect((await node("GET /auth/me", { token })).status).toBe(200);
    const { status, body } = await logout(token);
    expect(status).toBe(204);
    expect(body).toBeUndefined();
    expectProblem(await call("GET /auth/me", { token }), 401, "unauthenticated");
    await waitFor(async () => (await node("GET /auth/me", { token })).status === 401);
    expectProblem(await call("POST /auth/refresh", { body: { refresh_token } }), 401, "invalid_refresh_token");
  });

  it("leaves the other sessions of the user alone", async () => {
    const user = await signUp();
    const other = await logIn(user);
    await logout(user.token, {});
    expect((await call("GET /auth/me", { token: other.token })).status).toBe(200);
  });

  it("ends them too when asked, and nobody else's", async () => {
    const [ada, grace] = [await signUp(), await signUp()];
    const other = await logIn(ada);
    expect((await logout(ada.token, { all_sessions: true })).status).toBe(204);
    for (const token of [ada.token, other.token]) await waitFor(isRefused(token));
    expect((await call("GET /auth/me", { token: grace.token })).status).toBe(200);
  });

  it("when several say so at once", async () => {
    const { token } = await signUp();
    const answers = await Promise.all(Array.from({ length: 5 }, () => logout(token)));
    // One that comes late may find the session gone.
    for (const { status } of answers) expect([204, 401]).toContain(status);
    expect(answers.map(({ status }) => status)).toContain(204);
  });
});

describe("401 and nothing else", () => {
  it("for calls of the session that are under way while it ends", async () => {
    for (let round = 0; round < 5; round += 1) {
      const { token } = await signUp();
      const ask = () => Promise.all(Array.from({ length: 20 }, () => call("GET /auth/me", { token })));
      const [before, { status }, after] = await Promise.all([ask(), logout(token), ask()]);
      expect(status).toBe(204);
      expect([200, 401]).toEqual(expect.arrayContaining([...before, ...after].map((answer) => answer.status)));
      expectProblem(await call("GET /auth/me", { token }), 401, "unauthenticated");
    }
  });
});

describe("400", () => {
  it("validation_failed", async () => {
    const { token } = await signUp();
    const answer = await logout(token, { all_sessions: "true", everywhere: true });
    expectProblem(answer, 400, "validation_failed");
    expect(pathsOf(answer)).toEqual(["all_sessions", "everywhere"]);
  });
});

describe("401", () => {
  it("unauthenticated", async () => {
    expectProblem(await call("POST /auth/logout"), 401, "unauthenticated");
  });
});
