import { describe, expect, it } from "vitest";
import { expectProblem, pathsOf, useStack } from "../harness/accounts.js";
import { claimsOf } from "../harness/forgery.js";
import { logIn } from "../harness/people.js";
import { waitFor } from "../harness/waiting.js";

const { call, another, signUp, invite } = useStack();
const revoke = (token: string, id: unknown) => call(`DELETE /auth/sessions/${id}`, { token });
const sidOf = (token: string) => claimsOf(token)["sid"];

describe("204", () => {
  it("ends another session of the caller's within a second, on every node", async () => {
    const node = await another();
    const user = await signUp();
    const { token } = user;
    const { token: access_token, refresh_token } = await logIn(user);
    expect((await node("GET /auth/me", { token: access_token })).status).toBe(200);
    expect((await revoke(token, sidOf(access_token))).status).toBe(204);
    const isRefused = async () => (await node("GET /auth/me", { token: access_token })).status === 401;
    await waitFor(isRefused);
    expectProblem(await call("POST /auth/refresh", { body: { refresh_token } }), 401, "invalid_refresh_token");
    expect((await call("GET /auth/me", { token })).status).toBe(200);
  });

  it("ends the one that asks", async () => {
    const { token } = await signUp();
    expect((await revoke(token, sidOf(token))).status).toBe(204);
    expectProblem(await call("GET /auth/me", { token }), 401, "unauthenticated");
  });
});

describe("400", () => {
  it.each(["%00", "a%20b", "x".repeat(65)])("validation_failed for %s", async (id) => {
    const { token } = await signUp();
    const answer = await revoke(token, id);
    expectProblem(answer, 400, "validation_failed");
    expect(pathsOf(answer)).toEqual(["id"]);
  });
});

describe("401", () => {
  it("unauthenticated", async () => {
    expectProblem(await call("DELETE /auth/sessions/x"), 401, "unauthenticated");
  });
});

describe("404", () => {
  it("session_not_found for an unknown one, one that has ended, and somebody else's, which lives on", async () => {
    const owner = await signUp();
    const member = await invite(owner);
    const other = await logIn(owner);
    await revoke(owner.token, sidOf(other.token));
    for (const id of ["unknown", sidOf(other.token), sidOf(member.token)]) {
      expectProblem(await revoke(owner.token, id), 404, "session_not_found");
    }
    expect((await call("GET /auth/me", { token: member.token })).status).toBe(200);
  });
});
