import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import { expectProblem, pathsOf, useStack } from "../harness/accounts.js";
import { logIn } from "../harness/people.js";
import { waitFor } from "../harness/waiting.js";

const { call, another, signUp, stack, invite } = useStack();
const update = (token: string, id: string, body: unknown) => call(`PATCH /auth/members/${id}`, { token, body });
const me = (token: string) => call("GET /auth/me", { token });
const roleIs = (token: string, role: string) => waitFor(async () => (await me(token)).body.role === role);

describe("200", () => {
  it("changes the role, which counts within a second on every node", async () => {
    const node = await another();
    const owner = await signUp();
    const member = await invite(owner);
    const { status, body } = await update(owner.token, member.id, { role: "admin" });
    expect(status).toBe(200);
    const { email: _, phone: __, availability: ___, tenant: ____, ...seenByOthers } = member.me;
    expect(body).toEqual({ ...seenByOthers, role: "admin" });
    const mayList = async () => (await node("GET /auth/invites", { token: member.token })).status === 200;
    await waitFor(mayList);
  });

  it("deactivates: sessions end within a second, nobody signs in, and the way back leads to a fresh start", async () => {
    const owner = await signUp();
    const member = await invite(owner, "agent");
    expect((await update(owner.token, member.id, { deactivated: true })).status).toBe(200);
    await waitFor(async () => (await me(member.token)).status === 401);
    expectProblem(
      await call("POST /auth/login", { body: { email: member.email, password: "a long passphrase" } }),
      401,
      "invalid_credentials",
    );
    const { body } = await update(owner.token, member.id, { deactivated: false });
    expect(body.role).toBe("agent");
    expect((await me(member.token)).status).toBe(401);
    expect((await logIn(member)).me.role).toBe("agent");
  });

  it("changes nothing for nothing, twice the same or the state as it is", async () => {
    const owner = await signUp();
    const member = await invite(owner);
    for (const body of [{}, { role: "member" }, { deactivated: false }]) {
      expect((await update(owner.token, member.id, body)).body.role).toBe("member");
    }
    expect((await me(member.token)).status).toBe(200);
  });

  it("lets admins manage everybody but owners, and step down themselves", async () => {
    const owner = await signUp();
    const admin = await invite(owner, "admin");
    const [second, member] = [await invite(owner, "admin"), await invite(owner)];
    expect((await update(admin.token, member.id, { role: "admin" })).status).toBe(200);
    expect((await update(admin.token, second.id, { role: "agent" })).status).toBe(200);
    expect((await update(admin.token, second.id, { deactivated: true })).status).toBe(200);
    expect((await update(admin.token, admin.id, { role: "member" })).status).toBe(200);
    expectProblem(await update(admin.token, member.id, { role: "agent" }), 403, "forbidden");
  });

  it("lets an owner step down when another one stays, and deactivate themselves", async () => {
    const [first, second] = [await signUp(), await signUp()];
    const heir = await invite(first, "owner");
    expect((await update(first.token, first.id, { role: "member" })).body.role).toBe("member");
    await roleIs(first.token, "member");
    expect((await me(heir.token)).body.role).toBe("owner");
    const other = await invite(second, "owner");
    expect((await update(second.token, second.id, { deactivated: true })).status).toBe(200);
    await waitFor(async () => (await me(second.token)).status === 401);
    expect((await me(other.token)).status).toBe(200);
  });
});

describe("400", () => {
  it.each([
    [{ role: "king" }, ["role"]],
    [{ deactivated: "true" }, ["deactivated"]],
    [{ display_name: "x" }, ["display_name"]],
    [{ userId: randomUUID() }, ["userId"]],
  ])("validation_failed for %j", async (body, paths) => {
    const owner = await signUp();
    const answer = await update(owner.token, owner.id, body);
    expectProblem(answer, 400, "validation_failed");
    expect(pathsOf(answer)).toEqual(paths);
  });

  it("validation_failed for an id that is none", async () => {
    const { token } = await signUp();
    expectProblem(await update(token, "me", { role: "member" }), 400, "validation_failed");
  });
});

