import { index, pgEnum, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import { instant, tenantId } from "../connection/columns.js";
import { tenants } from "../tenants/tenants.table.js";

export const tenantRole = pgEnum("tenant_role", ["owner", "admin", "agent", "member"]);

export const users = pgTable(
  "users",
  {
    tenant_id: tenantId().references(() => tenants.id),
    id: uuid().notNull(),
    display_name: text().notNull(),
    avatar_url: text(),
    timezone: text(),
    /** E.164. Not unique: nobody has proved that the number is theirs. */
    phone: text(),
    role: tenantRole().notNull(),
    last_seen_at: instant(),
    deactivated_at: instant(),
    created_at: instant().notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.tenant_id, table.id] }),
    index("users_by_phone").on(table.tenant_id, table.phone),
  ],
);
