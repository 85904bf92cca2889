import { foreignKey, index, pgTable, primaryKey, uuid } from "drizzle-orm/pg-core";
import { instant, tenantId } from "../connection/columns.js";
import { users } from "../users/users.table.js";

/** A node renews its rows every ten seconds: one renewal may fail, and the next one be late. */
export const connectionTtlSeconds = 25;

/** One row for each open socket; a row that its node has not renewed for a while belongs to a node that died. */
export const connections = pgTable(
  "connections",
  {
    tenant_id: tenantId(),
    user_id: uuid().notNull(),
    id: uuid().notNull(),
    node_id: uuid().notNull(),
    seen_at: instant().notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.tenant_id, table.user_id, table.id] }),
    foreignKey({ columns: [table.tenant_id, table.user_id], foreignColumns: [users.tenant_id, users.id] }),
    index("connections_by_node").on(table.node_id),
  ],
);
