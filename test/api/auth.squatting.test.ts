import { describe, expect, it } from "vitest";
import { expectProblem, useStack } from "../harness/accounts.js";
import { bodyOf } from "../harness/client.js";
import { anEmail, createInvite, logIn, type Person, passphrase, type SignUp } from "../harness/people.js";
import { waitFor } from "../harness/waiting.js";

const { call, signUp, stack, invite } = useStack();

const enter = (email: string, invite_token: string) =>
  call("POST /auth/signup", { body: { email, password: "her own passphrase", display_name: "Grace", invite_token } });

/** Moves the signup back by two days, with all that it wrote. */
async function age(id: string): Promise<void> {
  const { sql } = stack().database;
  await sql`update users set created_at = created_at - interval '2 days' where id = ${id}`;
  await sql`update sessions set created_at = created_at - interval '2 days' where user_id = ${id}`;
  await sql`update logins set password_changed_at = password_changed_at - interval '2 days' where user_id = ${id}`;
}

/** An account alone in its workspace, made two days ago and not used since. */
async function signUpLongAgo(input?: SignUp) {
  const account = await signUp(input);
  await age(account.id);
  return account;
}

describe("an invite made out to an address that somebody signed up with in advance", () => {
  it("wins: the account loses the address and its sessions, and its workspace stays with nobody in it", async () => {
    const owner = await signUp();
    const squatter = await signUpLongAgo({ tenant_name: "Squatted" });
    const { status, body } = await enter(
      squatter.email.toUpperCase(),
      await createInvite(owner, { email: squatter.email }),
    );
    expect(status).toBe(200);
    expect(body.user).toMatchObject({ email: squatter.email, role: "member", tenant: { id: owner.me.tenant.id } });

    await waitFor(async () => (await call("GET /auth/me", { token: squatter.token })).status === 401);
    const refresh = await call("POST /auth/refresh", { body: { refresh_token: squatter.refresh_token } });
    expectProblem(refresh, 401, "invalid_refresh_token");
    const login = await call("POST /auth/login", { body: { email: squatter.email, password: passphrase } });
    expectProblem(login, 401, "invalid_credentials");
    expect((await logIn({ ...squatter, password: "her own passphrase" })).id).toBe(body.user.id);
    const [kept] = await stack().database.sql`
      select u.deactivated_at is not null as is_deactivated, t.name from users u join tenants t on t.id = u.tenant_id
      where u.id = ${squatter.id}`;
    expect(kept).toEqual({ is_deactivated: true, name: "Squatted" });
  });

  it("does not win over an account that an invite made out to it began: nobody else's claim is better", async () => {
    const [first, second] = [await signUp(), await signUp()];
    const email = anEmail();
    expect((await enter(email, await createInvite(first, { email }))).status).toBe(200);
    expectProblem(await enter(email, await createInvite(second, { email })), 409, "email_taken");
  });

  it.each<[string, (founder: Person) => Promise<unknown>]>([
    ["has others in the workspace", (founder) => invite(founder)],
    [
      "had others in the workspace",
      async (founder) => {
        const other = await invite(founder);
        await call(`PATCH /auth/members/${other.id}`, { token: founder.token, body: { deactivated: true } });
      },
    ],
    ["has invited somebody", (founder) => createInvite(founder)],
    [
      "has sent a message",
      async (founder) => {
        const { token } = founder;
        const group = { type: "group", name: "Notes", participant_ids: [] };
        const { id } = bodyOf("creating a group", await call("POST /v1/chat/conversations", { token, body: group }));
        const message = { conversation_id: id, text: "to myself" };
        bodyOf("sending a message", await call("POST /v1/chat/messages/send", { token, body: message }));
      },
    ],
    ["has signed in a second time", (founder) => logIn(founder)],
    [
      "has refreshed its tokens",
      async ({ refresh_token }) => {
        expect((await call("POST /auth/refresh", { body: { refresh_token } })).status).toBe(200);
      },
    ],
    [
      "has edited its profile",
      ({ token }) => call("PATCH /auth/profile", { token, body: { display_name: "Augusta" } }),
    ],
    [
      "has changed its password",
      async ({ token }) => {
        const body = { current_password: passphrase, new_password: "another long passphrase" };
        expect((await call("POST /auth/change-password", { token, body })).status).toBe(204);
      },
    ],
    [
      "has a session that is not the one of the signup, where that has been forgotten",
      async (founder) => {
        await stack().database.sql`delete from sessions where user_id = ${founder.id}`;
        await logIn(founder);
      },
    ],
    [
      "has no session left, so that nobody knows what it did",
      ({ id }) => stack().database.sql`delete from sessions where user_id = ${id}`,
    ],
  ])("does not win over an account that %s", async (_what, use) => {
    const owner = await signUp();
    const founder = await signUpLongAgo();
    await use(founder);
    const token = await createInvite(owner, { email: founder.email });
    expectProblem(await enter(founder.email, token), 409, "email_taken");
    const [kept] = await stack().database.sql`
      select u.deactivated_at from users u join logins l on l.user_id = u.id where l.email = ${founder.email}`;
    expect(kept).toEqual({ deactivated_at: null });
    // The invite is still good for when the address has become free.
    const { body } = await call("GET /auth/invites", { token: owner.token });
    expect(body.items.map((item: { email: string }) => item.email)).toContain(founder.email);
  });

  it("does not win over an account made within the last day, whose owner may be about to use it", async () => {
    const owner = await signUp();
    const founder = await signUp();
    const token = await createInvite(owner, { email: founder.email });
    expectProblem(await enter(founder.email, token), 409, "email_taken");
    expect((await call("GET /auth/me", { token: founder.token })).status).toBe(200);
  });

  it("does not win where it leads into the workspace of the account itself", async () => {
    const owner = await signUpLongAgo();
    const token = await createInvite(owner, { email: owner.email });
    expectProblem(await enter(owner.email, token), 409, "email_taken");
    expect((await call("GET /auth/me", { token: owner.token })).status).toBe(200);
  });

  it("is not what an invite without an address is", async () => {
    const owner = await signUp();
    const squatter = await signUpLongAgo();
    expectProblem(await enter(squatter.email, await createInvite(owner)), 409, "email_taken");
    expect((await call("GET /auth/me", { token: squatter.token })).status).toBe(200);
  });

  it("and an account that is used at the same time take turns: who refreshes in time keeps it, or finds it ended", async () => {
    for (let round = 0; round < 8; round += 1) {
      const owner = await signUp();
      const { email, id, refresh_token } = await signUpLongAgo();
      const token = await createInvite(owner, { email });
      const [taken, refreshed] = await Promise.all([
        enter(email, token),
        call("POST /auth/refresh", { body: { refresh_token } }),
      ]);
      const [login] = await stack().database.sql`select user_id from logins where email = ${email}`;
      expect([taken.status, login?.["user_id"] === id]).toEqual(refreshed.status === 200 ? [409, true] : [200, false]);
    }
  });

  it("used by two who made them out to each other's address: neither takes the other's, neither waits for ever", async () => {
    const [one, other] = [await signUpLongAgo(), await signUpLongAgo()];
    const [toOne, toOther] = [
      await createInvite(other, { email: one.email }),
      await createInvite(one, { email: other.email }),
    ];
    const answers = await Promise.all([enter(one.email, toOne), enter(other.email, toOther)]);
    expect(answers.map(({ status }) => status)).toEqual([409, 409]);
  });
});
