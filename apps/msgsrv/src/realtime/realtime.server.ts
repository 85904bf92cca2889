import { startIntervalJob } from "@vero/server";
import type { PresenceService } from "../presence/presence.js";
import { Connection, type ConnectionDeps, lastAnswersMs } from "./realtime.connection.js";
import { type DoorLimits, doorLimits } from "./realtime.doors.js";
import { NodeQueue } from "./realtime.node-queue.js";
import { type OutboundLimits, outboundLimits } from "./realtime.outbound.js";
import type { Reconciler } from "./realtime.reconciler.js";
import type { SessionChecks } from "./realtime.sessions.js";
import { createUpgrades, type UpgradeOptions } from "./realtime.upgrade.js";

/** Milliseconds between two runs of each interval job. */
const intervals = { sessions: 1_000, absences: 1_000, changes: 3_000, presence: 10_000, queues: 1_000 };
/** Milliseconds over which the clients of a node that stops are spread when they are asked to reconnect. */
const reconnectWithin = 2_000;

export interface RealtimeOptions extends Omit<ConnectionDeps, "bounds" | "queue">, UpgradeOptions {
  reconciler: Reconciler;
  sessions: Pick<SessionChecks, "check">;
  presence: PresenceService;
  bounds?: Partial<OutboundLimits & DoorLimits>;
}

/** Serves the sockets of a node: accepts them, runs the regular checks, and drains them in the end. */
export function createRealtimeServer(options: RealtimeOptions) {
  const { reconciler, sessions, log, presence } = options;
  const bounds = { ...outboundLimits, ...doorLimits, ...options.bounds };
  const connections = new Set<Connection>();
  let isDraining = false;
  const deps: ConnectionDeps = {
    ...options,
    bounds,
    queue: new NodeQueue(bounds),
    depart: (connectionId, actor) =>
      options.depart(connectionId, actor).catch((error: unknown) => {
        // While the node stops, `leave` closes all rows at once.
        if (!isDraining) throw error;
      }),
  };

  async function checkQueues(): Promise<void> {
    const nowMs = performance.now();
    for (const connection of connections) connection.check(nowMs);
  }
  const jobs = [
    startIntervalJob({ name: "realtime_sessions", intervalMs: intervals.sessions, log, run: sessions.check }),
    startIntervalJob({ name: "realtime_absences", intervalMs: intervals.absences, log, run: presence.removeExpired }),
    startIntervalJob({ name: "realtime_changes", intervalMs: intervals.changes, log, run: reconciler.compare }),
    startIntervalJob({ name: "realtime_presence", intervalMs: intervals.presence, log, run: presence.renew }),
    startIntervalJob({ name: "realtime_queues", intervalMs: intervals.queues, log, run: checkQueues }),
  ];

  return {
    upgrade: createUpgrades({
      ...options,
      bounds,
      isDraining: () => isDraining,
      onAccepted(socket) {
        const connection = new Connection({ ...socket, deps });
        connections.add(connection);
        socket.ws.on("close", () => connections.delete(connection));
        if (isDraining) connection.drain(0);
      },
    }),

    async close(): Promise<void> {
      isDraining = true;
      for (const job of jobs) void job.stop();
      for (const connection of connections) connection.drain(Math.floor(Math.random() * reconnectWithin));
      const deadline = performance.now() + reconnectWithin + lastAnswersMs + 500;
      while (connections.size > 0 && performance.now() < deadline) {
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
      for (const connection of connections) connection.terminate();
    },

    /** Closes the rows that sockets have left behind; where the database is away, the rows expire by themselves. */
    leave: presence.leave,
  };
}
