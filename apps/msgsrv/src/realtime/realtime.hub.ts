import {
  type Bus,
  channelOf,
  type Logger,
  type PersonalBusEvent,
  type Received,
  type UserBusEvent,
} from "@vero/server";
import type { Feeds } from "./realtime.feeds.js";
import { type EventWriter, eventWriter } from "./realtime.frames.js";
import { createMemberships, type Member, type MembershipSources } from "./realtime.memberships.js";
import { toOutgoingEvent } from "./realtime.render.js";
import { createTenants, type TenantSources } from "./realtime.tenants.js";
import { createUserStateChanges, isNewer, type UserPosition, type UserStateSources } from "./realtime.user-state.js";

/** A socket as the hub uses it. */
export interface HubSocket {
  tenant_id: string;
  user_id: string;
  session_id: string;
  sendEvent(write: EventWriter): void;
  resync(reason: string): void;
  end(reason: EndReason): void;
}
type RevokedEvent = Extract<UserBusEvent, { type: "session.revoked" }>;
export type EndReason = RevokedEvent["data"]["reason"];

/** The reads that the hub makes of the database. */
export interface HubSources extends MembershipSources, UserStateSources, TenantSources {
  endedSessions(sessionIds: readonly string[]): Promise<{ id: string; user_deactivated: boolean }[]>;
}

/** A user with at least one socket on this node. */
interface ConnectedUser extends Member {
  sockets: Set<HubSocket>;
  own: UserPosition;
  /** Resolves when the user's own earlier events have been delivered. */
  turn: Promise<void>;
  /** Resolves when the user's conversations are followed and the numbers to compare with are known. */
  settled: Promise<void>;
  isSettled: boolean;
  unsubscribe(): void;
}

export type Hub = ReturnType<typeof createHub>;

/** Keeps the users who are connected to this node, and delivers to their sockets what they are shown. */
export function createHub(deps: { bus: Bus; feeds: Feeds; sources: HubSources; log: Logger }) {
  const { bus, feeds, sources, log } = deps;
  const memberships = createMemberships({ feeds, sources });
  const userStateChanges = createUserStateChanges(sources);
  const connectedUsers = new Map<string, ConnectedUser>();
  const report = (err: unknown) => log.warn({ err }, "an event could not be passed on");
  const tenants = createTenants({ bus, sources, report });

  function endSockets(connected: ConnectedUser, sessionIds: ReadonlySet<string>, reason: EndReason): void {
    for (const socket of [...connected.sockets]) if (sessionIds.has(socket.session_id)) socket.end(reason);
  }

  /** Ends the sockets whose sessions are over in the database, whether or not the bus brought an event of that. */
  async function checkSessions(): Promise<void> {
    const sockets = [...connectedUsers.values()].flatMap((connected) => [...connected.sockets]);
    const ids = [...new Set(sockets.map((socket) => socket.session_id))];
    if (ids.length === 0) return;
    const ended = new Map((await sources.endedSessions(ids)).map((row) => [row.id, row.user_deactivated]));
    for (const socket of sockets) {
      const deactivated = ended.get(socket.session_id);
      if (deactivated !== undefined) socket.end(deactivated ? "user_deactivated" : "session_revoked");
    }
  }

  /** Handles a user's own events one after the other, although some need a read first. */
  function inTurn(connected: ConnectedUser, work: () => Promise<void> | void): void {
    connected.turn = connected.turn.then(work).catch(report);
  }

  function onUserEvent(connected: ConnectedUser, event: Received<UserBusEvent>): void {
    if (event.type === "session.revoked") return onSessionRevoked(connected, event.data);
    inTurn(connected, () => {
      if (event.type === "conversation.created") return memberships.add(connected, event);
      if (event.data === undefined) return connected.resync("event_too_large");
      onPersonalEvent(connected, event);
    });
  }

  /**
   * Delivers to the user's sockets an event that is for nobody else, unless a newer one about the same was delivered
   * before.
   */
  function onPersonalEvent(connected: ConnectedUser, event: PersonalBusEvent): void {
    if (!isNewer(connected.own, event)) return;
    if ("conversation_id" in event) {
      // Nothing of a conversation is delivered after its end, not even events that were on their way.
      if (!connected.following.has(event.conversation_id)) return;
      if (event.type === "conversation.deleted") memberships.unfollow(connected, event.conversation_id);
    }
    connected.deliver(eventWriter(toOutgoingEvent(event)));
  }

  function onSessionRevoked(connected: ConnectedUser, revoked: RevokedEvent["data"] | undefined): void {
    if (revoked === undefined) checkSessions().catch(report);
    else endSockets(connected, new Set(revoked.session_ids), revoked.reason);
  }

  function admit(tenant_id: string, user_id: string): ConnectedUser {
    const sockets = new Set<HubSocket>();
    const connected: ConnectedUser = {
      tenant_id,
      user_id,
      sockets,
      following: new Map(),
      settled: Promise.resolve(),
      isSettled: false,
      isHere: () => connectedUsers.get(user_id) === connected,
      deliver: (write) => {
        for (const socket of sockets) socket.sendEvent(write);
      },
      own: { checked: 0, delivered: new Map() },
      turn: Promise.resolve(),
      waitFor: (reading) =>
        inTurn(connected, async () => {
          // The reader reports its own failures.
          await reading.catch(() => {});
        }),
      left: (id) => memberships.unfollow(connected, id),
      resync: (reason) => {
        for (const socket of sockets) socket.resync(reason);
      },
      unsubscribe: bus.subscribe(channelOf.user(user_id), (event) => onUserEvent(connected, event)),
    };
    connectedUsers.set(user_id, connected);
    connected.settled = Promise.all([
      tenants.join(connected),
      memberships.settle(connected),
      userStateChanges.settle(connected),
    ]).then(() => {
      connected.isSettled = true;
    });
    return connected;
  }

  function dismiss(connected: ConnectedUser): void {
    connected.unsubscribe();
    tenants.leave(connected);
    memberships.leave(connected);
    if (connectedUsers.get(connected.user_id) === connected) connectedUsers.delete(connected.user_id);
  }

  return {
    /**
     * Adds a socket. `onReady` is called before the first event, as soon as nothing that happens from then on can be
     * missed.
     */
    async join(socket: HubSocket, onReady: () => void): Promise<void> {
      const connected = connectedUsers.get(socket.user_id) ?? admit(socket.tenant_id, socket.user_id);
      connected.sockets.add(socket);
      try {
        await connected.settled;
      } catch (error) {
        dismiss(connected);
        throw error;
      }
      onReady();
      // Changes may have been published while the conversations were being read.
      await feeds.compare(connected.following.keys());
    },

    leave(socket: HubSocket): void {
      const connected = connectedUsers.get(socket.user_id);
      if (!connected?.sockets.delete(socket) || connected.sockets.size > 0) return;
      dismiss(connected);
    },

    checkSessions,

    /**
     * Finds by comparison with the database the changes of which the bus brought no event: memberships, user state,
     * conversations, receipts and profiles.
     */
    async compare(): Promise<void> {
      const settled = [...connectedUsers.values()].filter(({ isSettled }) => isSettled);
      await Promise.all([
        memberships.compare(settled),
        userStateChanges.compare(settled),
        feeds.compare(),
        tenants.compare(),
      ]);
    },

    /**
     * Asks all clients of this node to synchronise: events may have been missed, also some without a number that a
     * comparison could find.
     */
    resync(reason: string): void {
      for (const connected of connectedUsers.values()) connected.resync(reason);
    },
  };
}
