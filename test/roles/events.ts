import type { EventType } from "@vero/contracts";
import type { OperationName, Role } from "./roles.js";

export interface EventRow {
  /** The operation that causes the event. */
  by: OperationName;
  /** The roles that receive the event in every session; no other role does. */
  received: readonly Role[];
}

const all = ["member", "workspace_admin", "admin", "owner"] as const;

/** The audience of each event, by case where it has several. */
export const eventRows = {
  "message.created": { "a message": { by: "messages.send", received: all } },
  "message.updated": {
    "an edit": { by: "messages.edit", received: all },
    "a file": { by: "media.confirm", received: all },
  },
  "message.deleted": {
    "for everyone": { by: "messages.delete", received: all },
    "for me": { by: "messages.delete", received: ["admin"] },
  },
  "reaction.updated": { "a reaction": { by: "messages.react", received: all } },
  "conversation.created": {
    "a group": { by: "conversations.create", received: all },
    // The one who was added receives it, as the test of this case checks besides.
    "a group they are added to": { by: "participants.add", received: [] },
  },
  "conversation.updated": {
    "a new name": { by: "conversations.update", received: all },
    "somebody added": { by: "participants.add", received: all },
    "somebody removed": { by: "participants.remove", received: ["workspace_admin", "admin", "owner"] },
  },
  "conversation.deleted": {
    "for everyone": { by: "conversations.delete", received: all },
    "for me": { by: "conversations.delete", received: ["member"] },
  },
  "conversation.removed": {
    "removed by the owner": { by: "participants.remove", received: ["member"] },
    "left by themselves": { by: "participants.remove", received: ["admin"] },
  },
  "conversation.read": { "a new position": { by: "conversations.mark_read", received: all } },
  "conversation.state_updated": {
    "a mute": { by: "conversations.mute", received: ["member"] },
    "an archive": { by: "conversations.archive", received: ["admin"] },
    "a new position": { by: "conversations.mark_read", received: ["member"] },
  },
  typing: {
    "by a member": {
      by: "conversations.set_typing",
      received: ["workspace_admin", "admin", "owner"],
    },
  },
  "participant.added": { "somebody new": { by: "participants.add", received: all } },
  "participant.updated": { "another role": { by: "participants.update", received: all } },
  "participant.removed": {
    "removed by the owner": {
      by: "participants.remove",
      received: ["workspace_admin", "admin", "owner"],
    },
    "left by themselves": {
      by: "participants.remove",
      received: ["member", "workspace_admin", "owner"],
    },
  },
  "user.updated": { "a new name": { by: "auth.update_profile", received: all } },
  "block.created": { "a block": { by: "users.block", received: ["member"] } },
  "block.removed": { "an unblock": { by: "users.unblock", received: ["member"] } },
  "presence.changed": {
    // Nothing but a connection causes it.
    "somebody comes": { by: "messaging.token", received: all },
    "another availability": { by: "auth.update_profile", received: all },
  },
  "media.ready": { "an upload": { by: "media.confirm", received: ["member"] } },
  "media.rejected": { "an upload": { by: "media.confirm", received: ["member"] } },
} as const satisfies Record<EventType, Readonly<Record<string, EventRow>>>;
