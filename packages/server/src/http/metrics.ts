import { createHash, timingSafeEqual } from "node:crypto";
import { AppError } from "@vero/contracts";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { collectDefaultMetrics, Histogram, Registry } from "prom-client";
import { intervalJobRuns } from "../jobs/interval-jobs.js";
import type { Logger } from "../log/logger.js";
import { createHttp } from "./app.js";
import { listenAt } from "./listen.js";

const forwarding = ["forwarded", "x-forwarded-for", "x-real-ip"];
const loopback = /^(127\.|::1$|::ffff:127\.)/;

const digest = (text: string): Buffer => createHash("sha256").update(text).digest();

/**
 * Tells whether a request was made on this machine. The connection decides, because anybody can forge a header; a
 * forwarding header shows that a proxy on this machine passed the request on.
 */
const isLocal = ({ headers, socket }: FastifyRequest): boolean =>
  loopback.test(socket.remoteAddress ?? "") && !forwarding.some((name) => name in headers);

const presents = (token: string) => {
  const expected = digest(`Bearer ${token}`);
  return ({ headers }: FastifyRequest): boolean => timingSafeEqual(digest(headers.authorization ?? ""), expected);
};

/** Measures the requests of `app` by route, the interval jobs and the resources of the process. */
function observe(app: FastifyInstance): Registry {
  const register = new Registry();
  collectDefaultMetrics({ register });
  register.registerMetric(intervalJobRuns);
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
  return register;
}

/** Mounts /metrics. Requests that may not read it are answered as if there were no such route. */
function mountAt(app: FastifyInstance, register: Registry, mayRead: (request: FastifyRequest) => boolean): void {
  app.get("/metrics", async (request, reply) => {
    if (!mayRead(request)) throw new AppError("route_not_found");
    reply.header("content-type", register.contentType);
    return register.metrics();
  });
}

export interface MetricsOptions {
  log: Logger;
  config: {
    NODE_ENV: string;
    HOST: string;
    VERO_METRICS_TOKEN?: string | undefined;
    VERO_METRICS_PORT?: number | undefined;
  };
}

/**
 * Serves the Prometheus metrics of this process at `/metrics`: to requests that present the token, or on a port of its
 * own. With neither of the two it answers only in development, and only requests made on this machine; those that come
 * through a local proxy which adds no header count as such.
 */
export async function mountMetrics(app: FastifyInstance, { log, config }: MetricsOptions): Promise<void> {
  const { VERO_METRICS_TOKEN: token, VERO_METRICS_PORT: port } = config;
  const register = observe(app);
  if (token !== undefined) mountAt(app, register, presents(token));
  else if (port === undefined && config.NODE_ENV !== "production") mountAt(app, register, isLocal);
  if (port === undefined) return;

  const listener = await createHttp({ log, corsOrigins: [], trustedProxies: 0, hsts: false });
  mountAt(listener, register, token === undefined ? () => true : presents(token));
  app.addHook("onReady", async () => {
    await listenAt(listener, { host: config.HOST, port, setting: "VERO_METRICS_PORT" });
    log.info({ address: listener.listeningOrigin }, "metrics are listening");
  });
  app.addHook("onClose", () => listener.close());
}
