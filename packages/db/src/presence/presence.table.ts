import { boolean, foreignKey, index, pgTable, primaryKey, uuid } from "drizzle-orm/pg-core";
import { instant, tenantId } from "../connection/columns.js";
import { users } from "../users/users.table.js";

/**
 * One row for each socket, which outlives it for a moment: whoever comes back in time was never away. A user who has a
 * row is online, until somebody removes what has expired.
 */
export const connections = pgTable(
  "connections",
  {
    tenant_id: tenantId(),
    user_id: uuid().notNull(),
    id: uuid().notNull(),
    node_id: uuid().notNull(),
    is_open: boolean().notNull().default(true),
    /** When it was last known to be open. */
    seen_at: instant().notNull().defaultNow(),
    /** An open one is renewed before; one that is not belongs to a node that died. */
    expires_at: instant().notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.tenant_id, table.user_id, table.id] }),
    foreignKey({ columns: [table.tenant_id, table.user_id], foreignColumns: [users.tenant_id, users.id] }),
    index("connections_by_node").on(table.node_id),
    index("connections_by_end").on(table.expires_at),
  ],
);

/**
 * Realtime tokens that have opened a socket, whichever node it was on: each opens one. Rows outlive the minute that a
 * token is good for, also where clocks differ.
 */
export const usedRealtimeTokens = pgTable(
  "used_realtime_tokens",
  {
    tenant_id: tenantId(),
    user_id: uuid().notNull(),
    /** The token's `jti`. */
    id: uuid().notNull(),
    used_at: instant().notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.tenant_id, table.user_id, table.id] }),
    foreignKey({ columns: [table.tenant_id, table.user_id], foreignColumns: [users.tenant_id, users.id] }),
    index("used_realtime_tokens_by_time").on(table.used_at),
  ],
);
