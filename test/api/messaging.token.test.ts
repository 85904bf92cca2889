import { describe, expect, it } from "vitest";
import { expectProblem, strictRates, useStack } from "../harness/accounts.js";
import { claimsOf, headOf } from "../harness/forgery.js";

const { call, another, signUp, stack } = useStack();
const tokenFor = (token: string) => call("GET /v1/messaging/token", { token });

describe("200", () => {
  it("answers a token for the socket alone, for a minute, bound to the session", async () => {
    const { token, id } = await signUp();
    const { status, headers, body } = await tokenFor(token);
    expect(status).toBe(200);
    expect(headers.get("cache-control")).toBe("no-store");
    expect(body.ws_url).toBe(`${stack().issuer.replace("http", "ws")}/v1/messaging/ws`);
    expect(headOf(body.token)).toMatchObject({ alg: "EdDSA", typ: "vero-ws+jwt" });
    const claims = claimsOf(body.token);
    expect(claims).toMatchObject({ iss: stack().issuer, aud: "msgsrv", sub: id, sid: claimsOf(token)["sid"] });
    expect(Number(claims["exp"]) - Number(claims["iat"])).toBe(60);
    expect(Date.parse(body.expires_at)).toBe(Number(claims["exp"]) * 1000);
  });
});

describe("400", () => {
  it("validation_failed", async () => {
    const { token } = await signUp();
    expectProblem(await call("GET /v1/messaging/token?for=all", { token }), 400, "validation_failed");
  });
});

describe("401", () => {
  it("unauthenticated without a token, and with one of the socket", async () => {
    expectProblem(await call("GET /v1/messaging/token"), 401, "unauthenticated");
    const { token } = await signUp();
    const { body } = await tokenFor(token);
    expectProblem(await tokenFor(body.token), 401, "unauthenticated");
  });

  it("unauthenticated after a logout", async () => {
    const { token } = await signUp();
    await call("POST /auth/logout", { token });
    expectProblem(await tokenFor(token), 401, "unauthenticated");
  });
});

describe("429", () => {
  it("rate_limited above twenty a minute", async () => {
    const strict = await another(strictRates);
    const { token } = await signUp();
    const answers = await Promise.all(Array.from({ length: 22 }, () => strict("GET /v1/messaging/token", { token })));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(20);
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(2);
  });
});
