import { setTimeout as delay } from "node:timers/promises";
import { residentMegabytes } from "../attacks/memory.js";
import { type BaselineServer, withBaseline } from "../baselines/child.js";
import { closedLoop, takeTurns } from "../generators/closed-loop.js";
import { withCpuOf } from "../generators/cpu.js";
import { type OpenSocket, openSocket } from "../generators/sockets.js";
import type { Member } from "../load/dataset.js";
import { type Figure, figureOf, figuresOf } from "../report/figures.js";
import { withServer } from "../server.js";
import { type Benchmark, type BenchmarkContext, socketUrlsOf } from "./benchmark.js";

const connectingAtOnce = 16;
/** The product lets a person have ten sockets. */
const socketsEach = 10;
/** Sockets that come and go before memory is measured, so that what all of them need is there. */
const socketsBefore = 50;
const settleMs = 1_000;

type Open = (member: Member) => Promise<OpenSocket>;

const openOurs =
  ({ server, naive, dataset }: Pick<BenchmarkContext, "server" | "naive" | "dataset">): Open =>
  async (member) =>
    openSocket(socketUrlsOf({ server, naive }).ours, { t: "auth", token: await dataset.sign("realtime", member) });
const openNaive =
  (context: Pick<BenchmarkContext, "server" | "naive">): Open =>
  (member) =>
    openSocket(socketUrlsOf(context).naiveOf(member));
const openBare =
  ({ url }: BaselineServer): Open =>
  () =>
    openSocket(url.replace(/^http/, "ws"));

/** Connects and leaves, again and again; each client is another person. */
const comeAndGo = (open: Open, members: readonly Member[]) => (seconds: number) =>
  closedLoop({ clients: connectingAtOnce, seconds }, async (client) => {
    const { ws } = await open(members[client] as Member);
    ws.terminate();
  });

/** Opens a socket for each of the people, and closes them when the work is done. */
async function withSockets<T>(open: Open, people: readonly Member[], work: () => Promise<T>): Promise<T> {
  const sockets: OpenSocket[] = [];
  const queue = people.values();
  const connect = async () => {
    for (const member of queue) sockets.push(await open(member));
  };
  try {
    await Promise.all(Array.from({ length: connectingAtOnce }, connect));
    await delay(settleMs);
    return await work();
  } finally {
    for (const { ws } of sockets) ws.terminate();
  }
}

/** The growth of a new process with each socket that is open and idle, in KiB. */
async function kibibytesOf(open: Open, people: readonly Member[], pid: number): Promise<number> {
  const before = await withSockets(open, people.slice(0, socketsBefore), () => residentMegabytes(pid));
  const after = await withSockets(open, people, () => residentMegabytes(pid));
  return ((after - before) * 1024) / (people.length - socketsBefore);
}

/** Measures servers that have done nothing before: a heap that is used again would not grow. */
async function measureMemory(context: BenchmarkContext): Promise<Figure> {
  const { dataset, served } = context;
  const people = Array.from({ length: socketsEach }, () => dataset.team).flat();
  const settings = { DATABASE_URL: served.databaseUrl, VERO_SECRET: served.secret, VERO_PUBLIC_URL: served.issuer };
  const ours = await withServer(
    (_url, server) => kibibytesOf(openOurs({ ...context, server }), people, server.pid),
    settings,
  );
  const others = {
    "naive server": await withBaseline("naive", { DATABASE_URL: served.databaseUrl }, (naive) =>
      kibibytesOf(openNaive({ ...context, naive }), people, naive.pid),
    ),
    "bare ws": await withBaseline("broadcast", {}, (bare) => kibibytesOf(openBare(bare), people, bare.pid)),
  };
  return figureOf(`memory for each of ${people.length} idle sockets`, "KiB", ours, others);
}

export const connecting: Benchmark = {
  summary: "sockets of people with 50 conversations: how many connect in a second, and what an idle one holds",
  run: (context) =>
    withBaseline("broadcast", {}, async (bare): Promise<Figure[]> => {
      const { server, naive, seconds, dataset } = context;
      const { team } = dataset;
      const comparison = await takeTurns(seconds, withCpuOf(server.pid, comeAndGo(openOurs(context), team)), {
        "naive server": withCpuOf(naive.pid, comeAndGo(openNaive(context), team)),
        "bare ws": withCpuOf(bare.pid, comeAndGo(openBare(bare), team)),
      });
      return [
        ...figuresOf("connect, be ready, leave", ["per second", "p50 (ms)", "CPU (µs)"], comparison),
        await measureMemory(context),
      ];
    }),
};