describe("401", () => {
  it("unauthenticated", async () => {
    expectProblem(await call(`PATCH /auth/members/${randomUUID()}`, { body: {} }), 401, "unauthenticated");
  });
});

describe("403", () => {
  it("forbidden for agents and members, whoever it is about", async () => {
    const owner = await signUp();
    for (const role of ["agent", "member"]) {
      const { token, id } = await invite(owner, role);
      for (const target of [id, owner.id, randomUUID()]) {
        expectProblem(await update(token, target, { role: "admin" }), 403, "forbidden");
      }
    }
  });

  it("forbidden for admins about owners, and for making any", async () => {
    const owner = await signUp();
    await invite(owner, "owner");
    const [admin, member] = [await invite(owner, "admin"), await invite(owner)];
    expectProblem(await update(admin.token, owner.id, { role: "member" }), 403, "forbidden");
    expectProblem(await update(admin.token, owner.id, { deactivated: true }), 403, "forbidden");
    expectProblem(await update(admin.token, member.id, { role: "owner" }), 403, "forbidden");
    expectProblem(await update(admin.token, admin.id, { role: "owner" }), 403, "forbidden");
  });
});

describe("404", () => {
  it("user_not_found for another workspace's as for one who does not exist, and nothing happens to them", async () => {
    const [owner, stranger] = [await signUp(), await signUp()];
    const foreign = await update(owner.token, stranger.id, { deactivated: true });
    const unknown = await update(owner.token, randomUUID(), { deactivated: true });
    for (const answer of [foreign, unknown]) expectProblem(answer, 404, "user_not_found");
    expect({ ...foreign.body, request_id: "" }).toEqual({ ...unknown.body, request_id: "" });
    expect((await me(stranger.token)).status).toBe(200);
  });
});

describe("409", () => {
  it("last_owner, who can be neither demoted nor deactivated", async () => {
    const owner = await signUp();
    const gone = await invite(owner, "owner");
    await update(owner.token, gone.id, { deactivated: true });
    for (const body of [{ role: "admin" }, { deactivated: true }, { role: "owner", deactivated: true }]) {
      expectProblem(await update(owner.token, owner.id, body), 409, "last_owner");
    }
    expect((await me(owner.token)).body.role).toBe("owner");
  });

  it("leaves an owner when owners demote, deactivate or leave each other at once", async () => {
    for (const body of [{ role: "member" }, { deactivated: true }]) {
      const first = await signUp();
      const owners = [first, await invite(first, "owner"), await invite(first, "owner")];
      const next = (at: number) => owners[(at + 1) % owners.length]?.id ?? "";
      await Promise.all(owners.map(({ token }, at) => update(token, next(at), body)));
      await Promise.all(owners.map(({ token, id }) => update(token, id, body)));
      const left = await stack().database.sql`select id from users
        where tenant_id = ${first.me.tenant.id} and role = 'owner' and deactivated_at is null`;
      expect(left).toHaveLength(1);
    }
  });
});

describe("a change of a member", () => {
  it("takes turns with blocks between that member and owners: neither answers 503", async () => {
    const owner = await signUp();
    // The member is older than these owners, and so before them in the order of ids.
    const member = await invite(owner);
    const others = [await invite(owner, "owner"), await invite(owner, "owner")];
    const block = (by: { token: string }, id: string, isOn: boolean) =>
      call(`${isOn ? "POST" : "DELETE"} /v1/chat/users/${id}/block`, { token: by.token });
    for (let round = 0; round < 25; round += 1) {
      const isOn = round % 2 === 0;
      const answers = await Promise.all([
        update(owner.token, member.id, { role: isOn ? "agent" : "member" }),
        ...others.flatMap((other) => [block(member, other.id, isOn), block(other, member.id, isOn)]),
        update(owner.token, member.id, { role: isOn ? "admin" : "member" }),
      ]);
      expect(answers.map(({ status }) => status).filter((status) => status !== 200 && status !== 204)).toEqual([]);
    }
  });
});
