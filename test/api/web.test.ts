import { readFileSync } from "node:fs";
import { describe, expect, inject, it } from "vitest";
import { expectProblem, useStack } from "../harness/accounts.js";

const browser = { accept: "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8" };

describe("/, where the page is on", () => {
  const { call, stack } = useStack({ VERO_WEB: "on" });

  it("is a page that loads nothing from elsewhere, and runs nothing inline", async () => {
    const { status, headers, body } = await call("GET /", { headers: browser });
    expect(status).toBe(200);
    expect(headers.get("content-type")).toBe("text/html; charset=utf-8");
    expect(headers.get("cache-control")).toBe("no-cache");
    expect(body).not.toMatch(/https?:\/\//);
    expect(body).not.toMatch(/<script(?! type="module" crossorigin src="\.\/assets\/)/);
    expect(body).not.toMatch(/<style|\sstyle=|\son\w+=/);
  });

  it("has a policy that allows its own origin, the socket, and pictures of people", async () => {
    const { headers } = await call("GET /", { headers: browser });
    const policy = (headers.get("content-security-policy") ?? "").split("; ");
    const { issuer } = stack();
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self'");
    expect(policy).toContain("style-src 'self'");
    expect(policy).toContain("frame-ancestors 'none'");
    const files = inject("s3") === undefined ? [] : [expect.anything()];
    expect(policy.find((directive) => directive.startsWith("connect-src"))?.split(" ")).toEqual([
      "connect-src",
      "'self'",
      issuer,
      ...files,
      issuer.replace("http", "ws"),
    ]);
  });

  it("is revalidated by its tag", async () => {
    const { headers } = await call("GET /", { headers: browser });
    const tag = { ...browser, "if-none-match": headers.get("etag") ?? "" };
    expect((await call("GET /", { headers: tag })).status).toBe(304);
  });

  it("leads from another name of this machine to the public address, where its socket is", async () => {
    const { issuer, url } = stack();
    const there = url.replace("127.0.0.1", "localhost");
    const answer = await fetch(there, { headers: browser, redirect: "manual" });
    expect([answer.status, answer.headers.get("location")]).toEqual([302, `${issuer}/`]);
  });

  it("is a few words of JSON for who asks for JSON", async () => {
    const { status, headers, body } = await call("GET /", { headers: { accept: "application/json" } });
    expect(status).toBe(200);
    expect(headers.get("content-type")).toMatch(/^application\/json/);
    expect(headers.get("vary")).toMatch(/accept(,|$)/);
    const { version } = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8"));
    expect(body).toMatchObject({ name: "Vero Chat", version, docs: "/docs", status: "/readyz" });
    expect((await call(`GET ${body.docs as "/"}`)).status).toBe(200);
    expect((await call(`GET ${body.status as "/"}`)).status).toBe(200);
  });

  it("has assets that are kept for ever, and compressed", async () => {
    const { body: page } = await call("GET /", { headers: browser });
    const assets = [...(page as string).matchAll(/(?:src|href)="\.(\/assets\/[^"]+)"/g)].map(([, path]) => path);
    expect(assets.length).toBeGreaterThanOrEqual(3);
    for (const path of assets) {
      const { status, headers } = await call(`GET ${path as "/"}`, { headers: { "accept-encoding": "br" } });
      expect([path, status, headers.get("content-encoding")]).toEqual([path, 200, "br"]);
      expect(headers.get("cache-control")).toBe("public, max-age=31536000, immutable");
    }
  });

  it("404 for an asset that is not there, and for the name of a file elsewhere", async () => {
    expectProblem(await call("GET /assets/nothing.js"), 404, "route_not_found");
    expectProblem(await call("GET /assets/..%2findex.html"), 404, "route_not_found");
  });
});

describe("/, where the page is off", () => {
  const { call } = useStack({ VERO_WEB: "off" });

  it("is the few words of JSON for all, and no asset is served", async () => {
    const { status, headers, body } = await call("GET /", { headers: browser });
    expect(status).toBe(200);
    expect(headers.get("content-type")).toMatch(/^application\/json/);
    expect(body).toMatchObject({ name: "Vero Chat" });
    expectProblem(await call("GET /assets/index.js"), 404, "route_not_found");
  });
});
