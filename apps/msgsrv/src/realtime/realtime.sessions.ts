import type { UserBusEvent } from "@vero/server";
import type { ConnectedUser } from "./realtime.connected-user.js";
import type { Sources } from "./realtime.sources.js";

type Revoked = Extract<UserBusEvent, { type: "session.revoked" }>["data"];

export type SessionChecks = ReturnType<typeof createSessionChecks>;

/** Ends the sockets whose sessions have ended. */
export function createSessionChecks(deps: {
  users: ReadonlyMap<string, ConnectedUser>;
  sources: Pick<Sources, "endedSessions">;
  onError(error: unknown): void;
}) {
  const { users, sources, onError } = deps;

  /** Ends the sockets whose sessions are over in the database, whether or not the bus brought an event of that. */
  async function check(): Promise<void> {
    const sockets = [...users.values()].flatMap((user) => [...user.sockets]);
    const ids = [...new Set(sockets.map((socket) => socket.session_id))];
    if (ids.length === 0) return;
    const ended = new Map((await sources.endedSessions(ids)).map((row) => [row.id, row.user_deactivated]));
    for (const socket of sockets) {
      const deactivated = ended.get(socket.session_id);
      if (deactivated !== undefined) socket.end(deactivated ? "user_deactivated" : "session_revoked");
    }
  }

  return {
    check,

    /** Ends the sockets of sessions that were revoked; without data, the event only says that some were. */
    onRevoked(user: ConnectedUser, revoked: Revoked | undefined): void {
      if (revoked === undefined) return void check().catch(onError);
      for (const socket of [...user.sockets]) {
        if (revoked.session_ids.includes(socket.session_id)) socket.end(revoked.reason);
      }
    },
  };
}
