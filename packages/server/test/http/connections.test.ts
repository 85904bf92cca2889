import { once } from "node:events";
import { connect } from "node:net";
import type { FastifyInstance } from "fastify";
import { describe, expect, it } from "vitest";
import { eventually } from "../../../../test/harness/waiting.js";
import { boundConnections } from "../../src/http/connections.js";
import { createLogger, onUpgrade, vouchFor } from "../../src/index.js";
import { connectTo, listening, openConnections, readToEnd } from "./listening.js";

const routes = (on: FastifyInstance): void => {
  on.get("/", async () => ({}));
};
const short = { headersMs: 300, checkMs: 50, lingerMs: 100 };
const gone = (app: FastifyInstance) => eventually(async () => expect(await openConnections(app)).toBe(0));

describe("a connection that drips", () => {
  it.each([
    ["nothing at all", ""],
    ["the head of a request", "GET / HTTP/1.1\r\nHost: x\r\nX: "],
    ["the head of a second request", "GET / HTTP/1.1\r\nHost: x\r\n\r\nGET / HTTP/1.1\r\nX: "],
    ["the head of an upgrade", "GET /ws HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nX: "],
  ])("%s holds no descriptor after its time, though it goes on sending and reads nothing", async (_name, text) => {
    const app = await listening({ timing: short }, routes);
    const sockets = await Promise.all(Array.from({ length: 40 }, () => connectTo(app)));
    for (const socket of sockets) socket.write(text);
    const dripping = setInterval(() => {
      for (const socket of sockets) if (text !== "" && socket.writable) socket.write("x");
    }, 20);
    await gone(app);
    clearInterval(dripping);
  });

  it("is told 408 before it ends", async () => {
    const app = await listening({ timing: short }, routes);
    const socket = await connectTo(app);
    socket.write("GET / HTTP/1.1\r\nHost: x\r\nX: ");
    const answer = await readToEnd(socket);
    expect(answer).toMatch(/^HTTP\/1\.1 408 /);
    expect(answer).toContain('"code":"request_timeout"');
    expect(answer.toLowerCase()).toContain("application/problem+json");
  });

  it("makes no request of what it sends after that", async () => {
    let begun = 0;
    const app = await listening({ timing: { ...short, lingerMs: 2_000 } }, (on) => {
      on.get("/", async () => {
        begun += 1;
        return {};
      });
    });
    const socket = await connectTo(app);
    socket.write("GET / HTTP/1.1\r\nHost: x\r\nX: ");
    await once(socket.resume(), "data");
    socket.write("x\r\n\r\nGET / HTTP/1.1\r\nHost: x\r\n\r\n");
    socket.end();
    await gone(app);
    expect(begun).toBe(0);
  });
});

describe("connections", () => {
  it("beyond all that there may be are refused, and taken again when others have ended", async () => {
    const app = await listening({ connections: { total: 3, anonymousPerAddress: undefined } }, routes);
    const sockets = [await connectTo(app), await connectTo(app), await connectTo(app)];
    await eventually(async () => expect(await openConnections(app)).toBe(3));
    expect(await readToEnd(await connectTo(app))).toBe("");
    sockets[0]?.destroy();
    await eventually(async () => expect(await openConnections(app)).toBe(2));
    const last = await connectTo(app);
    last.write("GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    expect(await readToEnd(last)).toContain("200 OK");
  });

  it("of one address beyond its share are refused, while those of another are taken", async () => {
    const app = await listening({}, (on) => {
      on.get("/", async () => ({}));
      on.get("/mine", { config: { isAuthenticated: true } }, async () => ({}));
      // As for addresses elsewhere: here all of them are those of this machine.
      const log = createLogger({ level: "silent", name: "test" });
      boundConnections(on, { total: 100, anonymousPerAddress: 2 }, log, () => false);
    });
    const { port } = new URL(app.listeningOrigin);
    const from = async (localAddress: string, path = "/", headers = "") => {
      const socket = connect({ host: "127.0.0.1", port: Number(port), localAddress }).on("error", () => {});
      socket.write(`GET ${path} HTTP/1.1\r\nHost: x\r\n${headers}\r\n`);
      const answered = await Promise.race([
        once(socket, "data").then(() => true),
        once(socket, "close").then(() => false),
      ]);
      return { socket, answered };
    };
    const first = await from("127.0.0.2");
    const second = await from("127.0.0.2");
    expect([first.answered, second.answered]).toEqual([true, true]);
    expect((await from("127.0.0.2")).answered).toBe(false);
    const other = await from("127.0.0.3");
    expect(other.answered).toBe(true);
    // One that has shown a token counts no longer; one that only says so does.
    second.socket.write("GET / HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer x\r\n\r\n");
    await once(second.socket, "data");
    expect((await from("127.0.0.2")).answered).toBe(false);
    second.socket.write("GET /mine HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer x\r\n\r\n");
    await once(second.socket, "data");
    await eventually(async () => expect((await from("127.0.0.2")).answered).toBe(true));
    for (const { socket } of [first, second, other]) socket.destroy();
  });

  it("of one address that ask for an upgrade count until a WebSocket has been opened", async () => {
    let begun = 0;
    const app = await listening({}, (on) => {
      on.addHook("onRequest", async () => {
        begun += 1;
      });
      on.post("/", async () => ({}));
      const log = createLogger({ level: "silent", name: "test" });
      boundConnections(on, { total: 100, anonymousPerAddress: 2 }, log, () => false);
      onUpgrade(on, ({ url }, socket) => {
        if (url !== "/ws") return false;
        socket.write("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n");
        vouchFor(socket);
        socket.on("end", () => socket.end()).resume();
        return true;
      });
    });
    const upgrade = (head: string, to: string) =>
      `${head} HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: ${to}\r\n`;
    const open = await connectTo(app);
    open.write(`${upgrade("GET /ws", "websocket")}\r\n`);
    await once(open.resume(), "data");
    for (const to of ["h2c", "websocket"]) {
      const socket = await connectTo(app);
      socket.write(`${upgrade("POST /", to)}Content-Type: application/json\r\nContent-Length: 100\r\n\r\n`);
    }
    await eventually(() => expect(begun).toBe(2));
    expect(await readToEnd(await connectTo(app))).toBe("");
  });
});
