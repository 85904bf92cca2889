import { AppError } from "@vero/contracts";
import {
  type ConversationKey,
  type Executor,
  type FrozenRead,
  listBlockedPairs,
  listBlockers,
  listFrozenReads,
  type Membership,
  type UserKey,
} from "@vero/db";

/** Sides of a block: those who have blocked a user, or both of a blocked pair, each from the other. */
type Side = "the blocker" | "each of the two";

interface Rule {
  from: Side;
  /** The mechanism, and where it is. */
  by: string;
}

/**
 * The policy of blocks: what of a user is withheld, from which side, and by which mechanism. What is decided when it is
 * written stays as it is when the block ends; the rest lasts as long as the block.
 */
export const policy = {
  "a message to the direct conversation": {
    from: "the blocker",
    by: "hidden when it is written (`messages.send.sql`)",
  },
  "a message to a group": { from: "the blocker", by: "marked when it is written, never counted (`blocked_by`)" },
  "a change of an older direct message": { from: "the blocker", by: "the message is hidden before (`messages.hide`)" },
  "a reaction in the direct conversation": { from: "the blocker", by: "noted on the reaction, redacted in the event" },
  "the position of the direct conversation in the list": {
    from: "the blocker",
    by: "the list goes by the activity before (`known_activity_at`)",
  },
  "being added to a group": { from: "the blocker", by: "left out, and named to the user who adds them (`skipped`)" },
  "a new conversation": { from: "the blocker", by: "left out of a group, a direct one is not listed" },
  typing: { from: "each of the two", by: "redaction of the event" },
  reading: { from: "each of the two", by: "redaction of the event, frozen read position (`block_marks`)" },
  presence: { from: "each of the two", by: "left out where a user is read (`userColumnsFor`)" },
} as const satisfies Record<string, Rule>;

type Policy = typeof policy;
type Doing<S extends Side> = { [What in keyof Policy]: Policy[What]["from"] extends S ? What : never }[keyof Policy];

/** Lists from whom something that a user does is withheld at present. */
export async function withheldFrom(db: Executor, what: Doing<"each of the two">, key: UserKey): Promise<string[]>;
export async function withheldFrom(
  db: Executor,
  what: Doing<"the blocker">,
  key: UserKey & { among: readonly string[] },
): Promise<string[]>;
export async function withheldFrom(
  db: Executor,
  what: keyof Policy,
  { tenant_id, user_id, among = [] }: UserKey & { among?: readonly string[] },
): Promise<string[]> {
  if (policy[what].from === "each of the two") {
    return (await listBlockedPairs(db, { tenant_id, user_ids: [user_id] })).map(({ other_id }) => other_id);
  }
  return among.length === 0
    ? []
    : (await listBlockers(db, { tenant_id, user_id, candidates: among })).map((row) => row.user_id);
}

/**
 * Refuses what would reach the other side of a direct conversation whom the actor has blocked: messages, reactions,
 * forwarded messages, files. What reached them before may be edited and deleted.
 */
export function refuseTowardsBlocked({ blocks_other }: Pick<Membership, "blocks_other">): void {
  if (blocks_other) throw new AppError("you_blocked_user");
}

/**
 * Lists the read positions of users that viewers in a blocked pair with them are shown instead of the present ones: all
 * such viewers, or the given one.
 */
export const redactReads = async (
  db: Executor,
  key: ConversationKey,
  of: { userIds: readonly string[]; viewerId?: string },
): Promise<{ frozen_reads: FrozenRead[] }> => ({
  frozen_reads: of.userIds.length === 0 ? [] : await listFrozenReads(db, key, of),
});

/** Makes the redactions of read receipts: from whom the present ones of each of the users are withheld. */
export async function redactReceipts(
  db: Executor,
  { tenant_id, userIds }: { tenant_id: string; userIds: readonly string[] },
): Promise<(userId: string) => { withheld_from: string[] }> {
  const pairs = userIds.length === 0 ? [] : await listBlockedPairs(db, { tenant_id, user_ids: userIds });
  return (userId) => ({
    withheld_from: pairs.filter(({ user_id }) => user_id === userId).map(({ other_id }) => other_id),
  });
}
