import { type EventData, type EventType, events, type User } from "@vero/contracts";
import { type Announcement, type Bus, channelOf, type Logger, withoutPresence } from "@vero/server";
import type { Channels } from "./realtime.channels.js";
import { type EventWriter, eventWriter } from "./realtime.frames.js";
import { createMemberships, type Member, type MembershipSources } from "./realtime.memberships.js";
import { type Delivered, deliveredUpTo, noteDelivered } from "./realtime.numbers.js";
import { createOwnChanges, isNews, type OwnSources, type OwnState } from "./realtime.own.js";
import { createProfileChanges, type ProfileSources } from "./realtime.profiles.js";

/** What the hub needs of a socket. */
export interface HubSocket {
  tenant_id: string;
  user_id: string;
  session_id: string;
  sendEvent(write: EventWriter): void;
  resync(reason: string): void;
  end(reason: EndReason): void;
}
interface RevokedSessions {
  session_ids: string[];
  reason: EndReason;
}
export type EndReason = "session_revoked" | "user_deactivated";

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
  const report = (err: unknown) => log.warn({ err }, "an announcement could not be passed on");

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

  function hearUser(resident: Resident, heard: Announcement): void {
    if (heard.type === "session.revoked") return hearRevoked(resident, heard.data as RevokedSessions | undefined);
    inTurn(resident, () =>
      heard.type === "conversation.created" ? memberships.add(resident, heard) : hearOwn(resident, heard),
    );
  }

  /** What is the user's own, and tells nobody else anything. */
  function hearOwn(resident: Resident, heard: Announcement): void {
    const { type, conversation_id, change_seq, at, data } = heard;
    if (!(type in events) || data === undefined) return resident.resync("event_too_large");
    if (!isNews(resident.own, heard)) return;
    // After the end of a conversation nothing more is heard of it, also of what was on its way.
    if (conversation_id !== undefined && !resident.following.has(conversation_id)) return;
    if (type === "conversation.deleted" && conversation_id !== undefined)
      memberships.unfollow(resident, conversation_id);
    const envelope = {
      ...(conversation_id && { conversation_id }),
      ...(change_seq === undefined ? {} : { change_seq }),
    };
    resident.deliver(eventWriter({ type: type as EventType, ...envelope, at, data }));
  }

  function hearRevoked(resident: Resident, told: RevokedSessions | undefined): void {
    if (told === undefined) checkSessions().catch(report);
    else endSockets(resident, new Set(told.session_ids), told.reason);
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
  async function tellPresence(tenantId: string, userId: string, heard: Announcement, here: readonly string[]) {
    const isChosen = (heard.data as { is_chosen?: boolean } | undefined)?.is_chosen === true;
    const sharing = await sources.sharing(tenantId, userId, here, { acrossBlocks: false });
    const others = sharing.filter((id) => id !== userId);
    const hearers = isChosen ? [...others, userId] : others;
    if (hearers.length === 0) return;
    const data = await sources.presence(tenantId, userId);
    if (data === undefined) return;
    const write = eventWriter({ type: "presence.changed", at: heard.at, data });
    for (const id of hearers) residents.get(id)?.deliver(write);
  }

  async function hearTenant(tenantId: string, heard: Announcement): Promise<void> {
    const { type, user_id, profile_seq, at } = heard;
    const delivered = tenants.get(tenantId)?.profiles;
    if (delivered && profile_seq !== undefined && !noteDelivered(delivered, profile_seq)) return;
    const here = [...(tenants.get(tenantId)?.residents ?? [])].map((resident) => resident.user_id);
    if (user_id === undefined || here.length === 0) return;
    if (type === "user.updated") await tellProfile(tenantId, user_id, at, here);
    if (type === "presence.changed") await tellPresence(tenantId, user_id, heard, here);
  }

  /** What concerns a workspace, one after the other: the last word must be the last. */
  function inTenantTurn(tenantId: string, announcement: Announcement): Promise<void> {
    const tenant = tenants.get(tenantId);
    if (tenant === undefined) return Promise.resolve();
    tenant.turn = tenant.turn.then(() => hearTenant(tenantId, announcement)).catch(report);
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
      unsubscribe: bus.subscribe(channelOf.tenant(tenant_id), (heard) => void inTenantTurn(tenant_id, heard)),
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
      unsubscribe: bus.subscribe(channelOf.user(user_id), (heard) => hearUser(resident, heard)),
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
      // What was announced while the subscriptions were being made.
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

    /** Announcements may have been missed, also of what has no number in a log to be found missing by. */
    resync(reason: string): void {
      for (const resident of residents.values()) resident.resync(reason);
    },
  };
}
