import { decodeCursor, encodeCursor } from "@vero/server";
import { z } from "zod";

/** A client's position in the changes that no conversation's log holds. */
export interface UserCursor {
  state_seq: number;
  profile_seq: number;
  /** Present while the client may have missed conversations that moved while it walked its list. */
  walk?: Walk;
}

export interface Walk {
  /** The oldest transaction that was not over when the walk began. */
  horizon: number;
  /** How far the conversations that have moved since were answered, and the horizon of the first of these answers. */
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
