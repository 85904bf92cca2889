import type { Bus, Logger } from "@vero/server";
import type { ConnectedUser } from "./realtime.connected-user.js";
import { createFeeds } from "./realtime.feeds.js";
import { createHub } from "./realtime.hub.js";
import { createMemberships } from "./realtime.memberships.js";
import { createReconciler } from "./realtime.reconciler.js";
import { createSessionChecks } from "./realtime.sessions.js";
import type { Sources } from "./realtime.sources.js";
import { createTenants } from "./realtime.tenants.js";
import { createUserEvents } from "./realtime.user-events.js";
import { createUserState } from "./realtime.user-state.js";

/** Puts together what delivers events to the users of this node, but for their sockets. */
export function createRealtimeNode({ bus, sources, log }: { bus: Bus; sources: Sources; log: Logger }) {
  const onError = (err: unknown) => log.warn({ err }, "an event could not be passed on");
  const users = new Map<string, ConnectedUser>();
  const feeds = createFeeds({ bus, sources, log });
  const memberships = createMemberships({ feeds, sources });
  const tenants = createTenants({ bus, sources, onError });
  const userState = createUserState(sources);
  const sessions = createSessionChecks({ users, sources, onError });
  const onUserEvent = createUserEvents({ memberships, sessions });
  return {
    hub: createHub({ bus, users, feeds, memberships, tenants, userState, onUserEvent, onError }),
    reconciler: createReconciler({ users, feeds, memberships, tenants, userState }),
    sessions,
  };
}
