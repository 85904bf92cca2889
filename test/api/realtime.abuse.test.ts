import { closeCodes } from "@vero/contracts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { strictRates } from "../harness/accounts.js";
import { clientFrame, openRaw, type RawSocket, refusedUpgrade, requestUpgrade } from "../harness/raw-socket.js";
import { connect, realtimeToken } from "../harness/socket.js";
import { type Stack, startStack } from "../harness/stack.js";
import { waitFor } from "../harness/waiting.js";
import { upTo, useWorkspace } from "../harness/workspace.js";

const workspace = useWorkspace();

/** Authenticated, by hand. */
async function openReady(): Promise<RawSocket> {
  const raw = await openRaw(workspace.stack);
  raw.text({ t: "auth", token: await realtimeToken(workspace.ada) });
  await raw.received('"t":"ready"');
  return raw;
}

/** The close code comes, and then the end, although the client goes on and never answers the close frame. */
async function expectCutOff(raw: RawSocket, code: number): Promise<void> {
  await waitFor(async () => raw.closeCode() === code);
  const flood = setInterval(() => raw.socket.write(clientFrame("ping")), 5);
  try {
    const begun = performance.now();
    await raw.ended;
    // The server's own timer is 1 s; a library's default would be 30 s.
    expect(performance.now() - begun).toBeLessThan(20_000);
  } finally {
    clearInterval(flood);
  }
}

// Those that are cut off wait for a timer of the server, each on a socket of its own.
describe.concurrent("a flood is cut off with rate_limited", () => {
  const floods: [string, Buffer][] = [
    ["protocol pings", Buffer.concat(upTo(200).map(() => clientFrame("ping", "x")))],
    ["protocol pongs", Buffer.concat(upTo(200).map(() => clientFrame("pong")))],
    [
      "fragments of one message",
      Buffer.concat([clientFrame("text", "{", false), ...upTo(200).map(() => clientFrame("continuation", " ", false))]),
    ],
    ["ping frames", Buffer.concat(upTo(200).map((n) => clientFrame("text", JSON.stringify({ t: "ping", n }))))],
  ];

  it.each(floods)("of %s, before the token", async (_name, bytes) => {
    const raw = await openRaw(workspace.stack);
    raw.socket.write(bytes);
    await expectCutOff(raw, closeCodes.rate_limited);
  });

  it.each(floods)("of %s, after it", async (_name, bytes) => {
    const raw = await openReady();
    raw.socket.write(bytes);
    await expectCutOff(raw, closeCodes.rate_limited);
  });

  it("of large frames, more than a megabyte a second", async () => {
    const raw = await openReady();
    const d = { text: "x".repeat(60_000) };
    for (const id of upTo(30)) raw.text({ t: "req", id, op: "messages.send", d });
    await expectCutOff(raw, closeCodes.rate_limited);
  });
});

describe.concurrent("whoever does not answer a close frame", () => {
  it("is cut off, and what they send is not read", async () => {
    const raw = await openRaw(workspace.stack);
    raw.text({ t: "nonsense" });
    await expectCutOff(raw, closeCodes.bad_frame);
  });

  it("is cut off also when the end is a frame that is too large", async () => {
    const raw = await openReady();
    const part = "x".repeat(60_000);
    raw.socket.write(clientFrame("text", part, false));
    for (const isLast of [false, false, false, true]) raw.socket.write(clientFrame("continuation", part, isLast));
    await expectCutOff(raw, 1009);
  });
});

describe.concurrent("before the token", () => {
  it("no more is read than a token needs: bad_frame", async () => {
    const raw = await openRaw(workspace.stack);
    raw.socket.write(clientFrame("text", "x".repeat(9_000), false));
    await expectCutOff(raw, closeCodes.bad_frame);
  });

  it("the longest token that the contract allows is still read: auth_failed", async () => {
    const raw = await openRaw(workspace.stack);
    raw.text({ t: "auth", token: "x".repeat(4_096) });
    await expectCutOff(raw, closeCodes.auth_failed);
  });
});

describe("an honest client", () => {
  it("may send 90 frames at once, in fragments and with pings among them", async () => {
    const raw = await openReady();
    const message = [
      clientFrame("text", '{"t":"ping",', false),
      clientFrame("ping"),
      clientFrame("continuation", '"n":1}'),
    ];
    raw.socket.write(Buffer.concat(upTo(30).flatMap(() => message)));
    raw.socket.write(clientFrame("close", Buffer.from([1000 >> 8, 1000 & 0xff])));
    await raw.ended;
    expect(raw.closeCode()).toBe(1000);
  });

  it("is answered its close frame at once, and leaves nothing behind", async () => {
    const socket = await connect(workspace.stack, workspace.ada);
    const begun = performance.now();
    await socket.close();
    expect(performance.now() - begun).toBeLessThan(20_000);
  });
});

describe("where limits are as the contract says", () => {
  let strict: Stack;
  beforeAll(async () => {
    const { database, issuer } = workspace.stack;
    const node = { DATABASE_URL: database.url, VERO_PUBLIC_URL: issuer, VERO_TRUSTED_PROXIES: "1" };
    strict = await startStack({ ...node, ...strictRates });
  });
  afterAll(() => strict.close());
  const from = (address: string) => ({ "x-forwarded-for": address });

  it("fifty sockets of an address may wait for a token; one more is answered 429, and other addresses go on", async () => {
    const open = await Promise.all(upTo(50).map((n) => requestUpgrade(strict, from(`2001:db8::${n}`))));
    expect(open.map(({ status }) => status)).toEqual(open.map(() => 101));
    const refused = await refusedUpgrade(strict, from("2001:db8::ffff"));
    expect(refused.problem).toMatchObject({ status: 429, code: "rate_limited" });
    expect(refused.headers["retry-after"]).toMatch(/^[1-9]/);
    const other = await requestUpgrade(strict, from("2001:db8:0:1::1"));
    expect(other.status).toBe(101);
    for (const { socket } of [...open, other]) socket.destroy();
    await waitFor(async () => {
      const { status, socket } = await requestUpgrade(strict, from("2001:db8::1"));
      socket.destroy();
      return status === 101;
    });
  });

  it("an address asks for six hundred upgrades a minute; what comes then is answered 429 with its limit", async () => {
    const ask = () => refusedUpgrade(strict, { ...from("198.51.100.7"), "sec-websocket-key": "none" });
    for (const _ of upTo(600)) expect((await ask()).problem.code).toBe("malformed_request");
    const { problem, headers } = await ask();
    expect(problem).toMatchObject({ status: 429, code: "rate_limited" });
    expect(headers).toMatchObject({ "ratelimit-limit": "600", "retry-after": expect.stringMatching(/^[1-9]/) });
  });

  it("a user connects thirty times a minute: rate_limited, whatever address they come from", async () => {
    const outcomes: (number | undefined)[] = [];
    for (const n of upTo(32)) {
      const raw = await openRaw(strict, from(`203.0.113.${n}`));
      raw.text({ t: "auth", token: await realtimeToken(workspace.grace) });
      await Promise.race([raw.received('"t":"ready"'), raw.ended]);
      outcomes.push(raw.closeCode());
      raw.socket.destroy();
    }
    expect(outcomes.filter((code) => code === undefined).length).toBeGreaterThanOrEqual(30);
    expect(outcomes.at(-1)).toBe(closeCodes.rate_limited);
  });
});
