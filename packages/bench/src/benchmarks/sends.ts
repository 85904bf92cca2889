import { randomBytes } from "node:crypto";
import { insertDirectly } from "../baselines/transactions.js";
import { type Comparison, closedLoop, type Run, takeTurns } from "../generators/closed-loop.js";
import { withCpuOf } from "../generators/cpu.js";
import { createHttpClient } from "../generators/http.js";
import { openCallingSocket } from "../generators/sockets.js";
import type { Member } from "../load/dataset.js";
import { figuresOf } from "../report/figures.js";
import { createTexts } from "../texts.js";
import { type Benchmark, type BenchmarkContext, clientCount, oneOf, socketUrlsOf } from "./benchmark.js";

const made = createTexts(2);
const texts = Array.from({ length: 500 }, () => made.message("latin"));

/** Somebody who sends, and where to: always to the same conversation, or each time to another of their own. */
interface Sender {
  member: Member;
  authorization: string;
  conversationIds: readonly string[];
}

/** The input of a send; a key of its own makes each a new message. */
const inputTo = ({ conversationIds }: Sender) => ({
  conversation_id: oneOf(conversationIds),
  client_message_id: randomBytes(12).toString("hex"),
  text: oneOf(texts),
});

async function overHttp({ server, naive, dataset, seconds }: BenchmarkContext, senders: readonly Sender[]) {
  const clients = senders.length;
  const [ours, theirs] = [createHttpClient(server.url, clients), createHttpClient(naive.url, clients)];
  const loop = (act: (sender: Sender) => Promise<void>, count: number) => (seconds: number) =>
    closedLoop({ clients: count, seconds }, (client) => act(senders[client] as Sender));
  try {
    return await takeTurns(
      seconds,
      withCpuOf(
        server.pid,
        loop((sender) => ours.post("/v1/chat/messages/send", sender.authorization, inputTo(sender)), clients),
      ),
      {
        "naive server": withCpuOf(
          naive.pid,
          loop((sender) => theirs.post("/messages", sender.member.user_id, inputTo(sender)), clients),
        ),
        // As many at once as there are connections.
        "a transaction each": loop(
          ({ member, conversationIds }) => insertDirectly(dataset.sql, member, oneOf(conversationIds), oneOf(texts)),
          Math.min(32, clients),
        ),
      },
    );
  } finally {
    await Promise.all([ours.close(), theirs.close()]);
  }
}

async function overSockets(context: BenchmarkContext, senders: readonly Sender[]): Promise<Comparison> {
  const { sign } = context.dataset;
  const urls = socketUrlsOf(context);
  const ours = await Promise.all(
    senders.map(async ({ member }) =>
      openCallingSocket(urls.ours, { t: "auth", token: await sign("realtime", member) }),
    ),
  );
  const theirs = await Promise.all(senders.map(({ member }) => openCallingSocket(urls.naiveOf(member))));
  const loop = (pid: number, act: (sender: Sender, client: number) => Promise<void> | undefined): Run =>
    withCpuOf(pid, (seconds) =>
      closedLoop({ clients: senders.length, seconds }, async (client) => act(senders[client] as Sender, client)),
    );
  try {
    return await takeTurns(
      context.seconds,
      loop(context.server.pid, (sender, client) =>
        ours[client]?.call((id) => ({ t: "req", id, op: "messages.send", d: inputTo(sender) })),
      ),
      {
        "naive server": loop(context.naive.pid, (sender, client) =>
          theirs[client]?.call((id) => ({ id, ...inputTo(sender) })),
        ),
      },
    );
  } finally {
    for (const socket of [...ours, ...theirs]) socket.close();
  }
}

export const sends: Benchmark = {
  summary: "sends of texts: over all conversations and to one, by HTTP and by socket, by many and by one",
  async run(context) {
    const { dataset } = context;
    const signed = async (member: Member, conversationIds = member.conversationIds): Promise<Sender> => ({
      ...{ member, conversationIds },
      authorization: `Bearer ${await dataset.sign("access", member)}`,
    });
    const many = await Promise.all(dataset.team.slice(0, clientCount).map((member) => signed(member)));
    const hot = many[0]?.conversationIds[0] as string;
    const group = dataset.team.filter(({ conversationIds }) => conversationIds.includes(hot));
    const crowded = Array.from({ length: clientCount }, (_, client) => group[client % group.length] as Member);
    const toOne = await Promise.all(crowded.map((member) => signed(member, [hot])));

    const metrics = ["per second", "p50 (ms)", "p99 (ms)", "CPU (µs)"] as const;
    return [
      ...figuresOf(`${clientCount} clients, all conversations`, metrics, await overHttp(context, many)),
      ...figuresOf(`${clientCount} clients, one conversation`, metrics, await overHttp(context, toOne)),
      ...figuresOf(`${clientCount} sockets, all conversations`, metrics, await overSockets(context, many)),
      ...figuresOf("one client", ["p50 (ms)"], await overHttp(context, many.slice(0, 1))),
    ];
  },
};
