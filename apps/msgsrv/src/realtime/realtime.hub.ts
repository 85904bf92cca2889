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
import type { Channels } from "./realtime.channels.js";
import { type EventWriter, eventWriter } from "./realtime.frames.js";
import { createMemberships, type Member, type MembershipSources } from "./realtime.memberships.js";
import { type Delivered, deliveredUpTo, noteDelivered } from "./realtime.numbers.js";
import { createOwnChanges, isNews, type OwnSources, type OwnState } from "./realtime.own.js";
import { createProfileChanges, type ProfileSources } from "./realtime.profiles.js";
import { toOutgoingEvent } from "./realtime.render.js";

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
export interface HubSources extends MembershipSources, OwnSources, ProfileSources {
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
interface Neighbourhood {
  residents: Set<Resident>;
  /** The changes of profiles that were delivered. */
  profiles: Delivered;
  settled: Promise<void>;
  /** When all that was announced before has been delivered. */
  turn: Promise<void>;
  unsubscribe(): void;
}

/** A user with at least one socket on this node. */
interface Resident extends Member {
  sockets: Set<HubSocket>;
  own: OwnState;
  /** When all that is the user's own, and was announced before, has been delivered. */
  turn: Promise<void>;
  /** When everything that the user is to hear is subscribed to. */
  settled: Promise<void>;
  isSettled: boolean;
  unsubscribe(): void;
}

export type Hub = ReturnType<typeof createHub>;

/** Who is on this node and what they are to hear. */
export function createHub(deps: { bus: Bus; channels: Channels; sources: HubSources; log: Logger }) {
  const { bus, channels, sources, log } = deps;
  const memberships = createMemberships({ channels, sources });
  const ownChanges = createOwnChanges(sources);
  const profiles = createProfileChanges(sources);
  const residents = new Map<string, Resident>();
  const tenants = new Map<string, Neighbourhood>();
  const report = (err: unknown) => log.warn({ err }, "an event could not be passed on");

  function endSockets(resident: Resident, sessionIds: ReadonlySet<string>, reason: EndReason): void {
    for (const socket of [...resident.sockets]) if (sessionIds.has(socket.session_id)) socket.end(reason);
  }

  /** The truth about sessions, whether or not the bus told of it. */
  async function checkSessions(): Promise<void> {
    const sockets = [...residents.values()].flatMap((resident) => [...resident.sockets]);
    const ids = [...new Set(sockets.map((socket) => socket.session_id))];
    if (ids.length === 0) return;
    const ended = new Map((await sources.endedSessions(ids)).map((row) => [row.id, row.user_deactivated]));
    for (const socket of sockets) {
      const deactivated = ended.get(socket.session_id);
      if (deactivated !== undefined) socket.end(deactivated ? "user_deactivated" : "session_revoked");
    }
  }

  /** One after the other, although some of it has to be read first. */
  function inTurn(resident: Resident, work: () => Promise<void> | void): void {
    resident.turn = resident.turn.then(work).catch(report);
  }

  function hearUser(resident: Resident, event: Received<UserBusEvent>): void {
    if (event.type === "session.revoked") return hearRevoked(resident, event.data);
    inTurn(resident, () => {
      if (event.type === "conversation.created") return memberships.add(resident, event);
      if (event.data === undefined) return resident.resync("event_too_large");
      hearOwn(resident, event);
    });
  }

  /** Passes on to the user's sockets an event that is for nobody else. */
  function hearOwn(resident: Resident, event: PersonalBusEvent): void {
    if (!isNews(resident.own, event)) return;
    if ("conversation_id" in event) {
      // After the end of a conversation nothing more is heard of it, also of what was on its way.
      if (!resident.following.has(event.conversation_id)) return;
      if (event.type === "conversation.deleted") memberships.unfollow(resident, event.conversation_id);
    }
    resident.deliver(eventWriter(toOutgoingEvent(event)));
  }

  function hearRevoked(resident: Resident, revoked: RevokedEvent["data"] | undefined): void {
    if (revoked === undefined) checkSessions().catch(report);
    else endSockets(resident, new Set(revoked.session_ids), revoked.reason);
  }

  /** To the user too: the profile is told to all devices. */
  async function tellProfile(tenantId: string, userId: string, at: string, here: readonly string[]): Promise<void> {
    const sharing = await sources.sharing(tenantId, userId, here, { acrossBlocks: true });
    const user = await sources.user(tenantId, userId);
    if (user === undefined) return;
    const apart = new Set(await sources.apart(tenantId, userId));
    const write = eventWriter({ type: "user.updated", at, data: { user } });
    const writeApart = eventWriter({ type: "user.updated", at, data: { user: withoutPresence(user) } });
    for (const id of new Set([...sharing, userId])) residents.get(id)?.deliver(apart.has(id) ? writeApart : write);
  }

  /** That they came or went, nobody has to be told themselves; what they have chosen, their other devices have. */
  async function tellPresence(
    tenantId: string,
    { user_id: userId, is_chosen: isChosen = false, at }: PresenceEvent,
    here: readonly string[],
  ): Promise<void> {
    const sharing = await sources.sharing(tenantId, userId, here, { acrossBlocks: false });
    const others = sharing.filter((id) => id !== userId);
    const hearers = isChosen ? [...others, userId] : others;
    if (hearers.length === 0) return;
    const data = await sources.presence(tenantId, userId);
    if (data === undefined) return;
    const write = eventWriter({ type: "presence.changed", at, data });
    for (const id of hearers) residents.get(id)?.deliver(write);
  }

  async function hearTenant(tenantId: string, event: Received<TenantBusEvent>): Promise<void> {
    const tenant = tenants.get(tenantId);
    if (tenant === undefined) return;
    const here = [...tenant.residents].map((resident) => resident.user_id);
    if (event.type === "presence.changed") await tellPresence(tenantId, event, here);
    else if (noteDelivered(tenant.profiles, event.profile_seq)) {
      await tellProfile(tenantId, event.user_id, event.at, here);
    }
  }

  /** What concerns a workspace, one after the other: the last word must be the last. */
  function inTenantTurn(tenantId: string, event: Received<TenantBusEvent>): Promise<void> {
    const tenant = tenants.get(tenantId);
    if (tenant === undefined) return Promise.resolve();
    tenant.turn = tenant.turn.then(() => hearTenant(tenantId, event)).catch(report);
    return tenant.turn;
  }

  function joinTenant(resident: Resident): Promise<void> {
    const { tenant_id } = resident;
    const known = tenants.get(tenant_id);
    const tenant: Neighbourhood = known ?? {
      residents: new Set(),
      profiles: deliveredUpTo(0),
      settled: Promise.resolve(),
      turn: Promise.resolve(),
      unsubscribe: bus.subscribe(channelOf.tenant(tenant_id), (event) => void inTenantTurn(tenant_id, event)),
    };
    tenants.set(tenant_id, tenant);
    tenant.residents.add(resident);
    if (known === undefined) tenant.settled = profiles.settle(tenant_id, tenant.profiles);
    return tenant.settled;
  }

  function leaveTenant(resident: Resident): void {
    const tenant = tenants.get(resident.tenant_id);
    tenant?.residents.delete(resident);
    if (tenant === undefined || tenant.residents.size > 0) return;
    tenant.unsubscribe();
    tenants.delete(resident.tenant_id);
  }

  function admit(tenant_id: string, user_id: string): Resident {
    const sockets = new Set<HubSocket>();
    const resident: Resident = {
      tenant_id,
      user_id,
      sockets,
      following: new Map(),
      settled: Promise.resolve(),
      isSettled: false,
      isHere: () => residents.get(user_id) === resident,
      deliver: (write) => {
        for (const socket of sockets) socket.sendEvent(write);
      },
      own: { checked: 0, delivered: new Map() },
      turn: Promise.resolve(),
      waitFor: (reading) =>
        inTurn(resident, async () => {
          // Whoever reads reports what goes wrong with it.
          await reading.catch(() => {});
        }),
      left: (id) => memberships.unfollow(resident, id),
      resync: (reason) => {
        for (const socket of sockets) socket.resync(reason);
      },
      unsubscribe: bus.subscribe(channelOf.user(user_id), (event) => hearUser(resident, event)),
    };
    residents.set(user_id, resident);
    resident.settled = Promise.all([
      joinTenant(resident),
      memberships.settle(resident),
      ownChanges.settle(resident),
    ]).then(() => {
      resident.isSettled = true;
    });
    return resident;
  }

  function dismiss(resident: Resident): void {
    resident.unsubscribe();
    leaveTenant(resident);
    memberships.leave(resident);
    if (residents.get(resident.user_id) === resident) residents.delete(resident.user_id);
  }

  return {
    /** `onReady` is called when nothing that happens from then on is missed, before the first event. */
    async join(socket: HubSocket, onReady: () => void): Promise<void> {
      const resident = residents.get(socket.user_id) ?? admit(socket.tenant_id, socket.user_id);
      resident.sockets.add(socket);
      try {
        await resident.settled;
      } catch (error) {
        dismiss(resident);
        throw error;
      }
      onReady();
      // What was published while the subscriptions were being made.
      await channels.compare(resident.following.keys());
    },

    leave(socket: HubSocket): void {
      const resident = residents.get(socket.user_id);
      if (!resident?.sockets.delete(socket) || resident.sockets.size > 0) return;
      dismiss(resident);
    },

    checkSessions,

    /** What the bus did not tell of: conversations that came and went, and changes in them. */
    async compare(): Promise<void> {
      const settled = [...residents.values()].filter(({ isSettled }) => isSettled);
      await Promise.all([
        memberships.compare(settled),
        ownChanges.compare(settled),
        channels.compare(),
        profiles.compare(tenants, inTenantTurn),
      ]);
    },

    /** Asks for a synchronisation: events may have been missed, also such as have no number to be found missing by. */
    resync(reason: string): void {
      for (const resident of residents.values()) resident.resync(reason);
    },
  };
}
