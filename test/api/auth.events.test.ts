import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { call } from "../harness/client.js";
import { anEmail, createWorkspace, invite, type Person, passphrase, type Tokens } from "../harness/people.js";
import { type Stack, startStack } from "../harness/stack.js";

let stack: Stack;
let ada: Person;
beforeAll(async () => {
  stack = await startStack({ VERO_LOG_LEVEL: "info" });
  ada = await createWorkspace(stack, "Ada");
});
afterAll(() => stack?.close());
beforeEach(() => {
  stack.logged.length = 0;
});
afterEach(() => {
  expect(stack.logged.length, "lines in the log").toBeGreaterThan(0);
  expect(stack.repeating, "lines with a key twice").toEqual([]);
});

type Line = Record<string, unknown>;
const events = (): Line[] => stack.logged.filter(({ event }) => event !== undefined);
const names = (): unknown[] => events().map(({ event }) => event);
const post = <T = unknown>(path: `/${string}`, body: object, token?: string) =>
  call<T>(stack.url, `POST ${path}`, { body, ...(token === undefined ? {} : { token }) });
const of = ({ id, me }: Person) => ({ user_id: id, tenant_id: me.tenant.id });
const somewhere = { address: "127.0.0.1", request_id: expect.any(String) };

describe("the security log", () => {
  it("auth.failed: whose account it was, where there is one, and never the email", async () => {
    const { headers } = await post("/auth/login", { email: ada.email, password: "not the password" });
    await post("/auth/login", { email: anEmail(), password: "not the password" });
    await post("/auth/change-password", { current_password: "not it", new_password: "another passphrase" }, ada.token);
    const [known, unknown, changed] = events();
    expect(known).toMatchObject({ event: "auth.failed", level: 40, ...of(ada), ...somewhere });
    expect(known).toMatchObject({ reason: "invalid_credentials", request_id: headers.get("x-request-id") });
    expect(unknown).toMatchObject({ event: "auth.failed", reason: "invalid_credentials" });
    expect(unknown).not.toHaveProperty("user_id");
    expect(changed).toMatchObject({ event: "auth.failed", reason: "invalid_current_password", ...of(ada) });
  });

  it.each([
    ["XX000", 500],
    ["53300", 503],
  ])("auth.failed is not what trouble of the database is, SQLSTATE %s", async (sqlstate, answered) => {
    const { sql } = stack.database;
    await sql.unsafe(`
      create function refuse() returns trigger language plpgsql as
        $$ begin raise exception 'no' using errcode = '${sqlstate}'; end $$;
      create trigger refuse before insert on sessions for each row execute function refuse();`);
    const { status } = await post("/auth/login", { email: ada.email, password: ada.password });
    await sql.unsafe("drop function refuse cascade");
    expect([status, names()]).toEqual([answered, []]);
  });

  it("auth.token_reused and session.revoked: a copy of a refresh token was found out", async () => {
    const { body: first } = await post<Tokens>("/auth/login", { email: ada.email, password: ada.password });
    const { body: second } = await post<Tokens>("/auth/refresh", {
      refresh_token: first.refresh_token,
    });
    await post("/auth/refresh", { refresh_token: second.refresh_token });
    await post("/auth/refresh", { refresh_token: first.refresh_token });
    await post("/auth/refresh", { refresh_token: second.refresh_token });
    expect(names()).toEqual(["auth.token_reused", "session.revoked", "auth.failed"]);
    const [reused, revoked, failed] = events();
    expect(failed).toMatchObject({ reason: "invalid_refresh_token", session_id: reused?.["session_id"] });
    expect(reused).toMatchObject({ level: 40, ...of(ada), ...somewhere, session_id: expect.any(String) });
    expect(revoked).toMatchObject({ level: 30, ...of(ada), session_ids: [reused?.["session_id"]] });
  });

  it("invite.created, invite.used, member.changed, invite.revoked, session.revoked: who did what to whom", async () => {
    const grace = await invite(stack, ada, "Grace", "admin");
    await grace.call("POST /auth/invites", { body: { role: "member" } });
    await ada.call(`PATCH /auth/members/${grace.id}`, { body: { role: "member" } });
    await ada.call(`PATCH /auth/members/${grace.id}`, { body: { deactivated: true } });
    expect(names()).toEqual([
      "invite.created",
      "invite.used",
      "invite.created",
      "member.changed",
      "invite.revoked",
      "session.revoked",
      "member.changed",
    ]);
    const [created, used, , demoted, revoked, ended] = events();
    expect(created).toMatchObject({ ...of(ada), ...somewhere, role: "admin" });
    expect(used).toMatchObject({ ...of(grace), invite_id: created?.["invite_id"], session_id: expect.any(String) });
    expect(demoted).toMatchObject({ ...of(grace), by: ada.id, role: "member", role_before: "admin" });
    expect(revoked).toMatchObject({ ...of(grace), by: ada.id, invite_ids: [expect.any(String)] });
    expect(ended).toMatchObject({ ...of(grace), reason: "user_deactivated", session_ids: [used?.["session_id"]] });
  });

  it("session.revoked and invite.revoked: by whom they belong to", async () => {
    const { body } = await ada.call<{ id: string }>("POST /auth/invites", { body: { role: "member" } });
    await ada.call(`DELETE /auth/invites/${body.id}`);
    const { body: other } = await post<Tokens>("/auth/login", { email: ada.email, password: ada.password });
    await post("/auth/logout", {}, other.access_token);
    expect(names()).toEqual(["invite.created", "invite.revoked", "session.revoked"]);
  });

  it("holds no emails, passwords and tokens", async () => {
    const email = anEmail();
    const { body: made } = await ada.call<{ token: string }>("POST /auth/invites", { body: { role: "member", email } });
    const { body } = await post<Tokens>("/auth/signup", {
      email,
      password: passphrase,
      display_name: "Canary Lovelace",
      invite_token: made.token,
    });
    await post("/auth/login", { email, password: "canary passphrase" });
    await post("/auth/logout", {}, body.access_token);
    const text = JSON.stringify(stack.logged);
    for (const secret of [email, passphrase, "canary", "Canary", made.token, body.refresh_token, body.access_token]) {
      expect(text).not.toContain(secret);
    }
  });
});
