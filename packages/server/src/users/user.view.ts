import type { User } from "@vero/contracts";
import type { UserRow } from "@vero/db";

/** As somebody across a block sees them: neither online nor known to have been. */
export const withoutPresence = (user: User): User => ({ ...user, is_online: false, last_seen_at: null });

/** A user as others in the workspace see them. */
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
