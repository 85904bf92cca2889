import type { Conversation, User } from "@vero/contracts";
import type { Subscription } from "@vero/db";
import { type Announcement, type Bus, channelOf, type Logger } from "@vero/server";
import type { Channels, Listener } from "./realtime.channels.js";
import { type EventWriter, eventWriter } from "./realtime.frames.js";

/** What the hub needs of a socket. */
export interface HubSocket {
  tenant_id: string;
  user_id: string;
  session_id: string;
  sendEvent(write: EventWriter): void;
  end(reason: EndReason): void;
}
export type EndReason = "session_revoked" | "user_deactivated";

/** What the hub reads from the database. */
export interface HubSources {
  subscriptions(tenantId: string, userId: string, conversationId?: string): Promise<Subscription[]>;
  conversation(tenantId: string, userId: string, id: string): Promise<Conversation | undefined>;
  user(tenantId: string, userId: string): Promise<User | undefined>;
  /** Those of the candidates who share a conversation with the user. */
  sharing(tenantId: string, userId: string, candidates: readonly string[]): Promise<string[]>;
  endedSessions(sessionIds: readonly string[]): Promise<{ id: string; user_deactivated: boolean }[]>;
}

/** A user with at least one socket on this node. */
interface Resident extends Listener {
  tenant_id: string;
  sockets: Set<HubSocket>;
  following: Set<string>;
  /** When everything that the user is to hear is subscribed to. */
  settled: Promise<void>;
  unsubscribe(): void;
}

export type Hub = ReturnType<typeof createHub>;

/** Who is on this node and what they are to hear. */
export function createHub(deps: { bus: Bus; channels: Channels; sources: HubSources; log: Logger }) {
  const { bus, channels, sources, log } = deps;
  const residents = new Map<string, Resident>();
  const tenants = new Map<string, { residents: Set<Resident>; unsubscribe(): void }>();
  const report = (err: unknown) => log.warn({ err }, "an announcement could not be passed on");

  /**
   * The conversation as it is by now, and then everything since the user came into it: who was connected when a message
   * was sent hears of it, however soon after the beginning that was.
   */
  async function addConversation(
    resident: Resident,
    { conversation_id, change_seq, at, data }: Announcement,
  ): Promise<void> {
    if (conversation_id === undefined || change_seq === undefined) return;
    const { tenant_id, user_id } = resident;
    const [subscription] = await sources.subscriptions(tenant_id, user_id, conversation_id);
    const conversation = await sources.conversation(tenant_id, user_id, conversation_id);
    if (subscription === undefined || conversation === undefined || residents.get(user_id) !== resident) return;
    resident.deliver(
      eventWriter({ type: "conversation.created", conversation_id, change_seq, at, data: { conversation } }),
    );
    const { last_seq } = data as { last_seq: number };
    resident.following.add(conversation_id);
    channels.follow(resident, tenant_id, { ...subscription, last_change_seq: change_seq, last_seq });
    await channels.compare([conversation_id]);
  }

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

  function hearUser(resident: Resident, heard: Announcement): void {
    const { type, conversation_id, at, data } = heard;
    if (type === "conversation.created") return void addConversation(resident, heard).catch(report);
    if (type === "conversation.state_updated") {
      return resident.deliver(eventWriter({ type, ...(conversation_id && { conversation_id }), at, data }));
    }
    if (type !== "session.revoked") return;
    const told = data as { session_ids: string[]; reason: EndReason } | undefined;
    if (told === undefined) checkSessions().catch(report);
    else endSockets(resident, new Set(told.session_ids), told.reason);
  }

  async function hearTenant(tenantId: string, { type, user_id, at }: Announcement): Promise<void> {
    const here = tenants.get(tenantId)?.residents;
    if (type !== "user.updated" || user_id === undefined || here === undefined) return;
    const sharing = await sources.sharing(
      tenantId,
      user_id,
      [...here].map((resident) => resident.user_id),
    );
    const user = await sources.user(tenantId, user_id);
    if (user === undefined) return;
    const write = eventWriter({ type: "user.updated", at, data: { user } });
    for (const id of new Set([...sharing, user_id])) residents.get(id)?.deliver(write);
  }

  function joinTenant(resident: Resident): void {
    const { tenant_id } = resident;
    const tenant = tenants.get(tenant_id) ?? {
      residents: new Set(),
      unsubscribe: bus.subscribe(channelOf.tenant(tenant_id), (heard) => {
        hearTenant(tenant_id, heard).catch(report);
      }),
    };
    tenants.set(tenant_id, tenant);
    tenant.residents.add(resident);
  }

  function leaveTenant(resident: Resident): void {
    const tenant = tenants.get(resident.tenant_id);
    tenant?.residents.delete(resident);
    if (tenant === undefined || tenant.residents.size > 0) return;
    tenant.unsubscribe();
    tenants.delete(resident.tenant_id);
  }

  async function settle(resident: Resident): Promise<void> {
    const subscriptions = await sources.subscriptions(resident.tenant_id, resident.user_id);
    // Gone before the answer came: nobody would undo these subscriptions.
    if (residents.get(resident.user_id) !== resident) return;
    for (const subscription of subscriptions) {
      resident.following.add(subscription.conversation_id);
      channels.follow(resident, resident.tenant_id, subscription);
    }
  }

  function admit(tenant_id: string, user_id: string): Resident {
    const sockets = new Set<HubSocket>();
    const resident: Resident = {
      tenant_id,
      user_id,
      sockets,
      following: new Set(),
      settled: Promise.resolve(),
      deliver: (write) => {
        for (const socket of sockets) socket.sendEvent(write);
      },
      unsubscribe: bus.subscribe(channelOf.user(user_id), (heard) => hearUser(resident, heard)),
    };
    residents.set(user_id, resident);
    joinTenant(resident);
    resident.settled = settle(resident);
    return resident;
  }

  function dismiss(resident: Resident): void {
    resident.unsubscribe();
    leaveTenant(resident);
    for (const id of resident.following) channels.unfollow(resident, id);
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
      await channels.compare(resident.following);
    },

    leave(socket: HubSocket): void {
      const resident = residents.get(socket.user_id);
      if (!resident?.sockets.delete(socket) || resident.sockets.size > 0) return;
      dismiss(resident);
    },

    checkSessions,
  };
}
