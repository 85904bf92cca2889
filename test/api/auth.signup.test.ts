import { describe, expect, it } from "vitest";
import { expectProblem, pathsOf, strictRates, useStack } from "../harness/accounts.js";
import { anEmail, createInvite, passphrase } from "../harness/people.js";

const { call, another, signUp } = useStack();
const uuidv7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const time = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

const input = () => ({ email: anEmail(), password: passphrase, display_name: "Ada", tenant_name: "Engines" });
const signup = (body: unknown) => call("POST /auth/signup", { body });

describe("200", () => {
  it("answers tokens and the new user, who owns the new workspace", async () => {
    const answer = await signup({ ...input(), email: "Ada@Example.com", tenant_name: "Ünique Engines" });
    expect(answer.status).toBe(200);
    expect(answer.headers.get("cache-control")).toBe("no-store");
    expect(answer.body).toEqual({
      access_token: expect.stringMatching(/^[\w-]+\.[\w-]+\.[\w-]+$/),
      token_type: "Bearer",
      expires_in: 600,
      refresh_token: expect.stringMatching(/^vrt_[\w-]+$/),
      user: {
        id: expect.stringMatching(uuidv7),
        display_name: "Ada",
        avatar_url: null,
        timezone: null,
        role: "owner",
        is_online: false,
        last_seen_at: null,
        created_at: expect.stringMatching(time),
        email: "ada@example.com",
        phone: null,
        availability: "online",
        tenant: {
          id: expect.stringMatching(uuidv7),
          name: "Ünique Engines",
          slug: "unique-engines",
          created_at: expect.stringMatching(time),
        },
      },
    });
  });

  it("keeps phone and time zone", async () => {
    const { me } = await signUp({ phone: "+49 30 901820", timezone: "Europe/Berlin" });
    expect(me).toMatchObject({ phone: "+4930901820", timezone: "Europe/Berlin" });
  });

  it("gives workspaces of the same name slugs of their own, also at once", async () => {
    const users = await Promise.all(Array.from({ length: 6 }, () => signUp({ tenant_name: "Twin" })));
    const slugs = users.map(({ me }) => me.tenant.slug);
    expect(new Set(slugs).size).toBe(6);
    expect(slugs).toContain("twin");
  });

  it("leads into the workspace of an invite, with its role", async () => {
    const owner = await signUp();
    const { me } = await signUp({
      invite_token: await createInvite(owner, { role: "agent" }),
    });
    expect(me).toMatchObject({ role: "agent", tenant: owner.me.tenant });
  });

  it("takes an invite for one address from that address, however it is written", async () => {
    const owner = await signUp();
    const email = anEmail();
    const token = await createInvite(owner, { email: email.toUpperCase() });
    expectProblem(await signup({ ...input(), tenant_name: undefined, invite_token: token }), 400, "invalid_invite");
    const answer = await signup({ ...input(), email, tenant_name: undefined, invite_token: token });
    expect(answer.status).toBe(200);
  });
});

describe("400", () => {
  it.each([
    ["nothing", {}, ["email", "password", "display_name"]],
    ["a short password", { ...input(), password: "1234567" }, ["password"]],
    ["a long password", { ...input(), password: "p".repeat(129) }, ["password"]],
    ["an address that is none", { ...input(), email: "ada" }, ["email"]],
    ["an unknown field", { ...input(), is_admin: true }, ["is_admin"]],
    ["both a workspace and an invite", { ...input(), invite_token: "vin_x" }, ["tenant_name"]],
    ["neither", { ...input(), tenant_name: undefined }, ["tenant_name"]],
    ["a time zone that does not exist", { ...input(), timezone: "Europe/Atlantis" }, ["timezone"]],
    ["a phone without country code", { ...input(), phone: "030 901820" }, ["phone"]],
    ["a phone of no country", { ...input(), phone: "+999 123456789" }, ["phone"]],
    ["a name one cannot see", { ...input(), display_name: "\u200b " }, ["display_name"]],
    ["NUL", { ...input(), display_name: "A\u0000" }, ["display_name"]],
  ])("validation_failed for %s", async (_name, body, paths) => {
    const answer = await signup(body);
    expectProblem(answer, 400, "validation_failed");
    expect(pathsOf(answer)).toEqual(expect.arrayContaining(paths));
  });

  it("validation_failed for half a character", async () => {
    const answer = await signup(JSON.stringify(input()).replace('"Ada"', '"\\ud800"'));
    expectProblem(answer, 400, "validation_failed");
    expect(pathsOf(answer)).toEqual(["display_name"]);
  });

  it.each([
    ["text", "{"],
    ["bytes that are not UTF-8", '{"email":"\u0000'],
  ])("malformed_json for %s", async (_name, body) => {
    expectProblem(await signup(body), 400, "malformed_json");
  });

  it.each([
    ["a prototype", '{"__proto__":{"role":"owner"}}'],
    ["depth", "[".repeat(100)],
  ])("validation_failed for %s", async (_name, body) => {
    expectProblem(await signup(body), 400, "validation_failed");
  });

  it.each(["password", "12345678", "iloveyou", "PASSWORD1"])("password_too_common for %s", async (password) => {
    expectProblem(await signup({ ...input(), password }), 400, "password_too_common");
  });

  it("password_too_common for one's own address", async () => {
    const { email } = input();
    expectProblem(await signup({ ...input(), email, password: email }), 400, "password_too_common");
  });

  it("invalid_invite for an unknown, used, revoked or expired one", async () => {
    const owner = await signUp();
    const take = (invite_token: string) => signup({ ...input(), tenant_name: undefined, invite_token });
    expectProblem(await take("vin_unknown"), 400, "invalid_invite");
    const used = await createInvite(owner);
    expect((await take(used)).status).toBe(200);
    expectProblem(await take(used), 400, "invalid_invite");
    const { body: revoked } = await call("POST /auth/invites", { token: owner.token, body: { role: "member" } });
    await call(`DELETE /auth/invites/${revoked.id}`, { token: owner.token });
    expectProblem(await take(revoked.token), 400, "invalid_invite");
  });

  it("invalid_invite for all but one of those who take it at once", async () => {
    const owner = await signUp();
    const invite_token = await createInvite(owner);
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => signup({ ...input(), tenant_name: undefined, invite_token })),
    );
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    for (const answer of answers.filter(({ status }) => status !== 200)) expectProblem(answer, 400, "invalid_invite");
  });
});

