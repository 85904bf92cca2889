import type { BaselineServer } from "../baselines/child.js";
import type { Dataset, Member, Served } from "../load/dataset.js";
import type { Figure } from "../report/figures.js";
import type { Server } from "../server.js";

export interface BenchmarkContext {
  /** The product: the built standalone in a process of its own. */
  server: Pick<Server, "url" | "pid">;
  dataset: Dataset;
  /** For those who start another server over the same database. */
  served: Served;
  /** The naive server over the same people, conversations and messages, in the same PostgreSQL. */
  naive: BaselineServer;
  /** How long each contender is measured. */
  seconds: number;
}

export interface Benchmark {
  summary: string;
  run(context: BenchmarkContext): Promise<Figure[]>;
}

export const clientCount = 64;

export const oneOf = <T>(list: readonly T[]): T => list[Math.floor(Math.random() * list.length)] as T;

/** The addresses of the sockets. For the naive server they say who connects. */
export const socketUrlsOf = ({ server, naive }: Pick<BenchmarkContext, "server" | "naive">) => ({
  ours: `${server.url.replace(/^http/, "ws")}/v1/messaging/ws`,
  naiveOf: ({ user_id }: Member): string => `${naive.url.replace(/^http/, "ws")}/ws?user=${user_id}`,
});
