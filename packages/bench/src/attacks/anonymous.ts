import { setMaxListeners } from "node:events";
import { setTimeout as delay } from "node:timers/promises";
import type { Attack, AttackContext } from "./attack.js";
import { type Member, nextAddress } from "./members.js";
import { type OpenSocket, openSocket, showToken, tokenOf } from "./sockets.js";

/** Sockets that are wanted from one address at once, and the pause of each after a refusal, in milliseconds. */
const wanted = 400;
const pauseMs = 4_000;
/** The sockets of an address before a token is accepted; a close may be under way. */
const maxOpen = 50 + 10;
/** The pause after a refused token, as clients make it, in milliseconds. */
const refusedMs = 500;
/** How often each token is shown. */
const shows = 3;

const counted = { open: new Set<OpenSocket>(), mostOpen: 0, taken: 0, takenAgain: 0 };

const pause = (ms: number, ended: AbortSignal): Promise<void> =>
  delay(ms * (0.75 + Math.random() / 2), undefined, { signal: ended }).catch(() => {});

/** Opens sockets and says nothing on them, until the server closes them. */
async function sayNothing(url: string, from: Readonly<Record<string, string>>, ended: AbortSignal): Promise<number> {
  let opened = 0;
  // Not all in the same moment.
  await pause(Math.random() * pauseMs, ended);
  while (!ended.aborted) {
    const socket = await openSocket(url, from);
    if (socket === undefined) {
      await pause(pauseMs, ended);
      continue;
    }
    opened += 1;
    counted.open.add(socket);
    counted.mostOpen = Math.max(counted.mostOpen, counted.open.size);
    await new Promise((resolve) => socket.ws.once("close", resolve));
    counted.open.delete(socket);
  }
  return opened;
}

/** Connects, leaves and comes back, and shows each token more than once. */
async function comeBack(url: string, member: Member, ended: AbortSignal): Promise<void> {
  while (!ended.aborted) {
    const token = await tokenOf(member);
    if (token === undefined) await pause(refusedMs, ended);
    for (let n = 0; n < shows && token !== undefined; n += 1) {
      const socket = await openSocket(url, member.headers);
      if (socket === undefined) continue;
      const isTaken = await showToken(socket, token);
      socket.ws.terminate();
      if (isTaken && n === 0) counted.taken += 1;
      if (isTaken && n > 0) counted.takenAgain += 1;
    }
  }
}

const from = nextAddress();

export const anonymous: Attack = {
  summary: "400 sockets without a token from one address, and 10 members who come back all the time",
  attackers: 10,
  async prepare() {},
  async run({ url, attackers }: AttackContext, ended) {
    const before = counted.taken;
    // Each of the sockets waits for the end.
    setMaxListeners(0, ended);
    ended.addEventListener("abort", () => {
      for (const { ws } of counted.open) ws.terminate();
    });
    const [opened] = await Promise.all([
      Promise.all(Array.from({ length: wanted }, () => sayNothing(url, from, ended))),
      Promise.all(attackers.map((member) => comeBack(url, member, ended))),
    ]);
    return opened.reduce((sum, count) => sum + count, 0) + counted.taken - before;
  },
  async verify() {
    return [
      {
        name: "open from one address, at most",
        figure: `${counted.mostOpen}`,
        isWithin: counted.mostOpen > 0 && counted.mostOpen <= maxOpen,
      },
      { name: "tokens taken", figure: `${counted.taken}`, isWithin: counted.taken > 0 },
      { name: "tokens taken again", figure: `${counted.takenAgain}`, isWithin: counted.takenAgain === 0 },
    ];
  },
};
