import { describe, expect, it } from "vitest";
import { expectProblem, useStack } from "../harness/accounts.js";
import { headOf } from "../harness/forgery.js";

const { call, signUp } = useStack();

describe("/.well-known/jwks.json", () => {
  it("shows the public half of the keys, cacheable for less than a new key waits", async () => {
    const { status, headers, body } = await call("GET /.well-known/jwks.json");
    expect(status).toBe(200);
    expect(headers.get("content-type")).toBe("application/jwk-set+json");
    expect(headers.get("cache-control")).toBe("public, max-age=300");
    const { token } = await signUp();
    expect(body.keys.map(({ kid }: { kid: string }) => kid)).toContain(headOf(token)["kid"]);
    for (const key of body.keys) {
      expect(Object.keys(key).sort()).toEqual(["alg", "crv", "kid", "kty", "use", "x"]);
      expect(key).toMatchObject({ alg: "EdDSA", crv: "Ed25519", kty: "OKP", use: "sig" });
    }
  });
});

describe("the documents", () => {
  it.each([
    ["/openapi.json", "openapi"],
    ["/asyncapi.json", "asyncapi"],
  ])("%s is served, and revalidated by its tag", async (path, key) => {
    const { status, headers, body } = await call(`GET ${path as "/"}`);
    expect(status).toBe(200);
    expect(body[key]).toMatch(/^3\./);
    expect(headers.get("cache-control")).toBe("public, max-age=300");
    const tag = { "if-none-match": headers.get("etag") ?? "" };
    expect((await call(`GET ${path as "/"}`, { headers: tag })).status).toBe(304);
  });

  it("/docs loads nothing from elsewhere and runs nothing inline", async () => {
    const { status, headers, body } = await call("GET /docs");
    expect(status).toBe(200);
    expect(headers.get("content-type")).toMatch(/^text\/html/);
    const policy = headers.get("content-security-policy") ?? "";
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self';");
    expect(body).not.toMatch(/https?:\/\//);
    expect(body).not.toMatch(/<script(?! type="module" src="\/)/);
    const [, script = ""] = /src="([^"]+)"/.exec(body) ?? [];
    const loaded = await call(`GET ${script as "/"}`);
    expect(loaded.status).toBe(200);
    expect(loaded.headers.get("content-type")).toMatch(/^text\/javascript/);
    expect(loaded.body).toContain("rapi-doc");
  });
});

describe("health", () => {
  it.each(["/healthz", "/readyz"])("%s", async (path) => {
    const { status, headers, body } = await call(`GET ${path as "/"}`);
    expect(status).toBe(200);
    expect(headers.get("cache-control")).toBe("no-store");
    expect(body).toEqual({ status: "ok" });
  });
});

describe("what is not there", () => {
  it("404 route_not_found", async () => {
    expectProblem(await call("GET /auth/nothing"), 404, "route_not_found");
  });

  it("405 method_not_allowed, with the methods that are", async () => {
    const answer = await call("PUT /auth/login", { body: {} });
    expectProblem(answer, 405, "method_not_allowed");
    expect(answer.headers.get("allow")).toBe("POST, OPTIONS");
  });

  it("400 for a path that cannot be decoded", async () => {
    expectProblem(await call("GET /auth/%"), 400, "validation_failed");
  });
});
