import { type BaselineServer, withBaseline } from "../baselines/child.js";
import { closedLoop, type Run, takeTurns } from "../generators/closed-loop.js";
import { withCpuOf } from "../generators/cpu.js";
import { createHttpClient, type HttpClient } from "../generators/http.js";
import { openReceivers, type Receivers, steadily } from "../generators/receivers.js";
import { openSocket } from "../generators/sockets.js";
import type { Member } from "../load/dataset.js";
import { type Figure, figuresOf } from "../report/figures.js";
import { type Benchmark, type BenchmarkContext, oneOf, socketUrlsOf } from "./benchmark.js";

const text = "Whoever reads this was connected at the time, and is one of very many.";
const crowds = [500, 1_000];
/** Sends that are under way at once: the next is written while the one before is delivered. */
const sendsAtOnce = 4;
const steadyRate = 200;

/** A server with sockets of the same people: the product, or what it is compared with. */
interface Side {
  pid: number;
  receivers: Receivers;
  http: HttpClient;
  close(): Promise<void>;
}

async function openSide(
  { url, pid }: { url: string; pid: number },
  members: readonly Member[],
  open: Parameters<typeof openReceivers>[1],
) {
  const http = createHttpClient(url, 64);
  const receivers = await openReceivers(members.length, open);
  const close = async () => {
    receivers.close();
    await http.close();
  };
  return { pid, receivers, http, close } satisfies Side;
}

/** Opens a socket for each of the people, at the product and at the naive server. */
async function openSides(context: BenchmarkContext, members: readonly Member[]): Promise<{ ours: Side; naive: Side }> {
  const urls = socketUrlsOf(context);
  const at = (index: number) => members[index] as Member;
  const ours = await openSide(context.server, members, async (index) =>
    openSocket(urls.ours, { t: "auth", token: await context.dataset.sign("realtime", at(index)) }),
  );
  return { ours, naive: await openSide(context.naive, members, (index) => openSocket(urls.naiveOf(at(index)))) };
}

/** Sends again and again to so many sockets, and counts deliveries. */
const fanOut = ({ receivers, pid }: Side, count: number, send: (text: string) => Promise<void>): Run =>
  withCpuOf(pid, async (seconds) => {
    const latencies: number[] = [];
    const { seconds: took } = await closedLoop({ clients: sendsAtOnce, seconds }, async () => {
      for (const latency of await receivers.deliver(text, count, send)) latencies.push(latency);
    });
    return { count: latencies.length, seconds: took, latencies };
  });

async function measureCrowds(context: BenchmarkContext, bare: BaselineServer): Promise<Figure[]> {
  const { crowd, sign } = context.dataset;
  const { ours, naive } = await openSides(context, crowd);
  const least = await openSide(bare, crowd, () => openSocket(bare.url.replace(/^http/, "ws")));
  const figures: Figure[] = [];
  try {
    for (const size of crowds) {
      const isIn = (id: string) => crowd.filter(({ conversationIds }) => conversationIds.includes(id)).length === size;
      const sender = crowd.find(({ conversationIds }) => conversationIds.some(isIn)) as Member;
      const conversation_id = sender.conversationIds.find(isIn);
      const authorization = `Bearer ${await sign("access", sender)}`;
      const comparison = await takeTurns(
        context.seconds,
        fanOut(ours, size, (text) =>
          ours.http.post("/v1/chat/messages/send", authorization, { conversation_id, text }),
        ),
        {
          "naive server": fanOut(naive, size, (text) =>
            naive.http.post("/messages", sender.user_id, { conversation_id, text }),
          ),
          "bare ws": fanOut(least, size, (text) => least.http.post(`/${size}`, "none", { t: "message", text })),
        },
      );
      figures.push(
        ...figuresOf(`one conversation to ${size} sockets`, ["per second", "p99 (ms)", "CPU (µs)"], comparison),
      );
    }
    return figures;
  } finally {
    await Promise.all([ours.close(), naive.close(), least.close()]);
  }
}

async function measureSteady(context: BenchmarkContext): Promise<Figure[]> {
  const { team, sign } = context.dataset;
  const { ours, naive } = await openSides(context, team);
  const tokens = new Map(
    await Promise.all(team.map(async (member) => [member, `Bearer ${await sign("access", member)}`] as const)),
  );
  const run =
    ({ receivers }: Side, send: (sender: Member, input: object) => Promise<void>): Run =>
    (seconds) =>
      steadily(steadyRate, seconds, () => {
        const sender = oneOf(team);
        const conversation_id = oneOf(sender.conversationIds);
        return receivers.deliver(text, 5, (text) => send(sender, { conversation_id, text }));
      });
  try {
    const comparison = await takeTurns(
      context.seconds,
      run(ours, (sender, input) => ours.http.post("/v1/chat/messages/send", tokens.get(sender) ?? "", input)),
      { "naive server": run(naive, (sender, input) => naive.http.post("/messages", sender.user_id, input)) },
    );
    return figuresOf(`send to delivery, ${steadyRate} sends/s`, ["p50 (ms)", "p99 (ms)"], comparison);
  } finally {
    await Promise.all([ours.close(), naive.close()]);
  }
}

export const delivery: Benchmark = {
  summary: "deliveries to sockets: from one conversation to very many, and of 200 sends a second to groups of five",
  run: async (context) => [
    ...(await measureSteady(context)),
    ...(await withBaseline("broadcast", {}, (bare) => measureCrowds(context, bare))),
  ],
};
