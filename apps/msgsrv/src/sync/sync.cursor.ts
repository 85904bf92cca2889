import { decodeCursor, encodeCursor } from "@vero/server";
import { z } from "zod";

/** A client's position in the changes that no conversation's log holds. */
export interface UserCursor {
  state_seq: number;
  profile_seq: number;
  /** Present while the client may have missed conversations that moved while it walked its list. */
  walk?: Walk;
}

/** A client's walk of its list, page by page, after which conversations that moved meanwhile are answered. */
export interface Walk {
  /** The oldest transaction that had not ended when the walk began. */
  horizon: number;
  /**
   * The last conversation that was answered of those that have moved since, and the horizon of the first such answer.
   */
  answered?: { up_to_id: string; horizon: number };
}

const number = z.int().min(0);
const parts = z.union([
  // Cursors from before profiles were numbered have one part.
  z.tuple([number]),
  z.tuple([number, number]),
  z.tuple([number, number, number]),
  z.tuple([number, number, number, z.uuid(), number]),
]);

export function decodeUserCursor(cursor: string | undefined): UserCursor | undefined {
  const found = decodeCursor(parts, cursor, "user_cursor");
  if (found === undefined) return undefined;
  const [state_seq, profile_seq = 0, horizon, up_to_id, next] = found;
  const answered = up_to_id === undefined || next === undefined ? {} : { answered: { up_to_id, horizon: next } };
  return { state_seq, profile_seq, ...(horizon === undefined ? {} : { walk: { horizon, ...answered } }) };
}

export const encodeUserCursor = ({ state_seq, profile_seq, walk }: UserCursor): string =>
  encodeCursor([
    state_seq,
    profile_seq,
    ...(walk === undefined ? [] : [walk.horizon]),
    ...(walk?.answered === undefined ? [] : [walk.answered.up_to_id, walk.answered.horizon]),
  ]);
