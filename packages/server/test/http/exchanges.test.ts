import { once } from "node:events";
import type { Socket } from "node:net";
import { Readable } from "node:stream";
import type { FastifyInstance, FastifyReply } from "fastify";
import { UnsecuredJWT } from "jose";
import { describe, expect, it } from "vitest";
import { eventually } from "../../../../test/harness/waiting.js";
import { connectTo, listening, openConnections, readToEnd } from "./listening.js";

/** More than the kernel keeps for both ends. */
const huge = "x".repeat(32 * 1024 * 1024);
const get = (path: string): string => `GET ${path} HTTP/1.1\r\nHost: x\r\n\r\n`;
const getAndClose = (path: string): string => get(path).replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n");
const post = (path: string, headers: string): string =>
  `POST ${path} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n${headers}\r\n\r\n`;
const gone = (app: FastifyInstance) => eventually(async () => expect(await openConnections(app)).toBe(0));
const bodiesOf = (answers: string): string[] => answers.match(/\{"[^}]*\}/g) ?? [];

describe("an answer that nobody reads", () => {
  it.each(["/text", "/stream"])("(%s) ends its connection once nothing has moved for a while", async (path) => {
    let begun = 0;
    const app = await listening({ timing: { stallMs: 2_000 } }, (on) => {
      on.addHook("onRequest", async () => {
        begun += 1;
      });
      on.get("/text", async () => huge);
      on.get("/stream", async (_request, reply) => reply.send(Readable.from(Array(512).fill(huge.slice(0, 65_536)))));
    });
    for (let count = 0; count < 5; count += 1) (await connectTo(app)).write(get(path));
    await eventually(() => expect(begun).toBeGreaterThan(0));
    await gone(app);
  });

  it.each(["/text", "/stream"])("(%s) ends its connection after the time, and not after twice that", async (path) => {
    const stallMs = 3_000;
    const app = await listening({ timing: { stallMs, checkMs: 100 } }, (on) => {
      on.get("/text", async () => huge);
      on.get("/stream", async (_request, reply) => reply.send(Readable.from(Array(512).fill(huge.slice(0, 65_536)))));
    });
    const connected = once(app.server, "connection") as Promise<[Socket]>;
    (await connectTo(app)).write(get(path));
    const [socket] = await connected;
    await eventually(() => expect(socket.bytesWritten).toBeGreaterThan(0));
    // Both clocks are those of the same thread: what keeps one of them waiting keeps the other.
    const late = new Promise((resolve) => setTimeout(() => resolve("late"), 1.8 * stallMs));
    expect(await Promise.race([once(socket, "close").then(() => "ended"), late])).toBe("ended");
  });

  it("is waited for while it is read, however slowly", async () => {
    const stallMs = 2_000;
    const app = await listening({ timing: { stallMs } }, (on) => {
      on.get("/", async () => huge);
    });
    const socket = await connectTo(app);
    socket.write(get("/"));
    let bytes = 0;
    const started = Date.now();
    socket.on("data", (chunk) => {
      bytes += chunk.length;
      if (Date.now() - started > 2 * stallMs) return;
      socket.pause();
      setTimeout(() => socket.resume(), 10);
    });
    socket.resume();
    await eventually(() => expect(bytes).toBeGreaterThan(huge.length));
  });

  it("of a slow handler is waited for, whose turn it is", async () => {
    const app = await listening({ timing: { stallMs: 100 } }, (on) => {
      on.get("/", async () => new Promise((resolve) => setTimeout(() => resolve({ slow: true }), 600)));
    });
    const socket = await connectTo(app);
    socket.write(getAndClose("/"));
    expect(await readToEnd(socket)).toContain('{"slow":true}');
  });

  it("keeps the requests behind it from being looked at", async () => {
    let begun = 0;
    const app = await listening({ timing: { stallMs: 2_000 } }, (on) => {
      on.get("/", async () => {
        begun += 1;
        return huge;
      });
    });
    const socket = await connectTo(app);
    socket.write(get("/").repeat(300));
    await gone(app);
    expect(begun).toBe(1);
  });

  it("is cut off after a time, however slowly it is read", async () => {
    const app = await listening({ timing: { answerMs: 400 } }, (on) => {
      on.get("/", async () => huge);
    });
    const socket = await connectTo(app);
    socket.write(get("/"));
    const reading = setInterval(() => socket.read(1_024), 20);
    await gone(app);
    clearInterval(reading);
  });
});

describe("answers that nobody reads, on all connections together", () => {
  const streamed = () => Readable.from(Array(512).fill(huge.slice(0, 65_536)));

  it.each([
    ["texts", huge.length, async () => huge],
    [
      "streams that say their length",
      huge.length,
      (_request: unknown, reply: FastifyReply) => reply.header("content-length", huge.length).send(streamed()),
    ],
    ["streams that do not", 512 * 1024, (_request: unknown, reply: FastifyReply) => reply.send(streamed())],
  ])("(%s) hold no more than a bound: who has held most for longest is cut off", async (_name, bytes, answer) => {
    let begun = 0;
    const app = await listening({ maxUnreadBytes: 3.5 * bytes }, (on) => {
      on.addHook("onRequest", async () => {
        begun += 1;
      });
      on.get("/", answer);
    });
    const ask = async (): Promise<Socket> => {
      const before = begun;
      const socket = await connectTo(app);
      socket.write(getAndClose("/"));
      await eventually(() => expect(begun).toBe(before + 1));
      return socket;
    };
    const unread: Socket[] = [];
    while (unread.length < 6) unread.push(await ask());
    await eventually(async () => expect(await openConnections(app)).toBe(3));
    // A client that reads is answered; one more of those that do not read is cut off.
    expect((await readToEnd(await ask())).length).toBeGreaterThan(huge.length);
    await eventually(async () => expect(await openConnections(app)).toBe(2));
    const lengths = await Promise.all(unread.map(async (socket) => (await readToEnd(socket)).length));
    expect(lengths.map((length) => length > huge.length)).toEqual([false, false, false, false, true, true]);
    await gone(app);
  });

  const bearer = (name: string): string => `Authorization: Bearer ${new UnsecuredJWT({ sub: name }).encode()}`;
  const addressOf: Record<string, string> = { Ada: "192.0.2.1", Grace: "192.0.2.2" };
  const from = (name: string): string => `X-Forwarded-For: ${addressOf[name]}`;

  it.each([
    { known: "a user", isAuthenticated: true, headerOf: bearer, outcome: "is kept" },
    { known: "an address", isAuthenticated: false, headerOf: from, outcome: "is kept" },
    { known: "a token that nobody has verified", isAuthenticated: false, headerOf: bearer, outcome: "is cut off" },
  ])("of one client, told by $known: the only answer of another, who reads slowly, $outcome", async (known) => {
    let begun = 0;
    const app = await listening({ maxUnreadBytes: 3.5 * huge.length, trustedProxies: 1 }, (on) => {
      on.get("/", { config: { isAuthenticated: known.isAuthenticated } }, async () => {
        begun += 1;
        return huge;
      });
    });
    const ask = async (name: string): Promise<Socket> => {
      const before = begun;
      const socket = await connectTo(app);
      socket.write(getAndClose("/").replace("\r\n\r\n", `\r\n${known.headerOf(name)}\r\n\r\n`));
      await eventually(() => expect(begun).toBe(before + 1));
      return socket;
    };
    const slow = await ask("Grace");
    for (let count = 0; count < 5; count += 1) await ask("Ada");
    await eventually(async () => expect(await openConnections(app)).toBe(3));
    expect((await readToEnd(slow)).length > huge.length ? "is kept" : "is cut off").toBe(known.outcome);
  });

  it("do not count once they have been read", async () => {
    const app = await listening({ maxUnreadBytes: 1.5 * huge.length }, (on) => {
      on.get("/", async () => huge);
    });
    for (let n = 0; n < 3; n += 1) {
      const socket = await connectTo(app);
      socket.write(getAndClose("/"));
      expect((await readToEnd(socket)).length).toBeGreaterThan(huge.length);
    }
  });
});

describe("requests that are pipelined", () => {
  const numbered = (on: FastifyInstance): void => {
    on.get("/:n", async ({ params }) => {
      const { n } = params as { n: string };
      await new Promise((resolve) => setTimeout(resolve, 10 - Number(n)));
      return { n };
    });
    on.post("/", async ({ body }) => ({ ...(body as object), got: true }));
  };

  it("are answered one after the other, bodies included", async () => {
    const app = await listening({}, numbered);
    const socket = await connectTo(app);
    const body = `${post("/", "Content-Length: 7")}{"n":1}`;
    const last = getAndClose("/3");
    socket.write(get("/1") + body + get("/2") + body + last);
    expect(bodiesOf(await readToEnd(socket))).toEqual([
      '{"n":"1"}',
      '{"n":1,"got":true}',
      '{"n":"2"}',
      '{"n":1,"got":true}',
      '{"n":"3"}',
    ]);
  });

  it("in too great a number are answered up to some number, and the connection ends", async () => {
    const app = await listening({}, numbered);
    const socket = await connectTo(app);
    socket.write(get("/5").repeat(200));
    const answers = await readToEnd(socket);
    const count = bodiesOf(answers).length;
    expect(count).toBeGreaterThan(16);
    expect(count).toBeLessThan(64);
    expect(answers.toLowerCase().lastIndexOf("connection: close")).toBeGreaterThan(answers.lastIndexOf("HTTP/1.1 200"));
  });

  it("are not begun any more when the connection has ended before their turn", async () => {
    let begun = 0;
    let finish = () => {};
    const held = new Promise<void>((resolve) => {
      finish = resolve;
    });
    const app = await listening({}, (on) => {
      on.get("/", async () => {
        begun += 1;
        await held;
        return {};
      });
    });
    const socket = await connectTo(app);
    socket.write(get("/").repeat(3));
    await eventually(() => expect(begun).toBe(1));
    socket.destroy();
    await gone(app);
    finish();
    const again = await connectTo(app);
    again.write(getAndClose("/"));
    expect(await readToEnd(again)).toContain("200 OK");
    expect(begun).toBe(2);
  });
});

describe("a body", () => {
  const routes = (on: FastifyInstance): void => {
    on.post("/", async ({ body }) => body ?? {});
    on.put("/file", { config: { isTransfer: true } }, async () => ({}));
  };

  it("that does not come in time: 408 with the id of the request, and the connection ends", async () => {
    const app = await listening({ timing: { bodyMs: 200, lingerMs: 100 } }, routes);
    const socket = await connectTo(app);
    socket.write(`${post("/", "X-Request-Id: the-id\r\nContent-Length: 100")}{`);
    const dripping = setInterval(() => socket.write(" "), 20);
    const answer = await readToEnd(socket);
    clearInterval(dripping);
    expect(answer).toMatch(/^HTTP\/1\.1 408 /);
    expect(answer).toContain('"request_id":"the-id"');
    await gone(app);
  });

  it("that nobody wants is read to a bound, and then cut off", async () => {
    const app = await listening({}, routes);
    const socket = await connectTo(app);
    socket.write(post("/", "Content-Length: 1000000000"));
    const mebibyte = Buffer.alloc(1024 * 1024, 120);
    let sent = 0;
    while ((await new Promise((resolve) => socket.write(mebibyte, resolve))) == null) sent += 1;
    expect(sent).toBeGreaterThanOrEqual(16);
    expect(sent).toBeLessThan(100);
    await gone(app);
  });

  it("that was refused leaves the connection to be used again", async () => {
    const app = await listening({}, routes);
    const socket = await connectTo(app);
    const last = getAndClose("/none");
    socket.write(post("/", "Content-Length: 300000") + "x".repeat(300_000) + last);
    expect((await readToEnd(socket)).match(/HTTP\/1\.1 \d+/g)).toEqual(["HTTP/1.1 413", "HTTP/1.1 404"]);
  });
});
