import { forEachLimited } from "../jobs/for-each-limited.js";
import type { ConnectedUser } from "./realtime.connected-user.js";
import type { Sources } from "./realtime.sources.js";

/** Milliseconds that a comparison waits for events of changes that have been committed and are being published. */
const eventWaitMs = 300;

export type UserState = ReturnType<typeof createUserState>;

/** Finds changes of what is a user's own of which the bus brought no event, and asks their clients to synchronise. */
export function createUserState(sources: Pick<Sources, "lastStateSeqs" | "ownChangesAfter">) {
  async function check(user: ConnectedUser, last: number): Promise<void> {
    const { position } = user;
    const changes = await sources.ownChangesAfter(user, position.checked);
    const isMissing = () => changes.some((change) => !position.hasDelivered(change));
    if (isMissing()) await new Promise((resolve) => setTimeout(resolve, eventWaitMs));
    if (!user.isHere()) return;
    if (isMissing()) user.resync("own_changes");
    position.settleTo(last);
  }

  return {
    /** Counts earlier changes as delivered: clients ask for those when they have connected. */
    async settle(user: ConnectedUser): Promise<void> {
      const [row] = await sources.lastStateSeqs([user]);
      user.position.settleTo(row?.last_state_seq ?? 0);
    },

    async compare(users: readonly ConnectedUser[]): Promise<void> {
      if (users.length === 0) return;
      const rows = await sources.lastStateSeqs(users);
      const last = new Map(rows.map(({ user_id, last_state_seq }) => [user_id, last_state_seq]));
      const behind = users.filter(({ user_id, position }) => (last.get(user_id) ?? 0) > position.checked);
      await forEachLimited(behind, (user) => check(user, last.get(user.user_id) ?? 0));
    },
  };
}
