import { type Column, type SQL, sql } from "drizzle-orm";
import { index, pgEnum, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import { counter, instant, plainText, tenantId, tsvector } from "../connection/columns.js";
import { tenants } from "../tenants/tenants.table.js";

export const tenantRole = pgEnum("tenant_role", ["owner", "admin", "agent", "member"]);

/** What people who answer others say of themselves. */
export const availability = pgEnum("availability", ["online", "busy", "offline"]);

/** What lists are sorted by, before the id: as much of a name as fits into a cursor. */
export const nameOrder = ({ name_key }: { name_key: Column }): SQL<string> => sql<string>`left(${name_key}, 60)`;

export const users = pgTable(
  "users",
  {
    tenant_id: tenantId().references(() => tenants.id),
    id: uuid().notNull(),
    display_name: text().notNull(),
    /** The name folded: what it is sorted by and compared with. */
    name_key: plainText().notNull().default(""),
    /** The same for those who mistype it. */
    name_likeness: plainText().notNull().default(""),
    /** The words of the name; null until they have been found. */
    name_words: tsvector(),
    avatar_url: text(),
    timezone: text(),
    /** E.164. Not unique: nobody has proved that the number is theirs. */
    phone: text(),
    role: tenantRole().notNull(),
    /** As chosen; what others see of it depends on whether the user is here. */
    availability: availability().notNull().default("online"),
    last_seen_at: instant(),
    deactivated_at: instant(),
    /** The number, among the workspace's changes of profiles, of the latest change of what others see of this one. */
    profile_seq: counter().notNull().default(0),
    created_at: instant().notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.tenant_id, table.id] }),
    index("users_by_phone").on(table.tenant_id, table.phone),
    index("users_by_name").on(table.tenant_id, nameOrder(table), table.id).where(sql`${table.deactivated_at} is null`),
    index("users_by_word").using("gin", table.tenant_id, table.name_words),
    index("users_without_words").on(table.tenant_id, table.id).where(sql`${table.name_words} is null`),
    // Partial, so that it is never taken for a look-up by id.
    index("users_by_profile_change").on(table.tenant_id, table.profile_seq).where(sql`${table.profile_seq} > 0`),
  ],
);

/** Numbers the changes of profiles and roles in one workspace. The number moves under this row's lock, taken last. */
export const profileCounters = pgTable("profile_counters", {
  tenant_id: uuid()
    .primaryKey()
    .references(() => tenants.id),
  last_profile_seq: counter().notNull(),
});
