import { type Column, type SQL, sql } from "drizzle-orm";
import { index, pgEnum, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import { counter, instant, plainText, tenantId, tsvector } from "../connection/columns.js";
import { tenants } from "../tenants/tenants.table.js";

export const tenantRole = pgEnum("tenant_role", ["owner", "admin", "agent", "member"]);

/** The availability that a user chooses to show. */
export const availability = pgEnum("availability", ["online", "busy", "offline"]);

/** The sort key of lists by name, before the id: the folded name, cut to a length that fits into a cursor. */
export const nameOrder = ({ name_key }: { name_key: Column }): SQL<string> => sql<string>`left(${name_key}, 60)`;

/** Names a user. Queries about one user take it, so that no two ids of theirs can be confused. */
export interface UserKey {
  tenant_id: string;
  user_id: string;
}

export const users = pgTable(
  "users",
  {
    tenant_id: tenantId().references(() => tenants.id),
    id: uuid().notNull(),
    display_name: text().notNull(),
    /** The folded name, by which names are sorted and compared. */
    name_key: plainText().notNull().default(""),
    /** The name as a trigram key, by which similar names are found. */
    name_likeness: plainText().notNull().default(""),
    /** The search vector of the name; null on rows from before this column until `setMissingNames` fills it. */
    name_words: tsvector(),
    avatar_url: text(),
    timezone: text(),
    /** E.164. Not unique, because nobody proves that a number is theirs. */
    phone: text(),
    role: tenantRole().notNull(),
    /** As the user chose it; others see `offline` while the user has no connection (`availabilityFor`). */
    availability: availability().notNull().default("online"),
    last_seen_at: instant(),
    deactivated_at: instant(),
    /** The number of the latest change of this profile or role, counted per workspace; 0 when it never changed. */
    profile_seq: counter().notNull().default(0),
    created_at: instant().notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.tenant_id, table.id] }),
    // Partial, as `users_by_profile_change`, so that the planner never prefers it to the primary key for a look-up by id.
    index("users_by_phone").on(table.tenant_id, table.phone).where(sql`${table.phone} is not null`),
    index("users_by_name").on(table.tenant_id, nameOrder(table), table.id).where(sql`${table.deactivated_at} is null`),
    index("users_by_word").using("gin", table.tenant_id, table.name_words),
    index("users_without_words").on(table.tenant_id, table.id).where(sql`${table.name_words} is null`),
    index("users_by_profile_change").on(table.tenant_id, table.profile_seq).where(sql`${table.profile_seq} > 0`),
  ],
);

/**
 * Counts the changes of profiles and roles in one workspace. The number moves under this row's lock, which is taken
 * last.
 */
export const profileCounters = pgTable("profile_counters", {
  tenant_id: uuid()
    .primaryKey()
    .references(() => tenants.id),
  last_profile_seq: counter().notNull(),
});
