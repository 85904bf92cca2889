import type { PersonalBusEvent, Received, UserBusEvent } from "@vero/server";
import type { ConnectedUser } from "./realtime.connected-user.js";
import { eventWriter } from "./realtime.frames.js";
import type { Memberships } from "./realtime.memberships.js";
import { toOutgoingEvent } from "./realtime.render.js";
import type { SessionChecks } from "./realtime.sessions.js";

/** Handles the events of a connected user's own channel. */
export function createUserEvents({
  memberships,
  sessions,
}: {
  memberships: Pick<Memberships, "add">;
  sessions: SessionChecks;
}) {
  /**
   * Delivers to the user's sockets an event that is for nobody else, unless a newer one about the same was delivered
   * before.
   */
  function deliver(user: ConnectedUser, event: PersonalBusEvent): void {
    if (!user.position.note(event)) return;
    if ("conversation_id" in event) {
      // Nothing of a conversation is delivered after its end, not even events that were on their way.
      if (!user.following.has(event.conversation_id)) return;
      if (event.type === "conversation.deleted") user.following.remove(event.conversation_id);
    }
    user.deliver(eventWriter(toOutgoingEvent(event)));
  }

  return (user: ConnectedUser, event: Received<UserBusEvent>): void => {
    if (event.type === "session.revoked") return sessions.onRevoked(user, event.data);
    user.inTurn(() => {
      if (event.type === "conversation.created") return memberships.add(user, event);
      if (event.data === undefined) return user.resync("event_too_large");
      deliver(user, event);
    });
  };
}
