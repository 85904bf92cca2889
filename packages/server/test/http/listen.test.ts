import { describe, expect, it } from "vitest";
import { createHttp, createLogger, dependingOn, listenAt, mountMetrics, requireFreePorts } from "../../src/index.js";
import { listening } from "./listening.js";

const log = createLogger({ level: "silent", name: "test" });
const createApp = () => createHttp({ log, corsOrigins: [], trustedProxies: 0, hsts: false });
const host = "127.0.0.1";

async function takenPort(): Promise<number> {
  const { listeningOrigin } = await listening({}, () => {});
  return Number(new URL(listeningOrigin).port);
}

describe("listenAt", () => {
  it("names PORT where the port is taken", async () => {
    const app = await createApp();
    await expect(listenAt(app, { host, port: await takenPort() })).rejects.toThrow(/^PORT: .*EADDRINUSE/);
    await app.close();
  });

  it("names VERO_METRICS_PORT where that is the one", async () => {
    const app = await createApp();
    const config = { NODE_ENV: "production", HOST: host, VERO_METRICS_PORT: await takenPort() };
    await mountMetrics(app, { log, config });
    await expect(listenAt(app, { host, port: 0 })).rejects.toThrow(/^VERO_METRICS_PORT: .*EADDRINUSE/);
    await app.close();
  });

  it("names HOST where the address is of another machine", async () => {
    const app = await createApp();
    await expect(listenAt(app, { host: "192.0.2.1", port: 0 })).rejects.toThrow(/^HOST: .*EADDRNOTAVAIL/);
    await app.close();
  });

  it("leaves alone what has another reason", async () => {
    const app = await createApp();
    app.addHook("onReady", async () => {
      throw new Error("a hook has failed");
    });
    await expect(listenAt(app, { host, port: 0 })).rejects.toThrow(/^a hook has failed$/);
    await app.close();
  });
});

describe("requireFreePorts", () => {
  it("names the setting of a port that is taken", async () => {
    const taken = await takenPort();
    await expect(requireFreePorts({ HOST: host, PORT: taken })).rejects.toThrow(/^PORT: .*EADDRINUSE/);
    const config = { HOST: host, PORT: 0, VERO_METRICS_PORT: taken };
    await expect(requireFreePorts(config)).rejects.toThrow(/^VERO_METRICS_PORT: .*EADDRINUSE/);
  });

  it("leaves a free port free", async () => {
    const app = await createApp();
    await listenAt(app, { host, port: 0 });
    const PORT = Number(new URL(app.listeningOrigin).port);
    await app.close();
    await requireFreePorts({ HOST: host, PORT });
    const next = await createApp();
    await listenAt(next, { host, port: PORT });
    await next.close();
  });
});

describe("dependingOn", () => {
  it("says all that went wrong where several addresses were tried", async () => {
    const tried = new AggregateError([new Error("connect ::1"), new Error("connect 127.0.0.1")]);
    const step = dependingOn("DATABASE_URL", () => Promise.reject(tried));
    await expect(step).rejects.toThrow(/^DATABASE_URL: connect ::1, connect 127\.0\.0\.1$/);
  });
});
