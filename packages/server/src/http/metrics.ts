import { createHash, timingSafeEqual } from "node:crypto";
import { AppError } from "@vero/contracts";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { collectDefaultMetrics, Histogram, Registry } from "prom-client";

const forwarding = ["forwarded", "x-forwarded-for", "x-real-ip"];
const loopback = /^(127\.|::1$|::ffff:127\.)/;

const digest = (text: string): Buffer => createHash("sha256").update(text).digest();

/**
 * Prometheus metrics of this process at `/metrics`: with a token for whoever presents it, without one for the machine
 * itself only. To everybody else there is no such route.
 */
export function mountMetrics(app: FastifyInstance, { token }: { token: string | undefined }): void {
  const register = new Registry();
  collectDefaultMetrics({ register });
  const duration = new Histogram({
    name: "http_request_duration_seconds",
    help: "Time from the request line to the end of the answer, by route.",
    labelNames: ["method", "route", "status"],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
    registers: [register],
  });
  app.addHook("onResponse", async (request, reply) => {
    const route = request.routeOptions.url ?? "unknown";
    duration.observe({ method: request.method, route, status: reply.statusCode }, reply.elapsedTime / 1000);
  });

  // By the connection itself: what a header says of the client, anybody may have written.
  const isLocal = ({ headers, socket }: FastifyRequest): boolean =>
    loopback.test(socket.remoteAddress ?? "") && !forwarding.some((name) => name in headers);
  const mayRead = (request: FastifyRequest): boolean =>
    token === undefined
      ? isLocal(request)
      : timingSafeEqual(digest(request.headers.authorization ?? ""), digest(`Bearer ${token}`));

  app.get("/metrics", async (request, reply) => {
    if (!mayRead(request)) throw new AppError("route_not_found");
    reply.header("content-type", register.contentType);
    return register.metrics();
  });
}
