import type { IncomingMessage } from "node:http";
import type { AnyTRPCRouter } from "@trpc/server";
import { AppError, msgsrvContract } from "@vero/contracts";
import type { Database } from "@vero/db";
import {
  type Actors,
  type Bus,
  callOperation,
  type Limits,
  type Logger,
  type ObjectStore,
  operationNamed,
} from "@vero/server";
import { createConversationLog } from "./conversation-log/conversation-log.js";
import { createCreating } from "./conversations/conversations.create.js";
import { createConversations } from "./conversations/conversations.list.js";
import { createReadStates } from "./conversations/conversations.read-state.js";
import { createTyping } from "./conversations/conversations.typing.js";
import { createDetails } from "./conversations/conversations.update.js";
import { createPublisher } from "./events/events.publisher.js";
import type { Images } from "./media/images.js";
import { createAttaching } from "./media/media.attach.js";
import { createConfirming } from "./media/media.confirm.js";
import { createMedia, type StorageQuota } from "./media/media.uploads.js";
import { createMessageChanges } from "./messages/messages.change.js";
import { createDeletions } from "./messages/messages.delete.js";
import { createEdits } from "./messages/messages.edit.js";
import { createForwarding } from "./messages/messages.forward.js";
import { createMessages } from "./messages/messages.list.js";
import { createReactions } from "./messages/messages.react.js";
import { createSending } from "./messages/messages.send.js";
import type { MsgsrvContext, MsgsrvServices } from "./msgsrv.context.js";
import { createMembership } from "./participants/participants.change.js";
import { createParticipants } from "./participants/participants.list.js";
import { createPresence } from "./presence/presence.js";
import { createFeeds } from "./realtime/realtime.feeds.js";
import { createHub } from "./realtime/realtime.hub.js";
import { createRealtimeServer } from "./realtime/realtime.server.js";
import { createSources } from "./realtime/realtime.sources.js";
import { createSearch } from "./search/messages.search.js";
import { createSync } from "./sync/messages.sync.js";
import { createBlocks } from "./users/users.block.js";
import { createUsers } from "./users/users.list.js";
import { createAgents } from "./users/users.list-agents.js";
import { createLinks } from "./views/file-urls.js";

export interface MsgsrvDeps {
  database: Database;
  bus: Bus;
  actors: Actors;
  limits: Limits;
  /** Where files are. */
  objects: ObjectStore;
  /** Where images are written anew. */
  images: Images;
  quota: StorageQuota;
  log: Logger;
}

export const createMsgsrvServices = ({
  database,
  bus,
  limits,
  objects,
  images,
  quota,
  log,
}: Pick<MsgsrvDeps, "database" | "bus" | "limits" | "objects" | "images" | "quota" | "log">): MsgsrvServices => {
  const links = createLinks({ objects });
  const publish = createPublisher({ bus, urls: links, log });
  const conversationLog = createConversationLog({ database, publish });
  const conversations = createConversations({ database, links });
  const changes = createMessageChanges({ database, log: conversationLog });
  const attaching = createAttaching({ database, log: conversationLog });
  return {
    links,
    publish,
    conversations,
    creating: createCreating({ database, log: conversationLog, conversations }),
    details: createDetails({ log: conversationLog, conversations }),
    readStates: createReadStates({ database, log: conversationLog }),
    typing: createTyping({ database, publish, limits }),
    participants: createParticipants({ database }),
    membership: createMembership({ log: conversationLog }),
    messages: createMessages({ database, links }),
    sending: createSending({ log: conversationLog, links }),
    edits: createEdits({ database, changes, links }),
    deletions: createDeletions({ database, changes }),
    reactions: createReactions({ changes }),
    forwarding: createForwarding({ database, log: conversationLog, links }),
    search: createSearch({ database, links }),
    sync: createSync({ database, conversations, links }),
    media: createMedia({ database, objects, links, quota }),
    confirming: createConfirming({ database, objects, images, publish, links, attaching, log }),
    blocks: createBlocks({ database, log: conversationLog }),
    users: createUsers({ database }),
    agents: createAgents({ database }),
  };
};

/** The socket beside the REST routes: the same services, the same router. */
export function createRealtime(
  deps: Omit<MsgsrvDeps, "objects" | "images" | "quota"> & {
    services: MsgsrvServices;
    router: AnyTRPCRouter;
    origins: readonly string[];
    addressOf(request: IncomingMessage): string;
    offlineAfterSeconds: number;
    isOnlyNode?: boolean;
  },
) {
  const { database, bus, actors, limits, log, services, router } = deps;
  const sources = createSources({ database, conversations: services.conversations, links: services.links, log });
  const feeds = createFeeds({ bus, sources, log });
  const hub = createHub({ bus, feeds, sources, log });
  const { offlineAfterSeconds, isOnlyNode = false } = deps;
  const presence = createPresence({ database, publish: services.publish, log, offlineAfterSeconds, isOnlyNode });
  bus.onGap(() => {
    hub.resync("bus_gap");
    hub.compare().catch((err: unknown) => log.warn({ err }, "a comparison failed; the next one is due soon"));
  });
  return createRealtimeServer({
    hub,
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
      return callOperation({ router, operation: op, kind: procedure.kind, ctx, input: () => input, signal: undefined });
    },
  });
}
