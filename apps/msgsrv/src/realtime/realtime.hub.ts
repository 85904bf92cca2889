import type { EventData, User } from "@vero/contracts";
import {
  type Bus,
  channelOf,
  type Logger,
  type PersonalBusEvent,
  type Received,
  type TenantBusEvent,
  type UserBusEvent,
  withoutPresence,
} from "@vero/server";
import type { Feeds } from "./realtime.feeds.js";
import { type EventWriter, eventWriter } from "./realtime.frames.js";
import { createMemberships, type Member, type MembershipSources } from "./realtime.memberships.js";
import { type Delivered, deliveredUpTo, noteDelivered } from "./realtime.numbers.js";
import { createProfileChanges, type ProfileSources } from "./realtime.profiles.js";
import { toOutgoingEvent } from "./realtime.render.js";
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
type PresenceEvent = Pick<Extract<TenantBusEvent, { type: "presence.changed" }>, "user_id" | "is_chosen" | "at">;
type RevokedEvent = Extract<UserBusEvent, { type: "session.revoked" }>;
export type EndReason = RevokedEvent["data"]["reason"];

/** The reads that the hub makes of the database. */
export interface HubSources extends MembershipSources, UserStateSources, ProfileSources {
  user(tenantId: string, userId: string): Promise<User | undefined>;
  /** Lists the users whom a block keeps apart from the user. */
  apart(tenantId: string, userId: string): Promise<string[]>;
  presence(tenantId: string, userId: string): Promise<EventData<"presence.changed"> | undefined>;
  /** Lists those of the candidates who share a conversation with the user, and the user if among them. */
  sharing(
    tenantId: string,
    userId: string,
    candidates: readonly string[],
    across: { acrossBlocks: boolean },
  ): Promise<string[]>;
  endedSessions(sessionIds: readonly string[]): Promise<{ id: string; user_deactivated: boolean }[]>;
}

/** A workspace that has connected users on this node. */
interface LocalTenant {
  connectedUsers: Set<ConnectedUser>;
  /** The profile_seqs that were delivered. */
  profiles: Delivered;
  settled: Promise<void>;
  /** Resolves when the earlier events of the workspace have been delivered. */
  turn: Promise<void>;
  unsubscribe(): void;
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
  const profiles = createProfileChanges(sources);
  const connectedUsers = new Map<string, ConnectedUser>();
  const tenants = new Map<string, LocalTenant>();
  const report = (err: unknown) => log.warn({ err }, "an event could not be passed on");

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

  /**
   * Delivers a profile as it is now: to those who share a conversation with the user, without presence across a block,
   * and to the user's own devices.
   */
  async function deliverProfile(tenantId: string, userId: string, at: string, here: readonly string[]): Promise<void> {
    const sharing = await sources.sharing(tenantId, userId, here, { acrossBlocks: true });
    const user = await sources.user(tenantId, userId);
    if (user === undefined) return;
    const apart = new Set(await sources.apart(tenantId, userId));
    const write = eventWriter({ type: "user.updated", at, data: { user } });
    const writeApart = eventWriter({ type: "user.updated", at, data: { user: withoutPresence(user) } });
    for (const id of new Set([...sharing, userId])) connectedUsers.get(id)?.deliver(apart.has(id) ? writeApart : write);
  }

  /**
   * Delivers a user's presence as it is now, to those who share a conversation with them and no block. Their own
   * devices get it only where the user has chosen another availability: that they came or went is no news to them.
   */
  async function deliverPresence(
    tenantId: string,
    { user_id: userId, is_chosen: isChosen = false, at }: PresenceEvent,
    here: readonly string[],
  ): Promise<void> {
    const sharing = await sources.sharing(tenantId, userId, here, { acrossBlocks: false });
    const others = sharing.filter((id) => id !== userId);
    const viewers = isChosen ? [...others, userId] : others;
    if (viewers.length === 0) return;
    const data = await sources.presence(tenantId, userId);
    if (data === undefined) return;
    const write = eventWriter({ type: "presence.changed", at, data });
    for (const id of viewers) connectedUsers.get(id)?.deliver(write);
  }

  async function onTenantEvent(tenantId: string, event: Received<TenantBusEvent>): Promise<void> {
    const tenant = tenants.get(tenantId);
    if (tenant === undefined) return;
    const here = [...tenant.connectedUsers].map((connected) => connected.user_id);
    if (event.type === "presence.changed") await deliverPresence(tenantId, event, here);
    else if (noteDelivered(tenant.profiles, event.profile_seq)) {
      await deliverProfile(tenantId, event.user_id, event.at, here);
    }
  }

  /**
   * Handles the events of a workspace one after the other: each reads the state of then, and the newest has to arrive
   * last.
   */
  function inTenantTurn(tenantId: string, event: Received<TenantBusEvent>): Promise<void> {
    const tenant = tenants.get(tenantId);
    if (tenant === undefined) return Promise.resolve();
    tenant.turn = tenant.turn.then(() => onTenantEvent(tenantId, event)).catch(report);
    return tenant.turn;
  }

  function joinTenant(connected: ConnectedUser): Promise<void> {
    const { tenant_id } = connected;
    const known = tenants.get(tenant_id);
    const tenant: LocalTenant = known ?? {
      connectedUsers: new Set(),
      profiles: deliveredUpTo(0),
      settled: Promise.resolve(),
      turn: Promise.resolve(),
      unsubscribe: bus.subscribe(channelOf.tenant(tenant_id), (event) => void inTenantTurn(tenant_id, event)),
    };
    tenants.set(tenant_id, tenant);
    tenant.connectedUsers.add(connected);
    if (known === undefined) tenant.settled = profiles.settle(tenant_id, tenant.profiles);
    return tenant.settled;
  }

  function leaveTenant(connected: ConnectedUser): void {
    const tenant = tenants.get(connected.tenant_id);
    tenant?.connectedUsers.delete(connected);
    if (tenant === undefined || tenant.connectedUsers.size > 0) return;
    tenant.unsubscribe();
    tenants.delete(connected.tenant_id);
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
      joinTenant(connected),
      memberships.settle(connected),
      userStateChanges.settle(connected),
    ]).then(() => {
      connected.isSettled = true;
    });
    return connected;
  }

  function dismiss(connected: ConnectedUser): void {
    connected.unsubscribe();
    leaveTenant(connected);
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
        profiles.compare(tenants, inTenantTurn),
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
