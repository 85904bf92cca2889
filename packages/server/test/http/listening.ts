import { once } from "node:events";
import { connect, type Socket } from "node:net";
import type { FastifyInstance } from "fastify";
import { afterEach } from "vitest";
import { createHttp, createLogger } from "../../src/index.js";

type Options = Partial<Parameters<typeof createHttp>[0]>;

const log = createLogger({ level: "silent", name: "test" });
const apps: FastifyInstance[] = [];
const sockets: Socket[] = [];

afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  for (const app of apps.splice(0)) {
    app.server.closeAllConnections();
    await app.close();
  }
});

/** A server of ours on a real port, which ends with the test. */
export async function listening(options: Options, routes: (app: FastifyInstance) => void | Promise<void>) {
  const app = await createHttp({ log, corsOrigins: [], trustedProxies: 0, hsts: false, ...options });
  apps.push(app);
  await routes(app);
  await app.listen({ host: "127.0.0.1", port: 0 });
  return app;
}

/** A connection on which nothing is read until somebody does. */
export async function connectTo(app: FastifyInstance): Promise<Socket> {
  const { hostname, port } = new URL(app.listeningOrigin);
  const socket = connect(Number(port), hostname)
    .pause()
    .on("error", () => {});
  sockets.push(socket);
  await once(socket, "connect");
  return socket;
}

/** All that comes until the connection is closed by the other side. */
export async function readToEnd(socket: Socket): Promise<string> {
  let text = "";
  socket.setEncoding("utf8").on("data", (chunk) => {
    text += chunk;
  });
  socket.resume();
  if (!socket.closed) await once(socket, "close");
  return text;
}

export const openConnections = (app: FastifyInstance): Promise<number> =>
  new Promise((resolve, reject) =>
    app.server.getConnections((error, count) => (error ? reject(error) : resolve(count))),
  );
