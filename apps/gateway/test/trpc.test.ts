import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as after } from "node:timers/promises";
import { createHttp, createLogger } from "@vero/server";
import type { FastifyInstance } from "fastify";
import { afterAll, beforeAll, expect, it, onTestFinished } from "vitest";
import { mountTrpcProxy } from "../src/proxy/trpc.js";

const bodyMs = 200;
/** A messaging service that has one answer. */
const server = createServer((_request, response) => {
  response.setHeader("content-type", "application/json").end('[{"result":{"data":"theirs"}}]');
});
let app: FastifyInstance;

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const log = createLogger({ level: "silent", name: "test" });
  app = await createHttp({ log, corsOrigins: [], trustedProxies: 0, hsts: false, timing: { bodyMs } });
  await mountTrpcProxy(app, {
    upstream: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    local: async (scope) => {
      scope.removeAllContentTypeParsers();
      scope.addContentTypeParser("application/json", { parseAs: "string" }, (_request, body, done) => done(null, body));
      scope.post("/trpc/:path", async () => [{ result: { data: "ours" } }]);
    },
  });
  await app.listen({ host: "127.0.0.1", port: 0 });
});
afterAll(async () => {
  await app.close();
  server.close();
});

const callBoth = async (): Promise<unknown> => {
  const answer = await fetch(`${app.listeningOrigin}/trpc/auth.login,messages.send?batch=1`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ 0: {}, 1: {} }),
  });
  return answer.json();
};

it("a batch of both services leaves nothing behind that fails once the time of its body has passed", async () => {
  const failures: unknown[] = [];
  const note = (error: unknown) => failures.push(error);
  process.on("uncaughtException", note);
  onTestFinished(() => void process.off("uncaughtException", note));
  const both = [{ result: { data: "ours" } }, { result: { data: "theirs" } }];
  expect(await callBoth()).toEqual(both);
  // Begun later than the timers of the server, this one ends after them.
  await after(bodyMs);
  expect(await callBoth()).toEqual(both);
  expect(failures).toEqual([]);
});
