import { createPublicKey } from "node:crypto";
import { openDatabase } from "@vero/db";
import { createKeyring } from "@vero/server";
import { describe, expect, it } from "vitest";
import { expectProblem, pathsOf, useStack } from "../harness/accounts.js";
import { claimsOf, forge, headOf } from "../harness/forgery.js";

const { call, signUp, stack } = useStack();
const me = (token: string) => call("GET /auth/me", { token });

/** Reads the deployment's own key, which no attacker has, to make tokens that are wrong in one thing only. */
async function genuineKey() {
  const database = openDatabase({ url: stack().database.url, max: 1 });
  const { kid, key } = await createKeyring({ database, secret: stack().secret }).signingKey();
  await database.close();
  return { kid, key };
}

describe("200", () => {
  it("answers the user, the workspace and the session", async () => {
    const { token, me: user } = await signUp();
    const { status, body } = await me(token);
    expect(status).toBe(200);
    expect(body).toEqual({ ...user, session_id: claimsOf(token)["sid"] });
  });

  it("takes the scheme in any case (RFC 9110 section 11.1)", async () => {
    const { token } = await signUp();
    expect((await call("GET /auth/me", { headers: { authorization: `bearer ${token}` } })).status).toBe(200);
  });

  it("for a token that is made like ours", async () => {
    const { token } = await signUp();
    const { kid, key } = await genuineKey();
    const copy = await forge({ ...headOf(token), kid }, claimsOf(token), key);
    expect((await me(copy)).status).toBe(200);
  });
});

describe("400", () => {
  it("validation_failed", async () => {
    const { token } = await signUp();
    const answer = await call("GET /auth/me?fields=email", { token });
    expectProblem(answer, 400, "validation_failed");
    expect(pathsOf(answer)).toEqual(["fields"]);
  });
});

describe("401", () => {
  it.each([undefined, "", "Bearer", "Bearer ", "Basic YTpi", "Bearer x", "Bearer a.b.c", "Bearer a b"])(
    "unauthenticated for the header %j",
    async (authorization) => {
      const answer = await call("GET /auth/me", authorization === undefined ? {} : { headers: { authorization } });
      expectProblem(answer, 401, "unauthenticated");
      const hasToken = /^Bearer \S/.test(authorization ?? "");
      expect(answer.headers.get("www-authenticate")).toBe(hasToken ? 'Bearer error="invalid_token"' : "Bearer");
    },
  );

  it("unauthenticated for a token without a signature", async () => {
    const { token } = await signUp();
    const [head = "", claims = "", signature = ""] = token.split(".");
    const none = Buffer.from(JSON.stringify({ ...headOf(token), alg: "none" })).toString("base64url");
    for (const text of [`${none}.${claims}.`, `${none}.${claims}.${signature}`, `${head}.${claims}.`]) {
      expectProblem(await me(text), 401, "unauthenticated");
    }
  });

  it("unauthenticated for a token that is signed with our public key as a shared secret", async () => {
    const { token } = await signUp();
    const { body } = await call("GET /.well-known/jwks.json");
    const [jwk] = body.keys;
    const pem = createPublicKey({ key: jwk, format: "jwk" }).export({ type: "spki", format: "pem" });
    for (const secret of [Buffer.from(jwk.x, "base64url"), Buffer.from(pem), Buffer.from(jwk.x)]) {
      const forged = await forge({ ...headOf(token), alg: "HS256" }, claimsOf(token), secret);
      expectProblem(await me(forged), 401, "unauthenticated");
    }
  });

  it("unauthenticated for other claims under the same signature", async () => {
    const [victim, attacker] = [await signUp(), await signUp()];
    const [head, , signature] = attacker.token.split(".");
    expectProblem(await me(`${head}.${victim.token.split(".")[1]}.${signature}`), 401, "unauthenticated");
  });

  it.each([
    ["another issuer", {}, { iss: "http://elsewhere.test" }],
    ["another audience", {}, { aud: "msgsrv" }],
    ["no audience", {}, { aud: undefined }],
    ["another type", { typ: "JWT" }, {}],
    ["the type of the socket's tokens", { typ: "vero-ws+jwt" }, {}],
    ["an unknown key", { kid: "unknown" }, {}],
    ["no key", { kid: undefined }, {}],
    ["no expiry", {}, { exp: undefined }],
    ["no session", {}, { sid: undefined }],
    ["a session that does not exist", {}, { sid: "x".repeat(40) }],
    ["another user", {}, { sub: "0199d0a3-5a10-7000-8000-0000000000b1" }],
    ["another workspace", {}, { tenant_id: "0199d0a3-5a10-7000-8000-0000000000a1" }],
    ["a critical extension", { crit: ["x"], x: 1 }, {}],
  ])("unauthenticated for a token of ours with %s", async (_name, head, claims) => {
    const { token } = await signUp();
    const { kid, key } = await genuineKey();
    const forged = await forge({ ...headOf(token), kid, ...head }, { ...claimsOf(token), ...claims }, key);
    expectProblem(await me(forged), 401, "unauthenticated");
  });

  it("token_expired for one that has expired", async () => {
    const { token } = await signUp();
    const { kid, key } = await genuineKey();
    const past = Math.floor(Date.now() / 1000) - 1;
    const forged = await forge({ ...headOf(token), kid }, { ...claimsOf(token), iat: past - 600, exp: past }, key);
    const answer = await me(forged);
    expectProblem(answer, 401, "token_expired");
    expect(answer.headers.get("www-authenticate")).toBe('Bearer error="invalid_token"');
  });

  it("unauthenticated for a token of the socket", async () => {
    const { token } = await signUp();
    const { body } = await call("GET /v1/messaging/token", { token });
    expectProblem(await me(body.token), 401, "unauthenticated");
  });

  it("unauthenticated for a refresh token", async () => {
    const { refresh_token } = await signUp();
    expectProblem(await me(refresh_token), 401, "unauthenticated");
  });
});
