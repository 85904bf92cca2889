import { AppError } from "@vero/contracts";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { sendProblem } from "./problems.js";

interface Route {
  method: string;
  /** The path as Fastify writes it: `:name` segments, and a star at the end. */
  url: string;
}

declare module "fastify" {
  interface FastifyContextConfig {
    /** The routes of another service to which a wildcard forwards; `Allow` lists their methods. */
    passesOn?: readonly Route[];
  }
}

function patternOf(url: string): RegExp {
  const escaped = url.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  return new RegExp(`^${escaped.replace(/:\w+/g, "[^/]+").replace("/\\*", "/.+")}$`);
}

/**
 * Answers requests that no route takes, before any of their body is read: OPTIONS with `Allow` (CORS answers
 * preflights), other methods of a known path with 405 and `Allow` (RFC 9110 sections 9.3.7 and 15.5.6), unknown paths
 * with 404.
 */
export function otherMethods(app: FastifyInstance) {
  const routes: { method: string; pattern: RegExp }[] = [];
  const add = ({ method, url }: Route): number => routes.push({ method, pattern: patternOf(url) });
  app.addHook("onRoute", ({ method, url, config }) => {
    // The CORS plugin has a route for every path, which is no operation.
    if (url === "*") return;
    for (const route of config?.passesOn ?? [method].flat().map((one) => ({ method: one, url }))) {
      add(route);
      if (route.method === "GET") add({ ...route, method: "HEAD" });
    }
  });

  function answer(request: FastifyRequest, reply: FastifyReply): FastifyReply {
    const [path = ""] = request.url.split("?", 1);
    const allowed = new Set(routes.filter(({ pattern }) => pattern.test(path)).map(({ method }) => method));
    if (allowed.size === 0) return sendProblem(new AppError("route_not_found"), request, reply);
    reply.header("allow", [...allowed, "OPTIONS"].join(", "));
    if (request.method === "OPTIONS") return reply.code(204).send();
    return sendProblem(new AppError("method_not_allowed"), request, reply);
  }

  app.setNotFoundHandler(answer);
  const isPreflight = ({ headers }: FastifyRequest): boolean => headers["access-control-request-method"] !== undefined;
  return {
    answerOptions: (request: FastifyRequest, reply: FastifyReply) =>
      request.method === "OPTIONS" && !isPreflight(request) ? answer(request, reply) : undefined,
    answerUnrouted: (request: FastifyRequest, reply: FastifyReply) =>
      request.is404 ? answer(request, reply) : undefined,
  };
}
