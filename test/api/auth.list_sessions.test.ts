import { describe, expect, it } from "vitest";
import { expectProblem, pathsOf, useStack } from "../harness/accounts.js";
import { logIn, passphrase } from "../harness/people.js";

const { call, signUp } = useStack();
const list = (token: string, query = "") => call(`GET /auth/sessions${query}`, { token });

describe("200", () => {
  it("answers where the caller is signed in, newest first, and which one asks", async () => {
    const { token, email } = await signUp();
    await signUp();
    const headers = { "user-agent": "A phone" };
    const { body: phone } = await call("POST /auth/login", { body: { email, password: passphrase }, headers });
    const { status, body } = await list(token);
    expect(status).toBe(200);
    expect(body.items).toHaveLength(2);
    expect(body.items[0]).toMatchObject({ is_current: false, user_agent: "A phone", ip: "127.0.0.1" });
    expect(body.items[1]).toMatchObject({ is_current: true, ip: "127.0.0.1" });
    const lasts = Date.parse(body.items[1].expires_at) - Date.parse(body.items[1].created_at);
    expect(Math.round(lasts / 86_400_000)).toBe(14);
    expect((await list(phone.access_token)).body.items[0].is_current).toBe(true);
  });

  it("not those that have ended", async () => {
    const user = await signUp();
    const other = await logIn(user);
    await call("POST /auth/logout", { token: other.token });
    expect((await list(user.token)).body.items).toHaveLength(1);
  });

  it("says when and from where a session was last refreshed", async () => {
    const { token, refresh_token } = await signUp();
    const { body: before } = await list(token);
    await call("POST /auth/refresh", { body: { refresh_token }, headers: { "user-agent": "An update" } });
    const { body: after } = await list(token);
    expect(after.items[0]).toMatchObject({ id: before.items[0].id, user_agent: "An update" });
    expect(after.items[0].last_used_at > before.items[0].last_used_at).toBe(true);
  });

  it("in pages", async () => {
    const user = await signUp();
    const { token } = user;
    for (let count = 0; count < 4; count += 1) await logIn(user);
    const { body: first } = await list(token, "?limit=3");
    const { body: second } = await list(token, `?limit=3&cursor=${first.next_cursor}`);
    expect(second.next_cursor).toBeNull();
    const ids = [...first.items, ...second.items].map(({ id }) => id);
    expect(new Set(ids).size).toBe(5);
    expect(ids).toEqual((await list(token)).body.items.map(({ id }: { id: string }) => id));
  });
});

const asCursor = (key: unknown) => Buffer.from(JSON.stringify(key)).toString("base64url");

describe("400", () => {
  it.each([
    ["?limit=101", "limit"],
    ["?cursor=x", "cursor"],
    [`?cursor=${asCursor([1e300, "x"])}`, "cursor"],
    [`?cursor=${asCursor([0, "\u0000"])}`, "cursor"],
    [`?cursor=${asCursor(null)}`, "cursor"],
    ["?user_id=1", "user_id"],
  ])("validation_failed for %s", async (query, path) => {
    const { token } = await signUp();
    const answer = await list(token, query);
    expectProblem(answer, 400, "validation_failed");
    expect(pathsOf(answer)).toEqual([path]);
  });
});

describe("401", () => {
  it("unauthenticated", async () => {
    expectProblem(await call("GET /auth/sessions"), 401, "unauthenticated");
  });
});