describe("409", () => {
  it("email_taken, whatever the case, and the invite stays open", async () => {
    const owner = await signUp();
    const invite_token = await createInvite(owner);
    const body = { ...input(), email: owner.email.toUpperCase(), tenant_name: undefined, invite_token };
    expectProblem(await signup(body), 409, "email_taken");
    expect((await signup({ ...body, email: anEmail() })).status).toBe(200);
  });

  it("email_taken for all but one of those who take it at once, who is the one that can sign in", async () => {
    const email = anEmail();
    const answers = await Promise.all(Array.from({ length: 6 }, () => signup({ ...input(), email })));
    const [winner, ...others] = answers.filter(({ status }) => status === 200);
    expect(others).toEqual([]);
    for (const answer of answers.filter(({ status }) => status !== 200)) expectProblem(answer, 409, "email_taken");
    const login = await call("POST /auth/login", { body: { email, password: input().password } });
    expect(login.body.user.id).toBe(winner?.body.user.id);
  });
});

describe("413", () => {
  it("payload_too_large above 32 KiB", async () => {
    const body = { ...input(), display_name: "x".repeat(33_000) };
    expectProblem(await signup(body), 413, "payload_too_large");
  });
});

describe("415", () => {
  it("unsupported_media_type", async () => {
    const answer = await call("POST /auth/signup", { body: "email=ada", headers: { "content-type": "text/plain" } });
    expectProblem(answer, 415, "unsupported_media_type");
  });
});

describe("429", () => {
  it("rate_limited from the sixth in an hour on", async () => {
    const limited = await another(strictRates);
    for (let count = 0; count < 5; count += 1) {
      expect((await limited("POST /auth/signup", { body: input() })).status).toBe(200);
    }
    const answer = await limited("POST /auth/signup", { body: input() });
    expectProblem(answer, 429, "rate_limited");
    expect(Number(answer.headers.get("retry-after"))).toBeGreaterThan(0);
    expect(answer.headers.get("ratelimit-limit")).toBe("5");
  });
});

describe("403 signup_closed", () => {
  it("where only invites are taken: a new workspace is refused, and whoever has an invite comes in", async () => {
    const invitation = await createInvite(await signUp());
    const byInvite = await another({ VERO_SIGNUP: "invite" });
    expectProblem(await byInvite("POST /auth/signup", { body: input() }), 403, "signup_closed");
    const { tenant_name: _, ...account } = input();
    const body = { ...account, invite_token: invitation };
    expect((await byInvite("POST /auth/signup", { body })).status).toBe(200);
  });

  it("where none are taken: an invite is refused, and stays unused", async () => {
    const invitation = await createInvite(await signUp());
    const closed = await another({ VERO_SIGNUP: "closed" });
    const { tenant_name: _, ...account } = input();
    const body = { ...account, invite_token: invitation };
    for (const refused of [input(), body]) {
      expectProblem(await closed("POST /auth/signup", { body: refused }), 403, "signup_closed");
    }
    expect((await signup(body)).status).toBe(200);
  });
});
