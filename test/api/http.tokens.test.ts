import { createPublicKey } from "node:crypto";
import type { Problem } from "@vero/contracts";
import { describe, expect, it } from "vitest";
import { expectProblem } from "../harness/accounts.js";
import { call } from "../harness/client.js";
import { claimsOf, forge, headOf } from "../harness/forgery.js";
import { copierOf, secondsAgo } from "../harness/keys.js";
import { realtimeToken } from "../harness/socket.js";
import { useWorkspace } from "../harness/workspace.js";

const workspace = useWorkspace();
const conversations = "/v1/chat/conversations";

describe("a token on a route of the messaging service", () => {
  const get = (token: string) => workspace.ada.call<Problem>(`GET ${conversations}`, { token });

  it("is refused where it is wrong in one thing", async () => {
    const { ada, grace, stack } = workspace;
    const copy = await copierOf(stack);
    expect((await get(await copy(ada.token))).status).toBe(200);
    const [head = "", claims = ""] = ada.token.split(".");
    const none = Buffer.from(JSON.stringify({ ...headOf(ada.token), alg: "none" })).toString("base64url");
    const { body } = await ada.call<{ keys: { x: string }[] }>("GET /.well-known/jwks.json");
    const pem = createPublicKey({ key: body.keys[0] as never, format: "jwk" }).export({ type: "spki", format: "pem" });
    for (const token of [
      "x",
      `${none}.${claims}.`,
      `${head}.${claims}.`,
      await forge({ ...headOf(ada.token), alg: "HS256" }, claimsOf(ada.token), Buffer.from(pem)),
      await copy(ada.token, { aud: "msgsrv" }),
      await copy(ada.token, { iss: "http://elsewhere" }),
      await copy(ada.token, { sub: grace.id }),
      await copy(ada.token, { tenant_id: workspace.stranger.me.tenant.id }),
      await copy(ada.token, { exp: undefined }),
      await copy(ada.token, {}, { typ: "JWT" }),
      await copy(ada.token, {}, { kid: "unknown" }),
      await realtimeToken(ada),
    ]) {
      expectProblem(await get(token), 401, "unauthenticated");
    }
    expectProblem(await get(await copy(ada.token, { exp: secondsAgo(1) })), 401, "token_expired");
  });

  it("cannot raise its own role", async () => {
    const copy = await copierOf(workspace.stack);
    const { body } = await workspace.grace.call<Problem>("GET /auth/invites", {
      token: await copy(workspace.grace.token, { role: "owner" }),
    });
    expect(body.code).toBe("forbidden");
  });

  it("that is missing is asked for before the input is looked at", async () => {
    for (const [operation, options] of [
      [`POST ${conversations}`, { raw: '{"type":5}' }],
      [`GET ${conversations}?limit=0`, {}],
      [`GET ${conversations}/x`, {}],
    ] as const) {
      const answer = await call(workspace.stack.url, operation, options);
      expectProblem(answer, 401, "unauthenticated");
      expect(answer.headers.get("www-authenticate")).toBe("Bearer");
    }
  });
});
