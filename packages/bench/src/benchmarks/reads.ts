import { type BaselineServer, withBaseline } from "../baselines/child.js";
import { closedLoop, type Run, takeTurns } from "../generators/closed-loop.js";
import { withCpuOf } from "../generators/cpu.js";
import { createHttpClient, type HttpClient } from "../generators/http.js";
import type { Dataset, Member } from "../load/dataset.js";
import { type Figure, figuresOf } from "../report/figures.js";
import { say } from "../tool.js";
import { type Benchmark, type BenchmarkContext, clientCount, oneOf } from "./benchmark.js";

interface Reader {
  member: Member;
  authorization: string;
  held: object;
}

interface Read {
  name: string;
  /** Fewer than usual where the shares of an operation let only few wait. */
  clients?: number;
  /** Those with many conversations, where it is about these. */
  isQuiet?: true;
  ours(http: HttpClient, reader: Reader): Promise<void>;
  /** Does the same to the naive server, where it can. */
  naive?(http: HttpClient, reader: Reader): Promise<void>;
}

const get =
  (pathOf: (member: Member) => string): Read["ours"] =>
  (http, { member, authorization }) =>
    http.get(pathOf(member), authorization);
const getNaive =
  (pathOf: (member: Member) => string): NonNullable<Read["naive"]> =>
  (http, { member }) =>
    http.get(pathOf(member), member.user_id);
const pageOf = ({ conversationIds }: Member) => `/conversations/${oneOf(conversationIds)}/messages?limit=30`;

const syncPath = "/v1/chat/messages/sync";

/** The request for a sync of a client that holds all of its conversations, and has synchronised before. */
async function heldBy(url: string, dataset: Dataset, member: Member, authorization: string): Promise<object> {
  const conversations = (await dataset.positionsOf(member)).slice(0, 100);
  const answer = await fetch(new URL(syncPath, url), {
    method: "POST",
    headers: { authorization, "content-type": "application/json" },
    body: JSON.stringify({ conversations }),
  });
  const { user_cursor } = (await answer.json()) as { user_cursor: string };
  return { conversations, user_cursor };
}

const all: Read[] = [
  {
    name: "30 conversations",
    ours: get(() => "/v1/chat/conversations?limit=30"),
    naive: getNaive(() => "/conversations?limit=30"),
  },
  { name: "one conversation", ours: get(({ conversationIds }) => `/v1/chat/conversations/${oneOf(conversationIds)}`) },
  { name: "unread counts", ours: get(() => "/v1/chat/conversations/unread") },
  { name: "30 messages", ours: get((member) => `/v1/chat${pageOf(member)}`), naive: getNaive(pageOf) },
  {
    name: "sync of 100 quiet ones",
    clients: 10,
    isQuiet: true,
    ours: (http, { authorization, held }) => http.post(syncPath, authorization, held),
  },
  { name: "search, common word", clients: 8, ours: get(() => "/v1/chat/messages/search?q=the&limit=20") },
  { name: "search, rare word", clients: 8, ours: get(() => "/v1/chat/messages/search?q=porter&limit=20") },
  { name: "GET /auth/me", ours: get(() => "/auth/me") },
  { name: "GET /v1/messaging/token", ours: get(() => "/v1/messaging/token") },
];

async function measure({ server, naive, dataset, seconds }: BenchmarkContext, read: Read, bare: BaselineServer) {
  const clients = read.clients ?? clientCount;
  const members = (read.isQuiet ? dataset.quiet : dataset.team).slice(0, clients);
  const readers = await Promise.all(
    members.map(async (member) => {
      const authorization = `Bearer ${await dataset.sign("access", member)}`;
      const held = read.isQuiet ? await heldBy(server.url, dataset, member, authorization) : {};
      return { member, authorization, held };
    }),
  );
  const https = [server, naive, bare].map(({ url }) => createHttpClient(url, clients));
  const [ours, theirs, least] = https as [HttpClient, HttpClient, HttpClient];
  const loop = ({ pid }: { pid: number }, act: (reader: Reader) => Promise<void>): Run =>
    withCpuOf(pid, (seconds) => closedLoop({ clients, seconds }, (client) => act(readers[client] as Reader)));
  const { naive: readNaive } = read;
  try {
    return await takeTurns(
      seconds,
      loop(server, (reader) => read.ours(ours, reader)),
      {
        ...(readNaive && { "naive server": loop(naive, (reader) => readNaive(theirs, reader)) }),
        "SELECT 1": loop(bare, () => least.get("/one?limit=30", "none")),
      },
    );
  } finally {
    await Promise.all(https.map((http) => http.close()));
  }
}

export const reads: Benchmark = {
  summary: "what clients ask for: lists, pages, counts, sync, search, tokens",
  run: (context) =>
    withBaseline("bare", { DATABASE_URL: context.dataset.databaseUrl }, async (bare) => {
      const figures: Figure[] = [];
      for (const read of all) {
        try {
          const comparison = await measure(context, read, bare);
          figures.push(...figuresOf(read.name, ["per second", "p50 (ms)", "CPU (µs)"], comparison));
        } catch (error) {
          // A large database may be too much for one of them: the others are measured all the same.
          say(`  ${read.name}: ${(error as Error).message}`);
        }
      }
      return figures;
    }),
};
