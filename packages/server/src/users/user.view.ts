import type { User } from "@vero/contracts";
import type { UserRow } from "@vero/db";

/** Returns a user as viewers across a block see them: not online, and without the time when they last were. */
export const withoutPresence = (user: User): User => ({ ...user, is_online: false, last_seen_at: null });

/** Converts a row into a user as others in the workspace see them. */
export const toUser = (row: UserRow): User => ({
  id: row.id,
  display_name: row.display_name,
  avatar_url: row.avatar_url,
  timezone: row.timezone,
  role: row.role,
  is_online: row.is_online,
  last_seen_at: row.last_seen_at?.toISOString() ?? null,
  created_at: row.created_at.toISOString(),
});
