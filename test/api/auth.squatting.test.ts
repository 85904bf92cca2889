import { describe, expect, it } from "vitest";
import { anEmail, expectProblem, passphrase, until, useStack } from "../harness/accounts.js";

const { call, signUp, join, invite, logIn, stack } = useStack();

const enter = (email: string, invite_token: string) =>
  call("POST /auth/signup", { body: { email, password: "her own passphrase", display_name: "Grace", invite_token } });

describe("an invite made out to an address that somebody signed up with in advance", () => {
  it("wins: the account loses the address and its sessions, and its workspace stays with nobody in it", async () => {
    const owner = await signUp();
    const squatter = await signUp({ tenant_name: "Squatted" });
    const open = await invite(squatter.token);
    const { status, body } = await enter(
      squatter.email.toUpperCase(),
      await invite(owner.token, { email: squatter.email }),
    );
    expect(status).toBe(200);
    expect(body.user).toMatchObject({ email: squatter.email, role: "member", tenant: { id: owner.user.tenant.id } });

    await until(async () => (await call("GET /auth/me", { token: squatter.token })).status === 401);
    const refresh = await call("POST /auth/refresh", { body: { refresh_token: squatter.refresh_token } });
    expectProblem(refresh, 401, "invalid_refresh_token");
    const login = await call("POST /auth/login", { body: { email: squatter.email, password: passphrase } });
    expectProblem(login, 401, "invalid_credentials");
    expectProblem(await enter(anEmail(), open), 400, "invalid_invite");
    expect((await logIn(squatter.email, "her own passphrase")).user.id).toBe(body.user.id);
    const [kept] = await stack().database.sql`
      select u.deactivated_at is not null as is_deactivated, t.name from users u join tenants t on t.id = u.tenant_id
      where u.id = ${squatter.id}`;
    expect(kept).toEqual({ is_deactivated: true, name: "Squatted" });
  });

  it("does not win over an account that an invite made out to it began: nobody else's claim is better", async () => {
    const [first, second] = [await signUp(), await signUp()];
    const email = anEmail();
    expect((await enter(email, await invite(first.token, { email }))).status).toBe(200);
    expectProblem(await enter(email, await invite(second.token, { email })), 409, "email_taken");
  });

  it.each([
    ["has others in the workspace", async (squatter: { token: string }) => void (await join(squatter.token))],
    [
      "had others in the workspace",
      async (squatter: { token: string }) => {
        const other = await join(squatter.token);
        await call(`PATCH /auth/members/${other.id}`, { token: squatter.token, body: { deactivated: true } });
      },
    ],
  ])("does not win over an account that %s", async (_what, prepare) => {
    const owner = await signUp();
    const squatter = await signUp();
    await prepare(squatter);
    const token = await invite(owner.token, { email: squatter.email });
    expectProblem(await enter(squatter.email, token), 409, "email_taken");
    expect((await call("GET /auth/me", { token: squatter.token })).status).toBe(200);
    // The invite is still good for when the address has become free.
    const { body } = await call("GET /auth/invites", { token: owner.token });
    expect(body.items.map((item: { email: string }) => item.email)).toContain(squatter.email);
  });

  it("does not win where it leads into the workspace of the account itself", async () => {
    const owner = await signUp();
    const token = await invite(owner.token, { email: owner.email });
    expectProblem(await enter(owner.email, token), 409, "email_taken");
    expect((await call("GET /auth/me", { token: owner.token })).status).toBe(200);
  });

  it("is not what an invite without an address is", async () => {
    const owner = await signUp();
    const squatter = await signUp();
    expectProblem(await enter(squatter.email, await invite(owner.token)), 409, "email_taken");
    expect((await call("GET /auth/me", { token: squatter.token })).status).toBe(200);
  });

  it("and somebody who joins the squatter at the same time take turns: one of them enters", async () => {
    for (let round = 0; round < 8; round += 1) {
      const owner = await signUp();
      const squatter = await signUp();
      const [toAddress, toSquatter] = [
        await invite(owner.token, { email: squatter.email }),
        await invite(squatter.token),
      ];
      const [taken, joined] = await Promise.all([enter(squatter.email, toAddress), enter(anEmail(), toSquatter)]);
      expect([
        [200, 400],
        [409, 200],
      ]).toContainEqual([taken.status, joined.status]);
    }
  });

  it("used by two who made them out to each other's address: neither waits for the other for ever", async () => {
    const [one, other] = [await signUp(), await signUp()];
    const [toOne, toOther] = [
      await invite(other.token, { email: one.email }),
      await invite(one.token, { email: other.email }),
    ];
    const answers = await Promise.all([enter(one.email, toOne), enter(other.email, toOther)]);
    expect(answers.map(({ status }) => status).filter((status) => status === 200)).toHaveLength(1);
  });
});
