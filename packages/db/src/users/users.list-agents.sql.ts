import { and, eq, inArray, isNull, sql } from "drizzle-orm";
import type { Executor } from "../connection/database.js";
import { conversations } from "../conversations/conversations.table.js";
import { participants } from "../participants/participants.table.js";
import { isListed, ofConversation } from "../participants/participants.visibility.sql.js";
import { isAfter, type NameCursor } from "./users.search.sql.js";
import { availabilityFor, qualified, type UserRow, userColumnsFor } from "./users.sql.js";
import { nameOrder, type UserKey, users } from "./users.table.js";

export interface AgentRow {
  user: UserRow;
  name: string;
  availability: UserRow["availability"];
  open_conversation_count: number;
}

/** Counts the conversations in a user's list that are not archived. */
const openConversations = qualified(sql<number>`(
  select count(*)::int from ${participants} join ${conversations} on ${ofConversation()}
  where ${participants.tenant_id} = ${users.tenant_id} and ${participants.user_id} = ${users.id}
    and ${isListed()} and ${participants.archived_at} is null
)`);

/** Lists the active owners, admins and agents, by name, with their availability as the viewer sees it. */
export const listAgents = (
  db: Executor,
  viewer: UserKey,
  { after, limit }: { after?: NameCursor; limit: number },
): Promise<AgentRow[]> => {
  const name = nameOrder(users);
  return db
    .select({
      user: userColumnsFor(viewer.user_id),
      name,
      availability: availabilityFor(viewer.user_id),
      open_conversation_count: openConversations,
    })
    .from(users)
    .where(
      and(
        eq(users.tenant_id, viewer.tenant_id),
        inArray(users.role, ["owner", "admin", "agent"]),
        isNull(users.deactivated_at),
        after && isAfter(after),
      ),
    )
    .orderBy(name, users.id)
    .limit(limit);
};
