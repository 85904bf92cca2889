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

/** What the hub needs of a socket. */
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

/** What the hub reads from the database. */
export interface HubSources extends MembershipSources, UserStateSources, ProfileSources {
  user(tenantId: string, userId: string): Promise<User | undefined>;
  /** Those who have a block between them and the user. */
  apart(tenantId: string, userId: string): Promise<string[]>;
  presence(tenantId: string, userId: string): Promise<EventData<"presence.changed"> | undefined>;
  /** Those of the candidates who share a conversation with the user, and the user if among them. */
  sharing(
    tenantId: string,
    userId: string,
    candidates: readonly string[],
    across: { acrossBlocks: boolean },
  ): Promise<string[]>;
  endedSessions(sessionIds: readonly string[]): Promise<{ id: string; user_deactivated: boolean }[]>;
}

/** Who of a workspace is on this node. */
interface LocalTenant {
  connectedUsers: Set<ConnectedUser>;
  /** The changes of profiles that were delivered. */
  profiles: Delivered;
  settled: Promise<void>;
  /** When all that was announced before has been delivered. */
  turn: Promise<void>;
  unsubscribe(): void;
}

/** A user with at least one socket on this node. */
interface ConnectedUser extends Member {
  sockets: Set<HubSocket>;
  own: UserPosition;
  /** When all that is the user's own, and was announced before, has been delivered. */
  turn: Promise<void>;
  /** When everything that the user is to hear is subscribed to. */
  settled: Promise<void>;
  isSettled: boolean;
  unsubscribe(): void;
}

export type Hub = ReturnType<typeof createHub>;

/** Who is on this node and what they are to hear. */
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

  /** The truth about sessions, whether or not the bus told of it. */
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

  /** One after the other, although some of it has to be read first. */
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

  /** Passes on to the user's sockets an event that is for nobody else. */
  function onPersonalEvent(connected: ConnectedUser, event: PersonalBusEvent): void {
    if (!isNewer(connected.own, event)) return;
    if ("conversation_id" in event) {
      // After the end of a conversation nothing more is heard of it, also of what was on its way.
      if (!connected.following.has(event.conversation_id)) return;
      if (event.type === "conversation.deleted") memberships.unfollow(connected, event.conversation_id);
    }
    connected.deliver(eventWriter(toOutgoingEvent(event)));
  }

  function onSessionRevoked(connected: ConnectedUser, revoked: RevokedEvent["data"] | undefined): void {
    if (revoked === undefined) checkSessions().catch(report);
    else endSockets(connected, new Set(revoked.session_ids), revoked.reason);
  }

  /** To the user too: the profile is told to all devices. */
  async function deliverProfile(tenantId: string, userId: string, at: string, here: readonly string[]): Promise<void> {
    const sharing = await sources.sharing(tenantId, userId, here, { acrossBlocks: true });
    const user = await sources.user(tenantId, userId);
    if (user === undefined) return;
    const apart = new Set(await sources.apart(tenantId, userId));
    const write = eventWriter({ type: "user.updated", at, data: { user } });
    const writeApart = eventWriter({ type: "user.updated", at, data: { user: withoutPresence(user) } });
    for (const id of new Set([...sharing, userId])) connectedUsers.get(id)?.deliver(apart.has(id) ? writeApart : write);
  }

  /** That they came or went, nobody has to be told themselves; what they have chosen, their other devices have. */
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

  /** What concerns a workspace, one after the other: the last word must be the last. */
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
          // Whoever reads reports what goes wrong with it.
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
    /** `onReady` is called when nothing that happens from then on is missed, before the first event. */
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
      // What was published while the subscriptions were being made.
      await feeds.compare(connected.following.keys());
    },

    leave(socket: HubSocket): void {
      const connected = connectedUsers.get(socket.user_id);
      if (!connected?.sockets.delete(socket) || connected.sockets.size > 0) return;
      dismiss(connected);
    },

    checkSessions,

    /** What the bus did not tell of: conversations that came and went, and changes in them. */
    async compare(): Promise<void> {
      const settled = [...connectedUsers.values()].filter(({ isSettled }) => isSettled);
      await Promise.all([
        memberships.compare(settled),
        userStateChanges.compare(settled),
        feeds.compare(),
        profiles.compare(tenants, inTenantTurn),
      ]);
    },

    /** Asks for a synchronisation: events may have been missed, also such as have no number to be found missing by. */
    resync(reason: string): void {
      for (const connected of connectedUsers.values()) connected.resync(reason);
    },
  };
}
