import type { IncomingMessage } from "node:http";
import type { AnyTRPCRouter } from "@trpc/server";
import { AppError, msgsrvContract } from "@vero/contracts";
import type { Database } from "@vero/db";
import {
  type Actors,
  type AllowedOrigins,
  type Bus,
  callOperation,
  type Limits,
  type Logger,
  operationNamed,
} from "@vero/server";
import type { MsgsrvContext, MsgsrvServices } from "./msgsrv.context.js";
import { createPresence } from "./presence/presence.js";
import { createRealtimeNode } from "./realtime/realtime.node.js";
import { createRealtimeServer } from "./realtime/realtime.server.js";
import { createSources } from "./realtime/realtime.sources.database.js";

export interface RealtimeDeps {
  database: Database;
  bus: Bus;
  actors: Actors;
  limits: Limits;
  log: Logger;
  services: MsgsrvServices;
  router: AnyTRPCRouter;
  /** The origins whose pages may open sockets. */
  origins: AllowedOrigins;
  addressOf(request: IncomingMessage): string;
  offlineAfterSeconds: number;
  isOnlyNode?: boolean;
}

/** Creates the server of sockets, whose requests call the same services and the same router as those of HTTP. */
export function createRealtime(deps: RealtimeDeps) {
  const { database, bus, actors, limits, log, services, router } = deps;
  const sources = createSources({ database, conversations: services.conversations, links: services.links, log });
  const { hub, reconciler, sessions } = createRealtimeNode({ bus, sources, log });
  const { offlineAfterSeconds, isOnlyNode = false } = deps;
  const presence = createPresence({ database, publish: services.publish, log, offlineAfterSeconds, isOnlyNode });
  bus.onGap(() => {
    hub.resync("bus_gap");
    reconciler.compare().catch((err: unknown) => log.warn({ err }, "a comparison failed; the next one is due soon"));
  });
  return createRealtimeServer({
    hub,
    reconciler,
    sessions,
    presence,
    origins: deps.origins,
    limits,
    addressOf: deps.addressOf,
    log,
    async arrive(connectionId, token) {
      const { actor, token_id } = await actors.ofRealtimeToken(token);
      await limits.consume("connect", actor.user_id);
      await presence.arrive(connectionId, actor, token_id);
      return actor;
    },
    depart: presence.depart,
    async call(op, input, { actor, address, requestId, arrivedAt }) {
      const procedure = operationNamed(msgsrvContract, op);
      if (procedure === undefined) throw new AppError("route_not_found", { detail: "No such operation." });
      const ctx: MsgsrvContext = {
        ...services,
        request_id: requestId,
        arrived_at: arrivedAt,
        ip: address,
        user_agent: null,
        log: log.child({ request_id: requestId }),
        limits,
        // The session again, with every call: it may have ended since the socket was opened.
        authenticate: () => actors.ofSession(actor),
      };
      return callOperation({ router, operation: op, kind: procedure.kind, ctx, input: () => input });
    },
  });
}
