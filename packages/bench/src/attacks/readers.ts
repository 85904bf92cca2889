import { once } from "node:events";
import { setTimeout as delay } from "node:timers/promises";
import type { Attack, AttackContext } from "./attack.js";
import { idsOf } from "./heavy.js";
import type { Member } from "./members.js";
import { type OpenSocket, openSocket, showToken, tokenOf } from "./sockets.js";

/** As many as a user may have. */
const socketsEach = 10;
const pingMs = 1_000;
/** Those who keep the group busy, at a pace that the rate of sending allows, in milliseconds. */
const writers = 4;
const sendMs = 250;
const text = "words of a long text ".repeat(470);
const metadata = { blob: "x".repeat(16_000) };

/** Before the server notices anything, the kernel takes about four megabytes for each socket. */
const roundMs = 30_000;

let group = "";
const counted = { opened: 0, leftOpen: 0 };

/** A socket that has been let in, and is not read from then on. */
async function openDead(url: string, member: Member): Promise<OpenSocket | undefined> {
  const token = await tokenOf(member);
  const socket = token === undefined ? undefined : await openSocket(url, member.headers);
  if (socket === undefined || token === undefined || !(await showToken(socket, token))) return undefined;
  socket.ws.pause();
  return socket;
}

async function openAll({ url, attackers }: AttackContext): Promise<OpenSocket[]> {
  const ofEach = attackers.map(async (member) => {
    const sockets: OpenSocket[] = [];
    for (let n = 0; n < socketsEach; n += 1) {
      const socket = await openDead(url, member);
      if (socket !== undefined) sockets.push(socket);
    }
    return sockets;
  });
  return (await Promise.all(ofEach)).flat();
}

async function keepBusy({ request }: Member, ended: AbortSignal): Promise<void> {
  while (!ended.aborted) {
    await request("POST", "/v1/chat/messages/send", { conversation_id: group, text, metadata });
    await delay(sendMs);
  }
}

export const readers: Attack = {
  summary: "200 sockets that send pings and read nothing, in a group with 16 messages of 26 KB a second",
  attackers: 20,
  roundMs,
  async prepare({ attackers: [owner, ...others] }) {
    if (owner === undefined) return;
    const participant_ids = await idsOf(others);
    group = (await owner.vero.conversations.create({ type: "group", name: "Busy", participant_ids })).id;
  },
  async run(context, ended) {
    const sockets = await openAll(context);
    const pinging = setInterval(() => {
      for (const { ws } of sockets) if (ws.readyState === ws.OPEN) ws.ping();
    }, pingMs);
    await Promise.all(context.attackers.slice(0, writers).map((member) => keepBusy(member, ended)));
    if (!ended.aborted) await once(ended, "abort");
    clearInterval(pinging);
    counted.opened += sockets.length;
    counted.leftOpen += sockets.filter(({ connection }) => !connection.destroyed).length;
    for (const { ws } of sockets) ws.terminate();
    return sockets.length;
  },
  async verify() {
    const { opened, leftOpen } = counted;
    return [
      { name: `still open after ${roundMs / 1_000} s`, figure: `${leftOpen} of ${opened}`, isWithin: leftOpen === 0 },
    ];
  },
};
