import type { ConnectedUser } from "./realtime.connected-user.js";
import type { Feeds } from "./realtime.feeds.js";
import type { Memberships } from "./realtime.memberships.js";
import type { Tenants } from "./realtime.tenants.js";
import type { UserState } from "./realtime.user-state.js";

export type Reconciler = ReturnType<typeof createReconciler>;

/**
 * Finds by comparison with the database the changes of which the bus brought no event: memberships, user state,
 * conversations with their receipts, and profiles.
 */
export function createReconciler(deps: {
  users: ReadonlyMap<string, ConnectedUser>;
  feeds: Pick<Feeds, "compare">;
  memberships: Pick<Memberships, "compare">;
  tenants: Pick<Tenants, "compare">;
  userState: Pick<UserState, "compare">;
}) {
  const { users, feeds, memberships, tenants, userState } = deps;
  return {
    async compare(): Promise<void> {
      // There is nothing to compare with before a user has settled.
      const settled = [...users.values()].filter(({ mode }) => mode === "settled");
      await Promise.all([memberships.compare(settled), userState.compare(settled), feeds.compare(), tenants.compare()]);
    },
  };
}
