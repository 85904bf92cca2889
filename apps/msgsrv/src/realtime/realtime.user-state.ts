import type { PersonalBusEvent } from "@vero/server";
import { forEachLimited } from "../jobs/for-each-limited.js";

/** The reads that delivered user state is compared with. */
export interface UserStateSources {
  lastStateSeqs(
    users: readonly { tenant_id: string; user_id: string }[],
  ): Promise<{ user_id: string; last_state_seq: number }[]>;
  /** Lists the conversations, hidden messages and blocked users whose state_seq of this user is after a number. */
  ownChangesAfter(
    tenantId: string,
    userId: string,
    stateSeq: number,
  ): Promise<{ subject_id: string; state_seq: number }[]>;
}

/** How far a connected user has been delivered what is their own. */
export interface UserPosition {
  /** Nothing up to this number is missing. */
  checked: number;
  /** For each conversation, hidden message and blocked user, the number that was delivered last. */
  delivered: Map<string, number>;
}

interface Owner {
  tenant_id: string;
  user_id: string;
  own: UserPosition;
  isHere(): boolean;
  resync(reason: string): void;
}

function subjectOf(event: PersonalBusEvent): string | undefined {
  switch (event.type) {
    case "message.deleted":
      return event.data.message.id;
    case "block.created":
      return event.data.block.user.id;
    case "block.removed":
      return event.data.user_id;
    case "conversation.deleted":
    case "conversation.state_updated":
      return event.conversation_id;
    default:
      return undefined;
  }
}

/**
 * Notes that an event is delivered; answers false where a newer one about the same was before: changes from two devices
 * may be published in either order. Events without a number are always new.
 */
export function isNewer(own: UserPosition, event: PersonalBusEvent): boolean {
  const { state_seq } = event;
  const subject = subjectOf(event);
  if (state_seq === undefined || subject === undefined) return true;
  if (state_seq <= Math.max(own.checked, own.delivered.get(subject) ?? 0)) return false;
  own.delivered.set(subject, state_seq);
  return true;
}

/** Milliseconds that a comparison waits for events of changes that have been committed and are being published. */
const eventWaitMs = 300;

/** Finds changes of what is somebody's own of which the bus brought no event, and asks their clients to synchronise. */
export function createUserStateChanges(sources: UserStateSources) {
  async function check(owner: Owner, last: number): Promise<void> {
    const { tenant_id, user_id, own } = owner;
    const changes = await sources.ownChangesAfter(tenant_id, user_id, own.checked);
    const isMissing = () =>
      changes.some(({ subject_id, state_seq }) => (own.delivered.get(subject_id) ?? 0) < state_seq);
    if (isMissing()) await new Promise((resolve) => setTimeout(resolve, eventWaitMs));
    if (!owner.isHere()) return;
    if (isMissing()) owner.resync("own_changes");
    own.checked = Math.max(own.checked, last);
    for (const [subject, state_seq] of own.delivered) if (state_seq <= own.checked) own.delivered.delete(subject);
  }

  return {
    /** Counts earlier changes as delivered: clients ask for those when they have connected. */
    async settle(owner: Owner): Promise<void> {
      const [row] = await sources.lastStateSeqs([owner]);
      owner.own.checked = row?.last_state_seq ?? 0;
    },

    async compare(owners: readonly Owner[]): Promise<void> {
      if (owners.length === 0) return;
      const rows = await sources.lastStateSeqs(owners);
      const last = new Map(rows.map(({ user_id, last_state_seq }) => [user_id, last_state_seq]));
      const behind = owners.filter(({ user_id, own }) => (last.get(user_id) ?? 0) > own.checked);
      await forEachLimited(behind, (owner) => check(owner, last.get(owner.user_id) ?? 0));
    },
  };
}
