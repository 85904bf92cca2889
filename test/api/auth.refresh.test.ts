import { describe, expect, it } from "vitest";
import { createRefreshTokens } from "../../apps/gateway/src/auth/refresh-tokens.service.js";
import { expectProblem, pathsOf, strictRates, useStack } from "../harness/accounts.js";
import { waitFor } from "../harness/waiting.js";

const { call, another, signUp, stack, invite } = useStack();
const refresh = (refresh_token: string) => call("POST /auth/refresh", { body: { refresh_token } });
const me = (token: string) => call("GET /auth/me", { token });
/** Reads the session's id from a refresh token as the service does, with the secret of the tests. */
const idOf = (refresh_token: string): string =>
  createRefreshTokens({ secret: stack().secret }).read(refresh_token)?.session_id ?? "";

/** As if so much time had passed since the last rotation. */
async function age(refresh_token: string, seconds: number): Promise<void> {
  const session_id = idOf(refresh_token);
  await stack().database
    .sql`update sessions set rotated_at = rotated_at - make_interval(secs => ${seconds}) where id = ${session_id}`;
}

describe("200", () => {
  it("answers a new access token and a new refresh token of the same session", async () => {
    const user = await signUp();
    const { status, body } = await refresh(user.refresh_token);
    expect(status).toBe(200);
    expect(body.refresh_token).not.toBe(user.refresh_token);
    expect(body.access_token).not.toBe(user.token);
    expect(body.user).toEqual(user.me);
    expect((await me(body.access_token)).body.session_id).toBe((await me(user.token)).body.session_id);
  });

  it("answers the same successor to twenty at once, and signs nobody out", async () => {
    const user = await signUp();
    const answers = await Promise.all(Array.from({ length: 20 }, () => refresh(user.refresh_token)));
    expect(answers.map(({ status }) => status)).toEqual(Array(20).fill(200));
    const successors = new Set(answers.map(({ body }) => body.refresh_token));
    expect(successors.size).toBe(1);
    const [successor] = successors;
    const next = await refresh(successor);
    expect(next.status).toBe(200);
    expect((await me(next.body.access_token)).status).toBe(200);
  });

  it("answers the same successor to two nodes at once", async () => {
    const second = await another();
    const { refresh_token } = await signUp();
    const answers = await Promise.all([
      refresh(refresh_token),
      second("POST /auth/refresh", { body: { refresh_token } }),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    expect(answers[0]?.body.refresh_token).toBe(answers[1]?.body.refresh_token);
  });

  it("answers the same successor once more for ten seconds, although it has been used", async () => {
    const { refresh_token } = await signUp();
    const { body: first } = await refresh(refresh_token);
    expect((await me(first.access_token)).status).toBe(200);
    await age(refresh_token, 2);
    const { status, body } = await refresh(refresh_token);
    expect(status).toBe(200);
    expect(body.refresh_token).toBe(first.refresh_token);
  });

  it("answers the same successor once more a day after the reply was lost, as often as that happens", async () => {
    const { refresh_token, token } = await signUp();
    const { body: lost } = await refresh(refresh_token);
    for (const seconds of [11, 86_400]) {
      await age(refresh_token, seconds);
      const { status, body } = await refresh(refresh_token);
      expect(status).toBe(200);
      expect(body.refresh_token).toBe(lost.refresh_token);
      // The access token from before the refresh says nothing about its successor.
      expect((await me(token)).status).toBe(200);
    }
    const { body: next } = await refresh(lost.refresh_token);
    expect((await me(next.access_token)).status).toBe(200);
  });

  it("writes once that the successor is in use, not at every request", async () => {
    const { refresh_token } = await signUp();
    const { body } = await refresh(refresh_token);
    const { sql } = stack().database;
    const version = async () => (await sql`select xmin from sessions where id = ${idOf(refresh_token)}`)[0]?.["xmin"];
    const before = await version();
    await Promise.all(Array.from({ length: 10 }, () => me(body.access_token)));
    const after = await version();
    expect(after).not.toBe(before);
    const looked = Date.now();
    await waitFor(async () => (await me(body.access_token)).status === 200 && Date.now() - looked > 600);
    expect(await version()).toBe(after);
  });

  it("starts the idle time anew", async () => {
    const { refresh_token, token } = await signUp();
    const session_id = idOf(refresh_token);
    await stack().database.sql`update sessions set expires_at = now() + interval '13 days' where id = ${session_id}`;
    await refresh(refresh_token);
    const { body } = await call("GET /auth/sessions", { token });
    expect(Date.parse(body.items[0].expires_at) - Date.now()).toBeGreaterThan(13.9 * 86_400_000);
  });

  it("never moves the absolute end", async () => {
    const { refresh_token, token } = await signUp();
    const session_id = idOf(refresh_token);
    await stack().database
      .sql`update sessions set ends_at = now() + interval '1 day', expires_at = now() + interval '1 day' where id = ${session_id}`;
    expect((await refresh(refresh_token)).status).toBe(200);
    const { body } = await call("GET /auth/sessions", { token });
    expect(Date.parse(body.items[0].expires_at) - Date.now()).toBeLessThan(86_400_000);
  });
});

describe("400", () => {
  it("validation_failed", async () => {
    const answer = await call("POST /auth/refresh", { body: { token: "x" } });
    expectProblem(answer, 400, "validation_failed");
    expect(pathsOf(answer)).toEqual(["refresh_token", "token"]);
  });
});

describe("401 token_reused", () => {
  it("for one that is older than the previous, and the session ends within a second", async () => {
    const user = await signUp();
    const { body: second } = await refresh(user.refresh_token);
    const { body: third } = await refresh(second.refresh_token);
    expect((await me(third.access_token)).status).toBe(200);
    expectProblem(await refresh(user.refresh_token), 401, "token_reused");
    await waitFor(async () => (await me(third.access_token)).status === 401);
    expectProblem(await refresh(third.refresh_token), 401, "invalid_refresh_token");
  });

  it.each([
    ["at the gateway", "GET /auth/me"],
    ["at the messaging service", "GET /v1/chat/conversations"],
    ["for a token of the socket", "GET /v1/messaging/token"],
  ] as const)(
    "for the previous one after ten seconds, once its successor was presented %s",
    async (_where, operation) => {
      const user = await signUp();
      const { body: second } = await refresh(user.refresh_token);
      expect((await call(operation, { token: second.access_token })).status).toBe(200);
      await age(user.refresh_token, 11);
      expectProblem(await refresh(user.refresh_token), 401, "token_reused");
      expectProblem(await refresh(second.refresh_token), 401, "invalid_refresh_token");
    },
  );

  it("for the previous one when the successor was presented to another node", async () => {
    const elsewhere = await another();
    const user = await signUp();
    // This node has seen the session, before it was refreshed.
    expect((await elsewhere("GET /auth/me", { token: user.token })).status).toBe(200);
    const { body: second } = await refresh(user.refresh_token);
    expect((await elsewhere("GET /auth/me", { token: second.access_token })).status).toBe(200);
    await age(user.refresh_token, 11);
    expectProblem(await refresh(user.refresh_token), 401, "token_reused");
  });

  it("for whoever comes second, when a copy of the token was refreshed and used before its owner returned", async () => {
    const user = await signUp();
    const { body: stolen } = await refresh(user.refresh_token);
    expect((await me(stolen.access_token)).status).toBe(200);
    await age(user.refresh_token, 11);
    expectProblem(await refresh(user.refresh_token), 401, "token_reused");
    await waitFor(async () => (await me(stolen.access_token)).status === 401);
  });

  it("for whoever refreshes second, when a copy got the same successor while nobody had used it", async () => {
    const user = await signUp();
    const { body: owners } = await refresh(user.refresh_token);
    await age(user.refresh_token, 60);
    const { body: thiefs } = await refresh(user.refresh_token);
    expect(thiefs.refresh_token).toBe(owners.refresh_token);
    const { body: next } = await refresh(owners.refresh_token);
    expect((await me(next.access_token)).status).toBe(200);
    await age(user.refresh_token, 11);
    expectProblem(await refresh(thiefs.refresh_token), 401, "token_reused");
  });

  it("leaves the other sessions of the user alone", async () => {
    const user = await signUp();
    const { body: other } = await call("POST /auth/login", {
      body: { email: user.email, password: "a long passphrase" },
    });
    const { body: second } = await refresh(user.refresh_token);
    await refresh(second.refresh_token);
    expectProblem(await refresh(user.refresh_token), 401, "token_reused");
    expect((await refresh(other.refresh_token)).status).toBe(200);
  });
});

describe("401 invalid_refresh_token", () => {
  it("for what we did not make, and the session lives on", async () => {
    const user = await signUp();
    const genuine = createRefreshTokens({ secret: stack().secret }).read(user.refresh_token);
    if (genuine === undefined) return expect.unreachable();
    const forger = createRefreshTokens({ secret: "a secret that is not the deployment's" });
    const flipped = user.refresh_token.slice(0, -2) + (user.refresh_token.endsWith("AA") ? "BB" : "AA");
    await refresh(user.refresh_token);
    for (const forged of ["vrt_x", flipped, forger.write(genuine), forger.write({ ...genuine, generation: 7 })]) {
      expectProblem(await refresh(forged), 401, "invalid_refresh_token");
    }
    expect((await refresh(user.refresh_token)).status).toBe(200);
  });

  it("for an access token", async () => {
    const { token } = await signUp();
    const answer = await refresh(token.slice(0, 300));
    expectProblem(answer, 401, "invalid_refresh_token");
  });

  it("after a logout", async () => {
    const user = await signUp();
    await call("POST /auth/logout", { token: user.token, body: {} });
    expectProblem(await refresh(user.refresh_token), 401, "invalid_refresh_token");
  });

  it("after a deactivation, and after the way back", async () => {
    const owner = await signUp();
    const member = await invite(owner, "member");
    const setTo = (deactivated: boolean) =>
      call(`PATCH /auth/members/${member.id}`, { token: owner.token, body: { deactivated } });
    await setTo(true);
    expectProblem(await refresh(member.refresh_token), 401, "invalid_refresh_token");
    await setTo(false);
    expectProblem(await refresh(member.refresh_token), 401, "invalid_refresh_token");
  });

  it.each(["expires_at", "ends_at"])("after the session's %s", async (column) => {
    const user = await signUp();
    const session_id = idOf(user.refresh_token);
    await stack().database
      .sql`update sessions set ${stack().database.sql(column)} = now() - interval '1 second' where id = ${session_id}`;
    expectProblem(await refresh(user.refresh_token), 401, "invalid_refresh_token");
    await waitFor(async () => (await me(user.token)).status === 401);
  });
});

describe("429", () => {
  it("rate_limited above thirty a minute", async () => {
    const limited = await another(strictRates);
    const answers = await Promise.all(
      Array.from({ length: 32 }, () => limited("POST /auth/refresh", { body: { refresh_token: "vrt_x" } })),
    );
    expect(answers.filter(({ status }) => status === 401)).toHaveLength(30);
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(2);
  });
});
