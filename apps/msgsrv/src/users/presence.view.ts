import type { EventData } from "@vero/contracts";
import type { UserRow } from "@vero/db";
import { toUser, withoutPresence } from "@vero/server";

/** Where a user is, as far as somebody may know. */
export function toPresence(row: UserRow, { isApart }: { isApart: boolean }): EventData<"presence.changed"> {
  const user = toUser(row);
  const { is_online, last_seen_at } = isApart ? withoutPresence(user) : user;
  return { user_id: user.id, is_online, last_seen_at };
}
