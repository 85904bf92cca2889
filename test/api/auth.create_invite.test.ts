import { describe, expect, it } from "vitest";
import { expectProblem, pathsOf, useStack } from "../harness/accounts.js";

const { call, signUp, stack, invite } = useStack();
const create = (token: string, body: unknown) => call("POST /auth/invites", { token, body });

describe("200", () => {
  it("answers the invite with its token, of which only a hash is kept", async () => {
    const { token } = await signUp();
    const { status, body } = await create(token, { role: "agent", email: "Grace@Example.com", expires_in_hours: 2 });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      role: "agent",
      email: "grace@example.com",
      token: expect.stringMatching(/^vin_[\w-]{43}$/),
    });
    expect(Date.parse(body.expires_at) - Date.now()).toBeGreaterThan(1.99 * 3_600_000);
    expect(Date.parse(body.expires_at) - Date.now()).toBeLessThanOrEqual(2 * 3_600_000);
    const [row] = await stack().database.sql`select invites::text as text from invites where id = ${body.id}`;
    expect(row?.["text"]).not.toContain(body.token.slice(4));
  });

  it("lasts a week unless said otherwise", async () => {
    const { token } = await signUp();
    const { body } = await create(token, { role: "member" });
    expect(body.email).toBeNull();
    expect(Math.round((Date.parse(body.expires_at) - Date.now()) / 3_600_000)).toBe(168);
  });

  it("is no longer open afterwards", async () => {
    const { token } = await signUp();
    const { body } = await create(token, { role: "member", expires_in_hours: 1 });
    await stack().database.sql`update invites set expires_at = now() where id = ${body.id}`;
    const late = await call("POST /auth/signup", {
      body: { email: "late@example.com", password: "a long passphrase", display_name: "L", invite_token: body.token },
    });
    expectProblem(late, 400, "invalid_invite");
  });

  it("for admins too, into every role but owner", async () => {
    const owner = await signUp();
    const admin = await invite(owner, "admin");
    for (const role of ["admin", "agent", "member"]) expect((await create(admin.token, { role })).status).toBe(200);
    expect((await create(owner.token, { role: "owner" })).status).toBe(200);
  });
});

describe("400", () => {
  it.each([
    [{}, ["role"]],
    [{ role: "king" }, ["role"]],
    [{ role: "member", email: "x" }, ["email"]],
    [{ role: "member", expires_in_hours: 0 }, ["expires_in_hours"]],
    [{ role: "member", expires_in_hours: 721 }, ["expires_in_hours"]],
    [{ role: "member", expires_in_hours: 1.5 }, ["expires_in_hours"]],
    [{ role: "member", tenant_id: "0199d0a3-5a10-7000-8000-0000000000a1" }, ["tenant_id"]],
  ])("validation_failed for %j", async (body, paths) => {
    const { token } = await signUp();
    const answer = await create(token, body);
    expectProblem(answer, 400, "validation_failed");
    expect(pathsOf(answer)).toEqual(paths);
  });
});

describe("401", () => {
  it("unauthenticated", async () => {
    expectProblem(await call("POST /auth/invites", { body: { role: "member" } }), 401, "unauthenticated");
  });
});

describe("403", () => {
  it("forbidden for agents and members", async () => {
    const owner = await signUp();
    for (const role of ["agent", "member"]) {
      const { token } = await invite(owner, role);
      expectProblem(await create(token, { role: "member" }), 403, "forbidden");
    }
  });

  it("forbidden for admins who invite owners", async () => {
    const owner = await signUp();
    const { token } = await invite(owner, "admin");
    expectProblem(await create(token, { role: "owner" }), 403, "forbidden");
  });
});
