import { describe, expect, it } from "vitest";
import { expectProblem, useStack } from "../harness/accounts.js";
import { anEmail, createInvite, passphrase } from "../harness/people.js";

const { call, signUp, stack, invite } = useStack();

const setMember = (token: string, id: string, changes: object) =>
  call(`PATCH /auth/members/${id}`, { token, body: changes });
const use = (invite_token: string, input: object = {}) =>
  call("POST /auth/signup", {
    body: { email: anEmail(), password: passphrase, display_name: "Grace", invite_token, ...input },
  });
const openInvites = async (token: string): Promise<string[]> =>
  (await call("GET /auth/invites", { token })).body.items.map(({ id }: { id: string }) => id);

describe("an invite is worth what its maker may give now", () => {
  it.each([
    ["an owner who became an admin", "owner", { role: "admin" }, "owner"],
    ["an owner who became a member", "owner", { role: "member" }, "admin"],
    ["an admin who became an agent", "admin", { role: "agent" }, "admin"],
    ["an admin who became an agent, for a role below that", "admin", { role: "agent" }, "member"],
    ["an admin who was deactivated", "admin", { deactivated: true }, "member"],
  ])("invalid_invite: made by %s", async (_who, role, changes, invited) => {
    const owner = await signUp();
    const maker = await invite(owner, role);
    const token = await createInvite(maker, { role: invited });
    const others = await createInvite(owner, { role: invited });
    expect((await setMember(owner.token, maker.id, changes)).status).toBe(200);
    expectProblem(await use(token), 400, "invalid_invite");
    expect(await openInvites(owner.token)).toHaveLength(1);
    expect((await use(others)).status).toBe(200);
  });

  it("invalid_invite: made by somebody who was deactivated, and came back", async () => {
    const owner = await signUp();
    const maker = await invite(owner, "admin");
    const token = await createInvite(maker);
    await setMember(owner.token, maker.id, { deactivated: true });
    await setMember(owner.token, maker.id, { deactivated: false });
    expectProblem(await use(token), 400, "invalid_invite");
  });

  it("invalid_invite: open although its maker may not give the role, whatever took it from them", async () => {
    const owner = await signUp();
    const maker = await invite(owner, "owner");
    const token = await createInvite(maker, { role: "owner" });
    await stack().database.sql`update users set role = 'admin' where id = ${maker.id}`;
    expectProblem(await use(token), 400, "invalid_invite");
    await stack().database.sql`update users set role = 'owner' where id = ${maker.id}`;
    expect((await use(token)).status).toBe(200);
  });

  it("200: made by somebody who was promoted", async () => {
    const owner = await signUp();
    const maker = await invite(owner, "admin");
    const token = await createInvite(maker, { role: "agent" });
    await setMember(owner.token, maker.id, { role: "owner" });
    const { status, body } = await use(token);
    expect(status).toBe(200);
    expect(body.user.role).toBe("agent");
  });

  it("a signup and a demotion at the same time take turns: who joined did so before", async () => {
    const owner = await signUp();
    for (let round = 0; round < 10; round += 1) {
      const maker = await invite(owner, "owner");
      const token = await createInvite(maker, { role: "owner" });
      const [signup, demotion] = await Promise.all([use(token), setMember(owner.token, maker.id, { role: "member" })]);
      expect(demotion.status).toBe(200);
      expect([200, 400]).toContain(signup.status);
      expectProblem(await use(token), 400, "invalid_invite");
      if (signup.status === 200) await setMember(owner.token, signup.body.user.id, { role: "member" });
    }
    expect(await openInvites(owner.token)).toEqual([]);
  });
});
