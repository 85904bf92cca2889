import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import { expectProblem, pathsOf, useStack } from "../harness/accounts.js";

const { call, signUp, invite } = useStack();
const create = async (token: string) =>
  (await call("POST /auth/invites", { token, body: { role: "member" } })).body as { id: string; token: string };
const revoke = (token: string, id: string) => call(`DELETE /auth/invites/${id}`, { token });

describe("204", () => {
  it("twice is as good as once", async () => {
    const { token } = await signUp();
    const { id } = await create(token);
    expect((await revoke(token, id)).status).toBe(204);
    expect((await revoke(token, id)).status).toBe(204);
    expect((await call("GET /auth/invites", { token })).body.items).toEqual([]);
  });

  it("for one that is used, whose user stays", async () => {
    const owner = await signUp();
    const { id, token: invite_token } = await create(owner.token);
    const member = await signUp({ invite_token });
    expect((await revoke(owner.token, id)).status).toBe(204);
    expect((await call("GET /auth/me", { token: member.token })).status).toBe(200);
  });

  it("for admins", async () => {
    const owner = await signUp();
    const { id } = await create(owner.token);
    const admin = await invite(owner, "admin");
    expect((await revoke(admin.token, id)).status).toBe(204);
  });
});

describe("400", () => {
  it("validation_failed", async () => {
    const { token } = await signUp();
    const answer = await revoke(token, "1");
    expectProblem(answer, 400, "validation_failed");
    expect(pathsOf(answer)).toEqual(["id"]);
  });
});

describe("401", () => {
  it("unauthenticated", async () => {
    expectProblem(await call(`DELETE /auth/invites/${randomUUID()}`), 401, "unauthenticated");
  });
});

describe("403", () => {
  it("forbidden for agents and members", async () => {
    const owner = await signUp();
    const { id } = await create(owner.token);
    for (const role of ["agent", "member"]) {
      const { token } = await invite(owner, role);
      expectProblem(await revoke(token, id), 403, "forbidden");
    }
  });
});

describe("404", () => {
  it("invite_not_found for another workspace's as for one that does not exist, and it stays open", async () => {
    const [owner, other] = [await signUp(), await signUp()];
    const { id } = await create(other.token);
    const [foreign, unknown] = [await revoke(owner.token, id), await revoke(owner.token, randomUUID())];
    for (const answer of [foreign, unknown]) expectProblem(answer, 404, "invite_not_found");
    expect({ ...foreign.body, request_id: "" }).toEqual({ ...unknown.body, request_id: "" });
    expect((await call("GET /auth/invites", { token: other.token })).body.items).toHaveLength(1);
  });
});
