import { ConnectedUser, type ConnectedUserDeps, type HubSocket } from "./realtime.connected-user.js";
import type { Feeds } from "./realtime.feeds.js";
import type { Memberships } from "./realtime.memberships.js";
import type { Tenants } from "./realtime.tenants.js";
import type { UserState } from "./realtime.user-state.js";

export interface HubDeps extends ConnectedUserDeps {
  /** The users who are connected to this node, by id. Nothing but the hub changes it. */
  users: Map<string, ConnectedUser>;
  feeds: Pick<Feeds, "compare">;
  memberships: Pick<Memberships, "settle">;
  tenants: Pick<Tenants, "join" | "leave">;
  userState: Pick<UserState, "settle">;
}

export type Hub = ReturnType<typeof createHub>;

/** Keeps the users who are connected to this node, with their sockets. */
export function createHub(deps: HubDeps) {
  const { users, feeds, memberships, tenants, userState } = deps;

  function admit(socket: HubSocket): ConnectedUser {
    // From here on nothing is missed: the bus is heard before the conversations are read.
    const user = new ConnectedUser(socket, deps);
    users.set(user.user_id, user);
    user.settleAfter(Promise.all([tenants.join(user), memberships.settle(user), userState.settle(user)]));
    return user;
  }

  function dismiss(user: ConnectedUser): void {
    if (!user.leave()) return;
    tenants.leave(user);
    users.delete(user.user_id);
  }

  return {
    /**
     * Adds a socket. `onReady` is called before the first event, as soon as nothing that happens from then on can be
     * missed.
     */
    async join(socket: HubSocket, onReady: () => void): Promise<void> {
      const user = users.get(socket.user_id) ?? admit(socket);
      user.sockets.add(socket);
      try {
        await user.settled;
      } catch (error) {
        dismiss(user);
        throw error;
      }
      onReady();
      // Changes may have been published while the conversations were being read.
      await feeds.compare(user.following.ids());
    },

    leave(socket: HubSocket): void {
      const user = users.get(socket.user_id);
      if (user?.sockets.delete(socket) && user.sockets.size === 0) dismiss(user);
    },

    /**
     * Asks all clients of this node to synchronise: events may have been missed, also some without a number that a
     * comparison could find.
     */
    resync(reason: string): void {
      for (const user of users.values()) user.resync(reason);
    },
  };
}
