import type { EventType } from "@vero/contracts";
import type { Cell, OperationName } from "../roles/roles.js";

/**
 * The kinds of notice: how the other side learns of an act, by the events that they receive and by what they can read.
 */
export const notices = {
  delivered: "as without a block",
  marked: "as without a block, but marked `from_blocked_user` and not counted as unread",
  gone: "something from before the block disappears for them, and they never see what replaced it",
  back: "somebody they know comes online again",
  nothing: "nothing, except that the conversation's numbers move on",
} as const;
export type Notice = keyof typeof notices;

/** The effect of an act: the answer to the actor, and what the other side notices. */
export interface Effect {
  answer: Cell;
  notices: Notice;
}

/** The effects of one act, done without a block, by the blocker and by the blocked side. */
export interface Row {
  unblocked: Effect;
  blocker: Effect;
  blocked: Effect;
}

const ok = (notices: Notice): Effect => ({ answer: "ok", notices });
const refused = (answer: Cell): Effect => ({ answer, notices: "nothing" });

const row = (unblocked: Effect, blocker: Effect, blocked: Effect): Row => ({ unblocked, blocker, blocked });

/** A block makes no difference: nobody notices it anyway. */
const private_ = row(ok("nothing"), ok("nothing"), ok("nothing"));
/** A block makes no difference: the other side learns of it. */
const shared = row(ok("delivered"), ok("delivered"), ok("delivered"));
/** Not delivered across a block, whichever side made it. */
const unlessBlockedPair = row(ok("delivered"), ok("nothing"), ok("nothing"));
/** To the direct conversation: the blocker cannot, and what the blocked side does never arrives. */
const direct = row(ok("delivered"), refused("you_blocked_user"), ok("nothing"));
/** To a group that both are in. */
const group = row(ok("delivered"), ok("delivered"), ok("marked"));
/** A message that the blocked side has sent to the direct conversation: they see it, and the blocker does not. */
const withheldMessage = (absent: Cell): Row => row(ok("nothing"), refused(absent), ok("nothing"));

/** By operation and, where it matters what it is done to, by case. */
export const operationRows = {
  "auth.signup": { "a new workspace": private_ },
  "auth.login": { "with credentials": private_ },
  "auth.refresh": { "with a refresh token": private_ },
  "auth.logout": { "of a session of their own": private_ },
  "auth.me": { themselves: private_ },
  "auth.update_profile": { "their own name": shared },
  "auth.change_password": { "their own": private_ },
  "auth.create_invite": { "of a member": private_ },
  "auth.list_invites": { "of their workspace": private_ },
  "auth.revoke_invite": { "of the workspace": private_ },
  "auth.list_sessions": { "their own": private_ },
  "auth.revoke_session": { "one of their own": private_ },
  "auth.update_member": { "the other's role": shared },
  "messaging.token": { "their own": private_ },

  "conversations.list": { all: private_ },
  "conversations.create": {
    "a group with the other": row(ok("delivered"), ok("delivered"), ok("nothing")),
    "the direct one that there is": private_,
    "a new direct one": direct,
  },
  "conversations.get": { "a group": private_, "the direct one": private_ },
  "conversations.update": { "the name of a group": shared },
  "conversations.delete": {
    "a group for me": private_,
    "a group for everyone": shared,
    "the direct one for me": private_,
    "the direct one for everyone": shared,
  },
  "conversations.mark_read": { "in a group": unlessBlockedPair, "in the direct one": unlessBlockedPair },
  "conversations.set_typing": { "in a group": unlessBlockedPair, "in the direct one": unlessBlockedPair },
  "conversations.mute": { "a group": private_, "the direct one": private_ },
  "conversations.unmute": { "a group": private_, "the direct one": private_ },
  "conversations.archive": { "a group": private_, "the direct one": private_ },
  "conversations.unarchive": { "a group": private_, "the direct one": private_ },
  "conversations.list_unread": { all: private_ },

  "participants.list": { "of a group": private_, "of the direct one": private_ },
  "participants.add": {
    "the other to a group": row(ok("delivered"), ok("delivered"), ok("nothing")),
    "somebody else to a group": shared,
  },
  "participants.remove": { "the other": shared, themselves: shared },
  "participants.update": { "the other's role": shared },

  "messages.send": {
    "to a group": group,
    "to a group, mentioning the other": group,
    "to a group, in reply to the other": group,
    "to the direct one": direct,
    "again, what the direct one has": private_,
  },
  "messages.list": { "of a group": private_, "of the direct one": private_ },
  "messages.sync": { "of both": private_ },
  "messages.get": {
    "from before the block": private_,
    withheld: withheldMessage("message_not_found"),
  },
  "messages.list_edits": {
    "from before the block": private_,
    withheld: withheldMessage("message_not_found"),
  },
  "messages.edit": {
    "their own in a group": shared,
    "their own in the direct one": row(ok("delivered"), ok("delivered"), ok("gone")),
  },
  "messages.delete": {
    "for me": private_,
    "for me, withheld": withheldMessage("message_not_found"),
    "their own in a group": shared,
    "their own in the direct one": shared,
  },
  "messages.react": {
    "in a group": shared,
    "in the direct one": direct,
    "in the direct one, taking back": row(ok("delivered"), refused("you_blocked_user"), ok("gone")),
    "to a withheld message": row(ok("delivered"), refused("message_not_found"), ok("nothing")),
  },
  "messages.forward": {
    "to a group": group,
    "to the direct one": row(ok("delivered"), refused("failed you_blocked_user"), ok("nothing")),
    "elsewhere, from before the block": private_,
    "elsewhere, withheld": withheldMessage("message_not_found"),
  },
  "messages.search": { everywhere: private_ },

  "users.list": { all: private_ },
  "users.search": { "by name": private_ },
  "users.list_agents": { all: private_ },
  "users.block": { "the other": row(ok("delivered"), ok("nothing"), ok("nothing")) },
  "users.unblock": { "the other": row(ok("nothing"), ok("back"), ok("nothing")) },
  "users.list_blocks": { "their own": private_ },

  "media.create_upload_url": { "for a file": private_ },
  "media.confirm": {
    "for later": private_,
    "for a message of theirs in the direct one": row(ok("delivered"), refused("you_blocked_user"), ok("gone")),
  },
  "media.get": {
    "from before the block, in the direct one": private_,
    withheld: withheldMessage("media_not_found"),
    "in a group": private_,
  },
} as const satisfies Record<OperationName, Readonly<Record<string, Row>>>;

