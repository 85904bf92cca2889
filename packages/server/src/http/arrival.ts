import type { FastifyRequest } from "fastify";

declare module "fastify" {
  interface FastifyContextConfig {
    /** Moves a file: may take long, as long as it moves. */
    isTransfer?: boolean;
  }
}

/** How long a request may take to arrive, in milliseconds. */
const usual = 30_000;
/** 100 MB at 256 kbit/s, in milliseconds. */
export const longestTransferMs = 3_600_000;
/** How long a transfer may stand still, in either direction. */
const standstill = 30_000;

/** As Node does with what is late: it is answered, and the connection ends. */
function refuse({ server, raw }: FastifyRequest): void {
  if (raw.complete) return;
  const error = Object.assign(new Error("The request did not arrive in time."), { code: "ERR_HTTP_REQUEST_TIMEOUT" });
  server.server.emit("clientError", error, raw.socket);
}

/** In place of Node's `requestTimeout`, which makes no difference between a login and an upload. */
export function arriveInTime(request: FastifyRequest): void {
  const { raw, headers } = request;
  const isTransfer = request.routeOptions.config.isTransfer ?? false;
  if (isTransfer) raw.setTimeout(standstill);
  if (headers["content-length"] === undefined && headers["transfer-encoding"] === undefined) return;
  const timer = setTimeout(() => refuse(request), isTransfer ? longestTransferMs : usual).unref();
  raw.once("close", () => clearTimeout(timer));
}
