import { boolean, foreignKey, index, pgTable, primaryKey, uuid } from "drizzle-orm/pg-core";
import { instant, tenantId } from "../connection/columns.js";
import { users } from "../users/users.table.js";

/**
 * One row for each socket. It outlives the socket for a grace period, in which a user who reconnects has never been
 * offline. A user is online until their last row has expired and been removed.
 */
export const connections = pgTable(
  "connections",
  {
    tenant_id: tenantId(),
    user_id: uuid().notNull(),
    id: uuid().notNull(),
    node_id: uuid().notNull(),
    is_open: boolean().notNull().default(true),
    /** The time at which it was last known to be open. */
    seen_at: instant().notNull().defaultNow(),
    /**
     * The row may be removed from here on. An open connection is renewed before; one that is not renewed belongs to a
     * dead node.
     */
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
 * Realtime tokens that have opened a socket, on any node: each opens one only. Rows outlive the minute for which a
 * token is valid, even where clocks differ.
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
