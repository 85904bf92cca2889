import { once } from "node:events";
import type { Socket } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import type { Attack, AttackContext } from "./attack.js";
import { countHeld, headOf, openConnection } from "./connections.js";
import { createHeavyGroup, idsOf } from "./heavy.js";
import type { Member } from "./members.js";

/** The connections of each member: some that ask for lists, and as many that ask for a document, which no share slows down. */
const connectionsEach = 3;
/** The kernel takes the first megabytes off the server's hands. */
const requestsEach = 24;
/** So long after the last progress a connection is to be gone, in milliseconds … */
const limitMs = 30_000;
/** … and so long it may take on a busy machine. */
const slackMs = 5_000;

let group = "";

const list = () => `/v1/chat/conversations/${group}/messages?limit=200`;
const document = () => "/openapi.json";

/** Asks for the same again and again, and reads no further than that the first answer has begun. */
async function ask(url: string, { headers }: Member, path: string): Promise<{ socket: Socket; hasBegun: boolean }> {
  const socket = await openConnection(url);
  const request = headOf(`GET ${path}`, headers);
  socket.write(`${request}\r\n`.repeat(requestsEach));
  socket.resume();
  const first = await new Promise<Buffer | undefined>((resolve) => {
    socket.once("data", resolve).once("close", () => resolve(undefined));
  });
  socket.pause();
  return { socket, hasBegun: first?.toString("latin1", 0, 12) === "HTTP/1.1 200" };
}

async function askAll(
  { url, attackers }: AttackContext,
  paths: readonly string[],
): Promise<{ sockets: Socket[]; begun: number }> {
  const asked = await Promise.all(
    attackers.flatMap((member) =>
      paths.flatMap((path) => Array.from({ length: connectionsEach }, () => ask(url, member, path))),
    ),
  );
  return { sockets: asked.map(({ socket }) => socket), begun: asked.filter(({ hasBegun }) => hasBegun).length };
}

export const unread: Attack = {
  summary: "60 connections that ask for lists of 500 kB and for documents, and do not read them",
  attackers: 10,
  async prepare({ attackers: [owner, ...others] }) {
    if (owner !== undefined) group = await createHeavyGroup(owner, await idsOf(others), 120);
  },
  async run(context, ended) {
    const { sockets, begun } = await askAll(context, [list(), document()]);
    if (!ended.aborted) await once(ended, "abort");
    for (const socket of sockets) socket.destroy();
    return begun;
  },
  async verify(context) {
    // The kernel takes some of a document at once; from then on nothing moves.
    const { sockets } = await askAll(context, [document(), document()]);
    await delay(limitMs + slackMs);
    const held = await countHeld(sockets);
    for (const socket of sockets) socket.destroy();
    const name = `still held ${(limitMs + slackMs) / 1_000} s later, of ${sockets.length}`;
    return [{ name, figure: `${held}`, isWithin: held === 0 }];
  },
};