export type Case<O extends OperationName> = keyof (typeof operationRows)[O] & string;
/** An operation and one of its cases. */
export type Cause = { [O in OperationName]: readonly [O, Case<O>] }[OperationName];

/**
 * An event's cause, and whether the other side receives the event: without a block, from the blocker and from the
 * blocked side.
 */
export interface EventRow {
  by: Cause | "coming online";
  unblocked: boolean;
  blocker: boolean;
  blocked: boolean;
}

const always = (by: EventRow["by"]): EventRow => ({ by, unblocked: true, blocker: true, blocked: true });
const onlyUnblocked = (by: EventRow["by"]): EventRow => ({ by, unblocked: true, blocker: false, blocked: false });
const fromBlockerOnly = (by: EventRow["by"]): EventRow => ({ by, unblocked: true, blocker: true, blocked: false });
/** Nobody but the actor receives the event, with or without a block. */
const never = (by: EventRow["by"]): EventRow => ({ by, unblocked: false, blocker: false, blocked: false });

/** By event and by what causes it, in the direct conversation and in a group. */
export const eventRows = {
  "message.created": {
    "in a group": always(["messages.send", "to a group"]),
    "in the direct one": onlyUnblocked(["messages.send", "to the direct one"]),
    "a copy in a group": always(["messages.forward", "to a group"]),
    "a copy in the direct one": onlyUnblocked(["messages.forward", "to the direct one"]),
  },
  "message.updated": {
    "in a group": always(["messages.edit", "their own in a group"]),
    "in the direct one": fromBlockerOnly(["messages.edit", "their own in the direct one"]),
  },
  "message.deleted": {
    "in a group": always(["messages.delete", "their own in a group"]),
    "in the direct one": always(["messages.delete", "their own in the direct one"]),
    "for me": never(["messages.delete", "for me"]),
    "for the other alone, by an edit in the direct one": {
      by: ["messages.edit", "their own in the direct one"],
      unblocked: false,
      blocker: false,
      blocked: true,
    },
  },
  "reaction.updated": {
    "in a group": always(["messages.react", "in a group"]),
    "in the direct one": onlyUnblocked(["messages.react", "in the direct one"]),
  },
  "conversation.created": {
    "a group with the other": fromBlockerOnly(["conversations.create", "a group with the other"]),
    "a group the other is added to": fromBlockerOnly(["participants.add", "the other to a group"]),
    "a direct one": onlyUnblocked(["conversations.create", "a new direct one"]),
  },
  "conversation.updated": { "a group": always(["conversations.update", "the name of a group"]) },
  "conversation.deleted": {
    "a group": always(["conversations.delete", "a group for everyone"]),
    "the direct one": always(["conversations.delete", "the direct one for everyone"]),
    "for me": never(["conversations.delete", "the direct one for me"]),
  },
  "conversation.removed": { "the other": always(["participants.remove", "the other"]) },
  "conversation.read": {
    "in a group": onlyUnblocked(["conversations.mark_read", "in a group"]),
    "in the direct one": onlyUnblocked(["conversations.mark_read", "in the direct one"]),
  },
  "conversation.state_updated": {
    "in a group": never(["conversations.mute", "a group"]),
    "in the direct one": never(["conversations.mute", "the direct one"]),
  },
  typing: {
    "in a group": onlyUnblocked(["conversations.set_typing", "in a group"]),
    "in the direct one": onlyUnblocked(["conversations.set_typing", "in the direct one"]),
  },
  "participant.added": { "somebody else": always(["participants.add", "somebody else to a group"]) },
  "participant.updated": { "the other": always(["participants.update", "the other's role"]) },
  "participant.removed": { themselves: always(["participants.remove", "themselves"]) },
  "user.updated": { "a new name": always(["auth.update_profile", "their own name"]) },
  "block.created": { "a block": never(["users.block", "the other"]) },
  "block.removed": { "an unblock": never(["users.unblock", "the other"]) },
  "presence.changed": {
    "a block": onlyUnblocked(["users.block", "the other"]),
    "an unblock": { by: ["users.unblock", "the other"], unblocked: false, blocker: true, blocked: false },
    "somebody comes": onlyUnblocked("coming online"),
  },
  "media.ready": { "an upload": never(["media.confirm", "for later"]) },
  "media.rejected": { "an upload": never(["media.confirm", "for later"]) },
} as const satisfies Record<EventType, Readonly<Record<string, EventRow>>>;
