import {
  type Executor,
  getSyncPosition,
  listBlocksAfter,
  listHidesAfter,
  listMembershipsChangedAfter,
  listMembershipsMovedSince,
  listProfilesChangedAfter,
  type SyncPosition,
  type UserKey,
} from "@vero/db";
import { toUser } from "@vero/server";
import { toBlock } from "../views/blocks.view.js";
import { encodeUserCursor, type UserCursor, type Walk } from "./sync.cursor.js";

/** Bounds the changes of user state in one answer. */
const maxStates = 100;
/**
 * Bounds the profiles looked at for one answer: a client that was away for long has more calls to make, and none takes
 * long.
 */
const maxProfiles = 200;
/** Bounds the conversations that moved during a walk, in one answer. */
const maxMoved = 50;
/** The divisor with which each of these bounds is 1. */
export const maxDivisor = 256;

const part = (bound: number, divisor: number): number => Math.max(1, Math.floor(bound / divisor));

/** Bounds the transactions begun since a horizon that can still be compared with it. */
const maxComparable = 2 ** 30;

/**
 * Answers the number to start from. One ahead of the database is from before a backup was restored: then everything is
 * due.
 */
const startOf = (known: number | undefined, last: number): number =>
  known === undefined ? last : known > last ? 0 : known;

/** A range of numbers whose changes are listed, from after `afterSeq` to `lastSeq`, and the limit of the answer. */
interface Span {
  afterSeq: number;
  lastSeq: number;
  limit: number;
}

/** Lists the changes of user state after a number: memberships, hidden messages and blocks. */
async function listStates(tx: Executor, user: UserKey, { afterSeq, lastSeq, limit }: Span) {
  if (afterSeq === lastSeq)
    return { memberships: [], hidden: [], blocked: [], unblocked: [], up_to: lastSeq, has_more: false };
  const page = { stateSeq: afterSeq, limit: limit + 1 };
  const memberships = await listMembershipsChangedAfter(tx, user, page);
  const hides = await listHidesAfter(tx, user, page);
  const blocks = await listBlocksAfter(tx, { tenant_id: user.tenant_id, blocker_id: user.user_id }, page);
  const numbers = [...memberships, ...hides, ...blocks.map(({ block }) => block)]
    .map(({ state_seq }) => state_seq)
    .sort((a, b) => a - b);
  const has_more = numbers.length > limit;
  const up_to = has_more ? (numbers[limit - 1] as number) : lastSeq;
  const due = blocks.filter(({ block }) => block.state_seq <= up_to);
  return {
    memberships: memberships.filter(({ state_seq }) => state_seq <= up_to),
    hidden: hides
      .filter(({ state_seq }) => state_seq <= up_to)
      .map(({ conversation_id, message_id, seq, sender_id }) => ({ conversation_id, message_id, seq, sender_id })),
    blocked: due.filter(({ block }) => block.removed_at === null).map(toBlock),
    unblocked: due.flatMap(({ block }) => (block.removed_at === null ? [] : block.blocked_id)),
    up_to,
    has_more,
  };
}

/** Lists the profiles that changed after a number, of users with whom the user shares a conversation. */
async function listProfiles(tx: Executor, user: UserKey, { afterSeq, lastSeq, limit }: Span) {
  if (afterSeq === lastSeq) return { users: [], up_to: lastSeq, has_more: false };
  const rows = await listProfilesChangedAfter(tx, user, { profileSeq: afterSeq, limit: limit + 1 });
  const page = rows.slice(0, limit);
  const has_more = rows.length > limit;
  return {
    users: page.filter(({ is_known }) => is_known).map(toUser),
    up_to: has_more ? (page.at(-1)?.profile_seq as number) : lastSeq,
    has_more,
  };
}

/**
 * Lists the conversations that moved in the list while the client walked it, a page at a time. One that moves while
 * more pages are to come may have been answered already: so another pass follows, from the time of the first answer.
 */
async function listMoved(
  tx: Executor,
  user: UserKey,
  { walk, now, limit }: { walk: Walk | undefined; now: SyncPosition; limit: number },
): Promise<{ memberships: Awaited<ReturnType<typeof listMembershipsMovedSince>>; walk?: Walk }> {
  if (walk === undefined) return { memberships: [] };
  // Transactions are compared by 32 bits: where the horizon is too long ago, or of another database, all conversations
  // are due.
  const isComparable = walk.horizon <= now.horizon && now.horizon - walk.horizon < maxComparable;
  const horizon = isComparable ? walk.horizon : 0;
  const since = { horizon, afterId: walk.answered?.up_to_id };
  const rows = await listMembershipsMovedSince(tx, user, { ...since, limit: limit + 1 });
  const memberships = rows.slice(0, limit);
  const last = memberships.at(-1);
  if (rows.length > limit && last !== undefined) {
    const answered = { up_to_id: last.conversation_id, horizon: walk.answered?.horizon ?? now.horizon };
    return { memberships, walk: { horizon: walk.horizon, answered } };
  }
  return walk.answered === undefined ? { memberships } : { memberships, walk: { horizon: walk.answered.horizon } };
}

/**
 * Lists the changes that no conversation's log holds. A client without a cursor is given one with which a walk of the
 * list that begins afterwards can be completed. `divisor` makes the answer that many times as short.
 */
export async function listOwnChanges(
  tx: Executor,
  user: UserKey,
  cursor: UserCursor | undefined,
  { startsWalk, divisor }: { startsWalk: boolean; divisor: number },
) {
  const now = await getSyncPosition(tx, user);
  const after = startOf(cursor?.state_seq, now.state_seq);
  const states = await listStates(tx, user, {
    afterSeq: after,
    lastSeq: now.state_seq,
    limit: part(maxStates, divisor),
  });
  const profiles = await listProfiles(tx, user, {
    afterSeq: startOf(cursor?.profile_seq, now.profile_seq),
    lastSeq: now.profile_seq,
    limit: part(maxProfiles, divisor),
  });
  const moved = await listMoved(tx, user, { walk: cursor?.walk, now, limit: part(maxMoved, divisor) });
  const walk = startsWalk ? { horizon: now.horizon } : moved.walk;
  return {
    after,
    states: states.memberships,
    moved: moved.memberships,
    hidden: states.hidden,
    blocked: states.blocked,
    unblocked: states.unblocked,
    users: profiles.users,
    user_cursor: encodeUserCursor({
      state_seq: states.up_to,
      profile_seq: profiles.up_to,
      ...(walk && { walk }),
    }),
    has_more: states.has_more || profiles.has_more || moved.walk !== undefined,
  };
}
