import type { Cell } from "../operations/contract.js";

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
export interface Effects {
  unblocked: Effect;
  blocker: Effect;
  blocked: Effect;
}

export const ok = (notices: Notice): Effect => ({ answer: "ok", notices });
export const refused = (answer: Cell): Effect => ({ answer, notices: "nothing" });

export const effects = (unblocked: Effect, blocker: Effect, blocked: Effect): Effects => ({
  unblocked,
  blocker,
  blocked,
});

/** A block makes no difference: nobody notices it anyway. */
export const unnoticed = effects(ok("nothing"), ok("nothing"), ok("nothing"));
/** A block makes no difference: the other side learns of it. */
export const shared = effects(ok("delivered"), ok("delivered"), ok("delivered"));
/** Not delivered across a block, whichever side made it. */
export const unlessBlockedPair = effects(ok("delivered"), ok("nothing"), ok("nothing"));
/** To the direct conversation: the blocker cannot, and what the blocked side does never arrives. */
export const sentToDirect = effects(ok("delivered"), refused("you_blocked_user"), ok("nothing"));
/** To a group that both are in. */
export const sentToGroup = effects(ok("delivered"), ok("delivered"), ok("marked"));
/** A message that the blocked side has sent to the direct conversation: they see it, and the blocker does not. */
export const ofWithheldMessage = (absent: Cell): Effects => effects(ok("nothing"), refused(absent), ok("nothing"));

/** Whether the other side receives an event: without a block, from the blocker and from the blocked side. */
export type ReceivedAcross = Readonly<Record<"unblocked" | "blocker" | "blocked", boolean>>;

export const always: ReceivedAcross = { unblocked: true, blocker: true, blocked: true };
export const onlyUnblocked: ReceivedAcross = { unblocked: true, blocker: false, blocked: false };
export const exceptFromBlocked: ReceivedAcross = { unblocked: true, blocker: true, blocked: false };
/** Nobody but the actor receives the event, with or without a block. */
export const never: ReceivedAcross = { unblocked: false, blocker: false, blocked: false };

/** The only event that no operation causes: somebody connects. */
export const comingOnline = { type: "presence.changed", received: onlyUnblocked } as const;
