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

const isLoopback = (hostname: string): boolean => /^(localhost|127(\.\d+){3}|\[::1\])$/.test(hostname);

/**
 * Returns the public address where both it and the address of the request are names of this machine, and differ: at 127.0.0.1
 * a page is another origin than at localhost, where its socket is.
 */
function otherLoopback({ headers: { host } }: FastifyRequest, publicUrl: string): string | undefined {
  const here = `http://${host}`;
  const there = new URL(publicUrl);
  if (!URL.canParse(here) || there.host === host || there.protocol !== "http:") return undefined;
  const { hostname, port } = new URL(here);
  return isLoopback(hostname) && isLoopback(there.hostname) && port === there.port ? there.href : undefined;
}

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
    if (wantsJson(request)) return service;
    const elsewhere = otherLoopback(request, origins.publicUrl);
    return elsewhere === undefined ? page(request, reply) : reply.redirect(elsewhere, 302);
  });
  for (const { path, file } of assets) mountStaticFile(app, path, file);
}
