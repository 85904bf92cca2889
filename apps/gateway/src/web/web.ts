import { mountStaticFile, staticFile } from "@vero/server";
import type { FastifyInstance, FastifyRequest } from "fastify";
import manifest from "../../package.json" with { type: "json" };
import { findPageFiles } from "./page.files.js";
import { contentSecurityPolicy, type PageOrigins } from "./page.policy.js";

/** The answer of `/` to programs. */
const service = {
  name: "Vero Chat",
  version: manifest.version,
  docs: "/docs",
  openapi: "/openapi.json",
  status: "/readyz",
};

/** Tells whether the client reads JSON rather than a page: it names JSON and no HTML. */
const wantsJson = ({ headers: { accept = "" } }: FastifyRequest): boolean =>
  /\bapplication\/(json|\*)/i.test(accept) && !/\btext\/(html|\*)/i.test(accept);

/**
 * Mounts `/`: the chat page for people, who go on behind its hash, so that no path of the API is hidden; and a few words
 * in JSON for programs, or for all where the page is off.
 */
export function mountWeb(app: FastifyInstance, { isOn, origins }: { isOn: boolean; origins: PageOrigins }): void {
  if (!isOn) {
    app.get("/", async () => service);
    return;
  }
  const { html, assets } = findPageFiles();
  const page = staticFile({
    type: "text/html; charset=utf-8",
    read: () => html,
    headers: {
      "cache-control": "no-cache",
      "content-security-policy": contentSecurityPolicy(origins),
      "cross-origin-opener-policy": "same-origin",
      "permissions-policy": "camera=(), geolocation=(), microphone=()",
    },
  });
  app.get("/", { config: { isShared: true } }, async (request, reply) => {
    reply.header("vary", [reply.getHeader("vary") ?? [], "accept"].flat().join(", "));
    return wantsJson(request) ? service : page(request, reply);
  });
  for (const { path, file } of assets) mountStaticFile(app, path, file);
}
