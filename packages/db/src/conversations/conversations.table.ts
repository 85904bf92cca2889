import { sql } from "drizzle-orm";
import { check, foreignKey, jsonb, pgEnum, pgTable, primaryKey, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { counter, instant, tenantId } from "../connection/columns.js";
import { users } from "../users/users.table.js";

export const conversationType = pgEnum("conversation_type", ["direct", "group"]);

export const conversations = pgTable(
  "conversations",
  {
    tenant_id: tenantId(),
    id: uuid().notNull(),
    type: conversationType().notNull(),
    /** Both user ids, sorted: unique among the direct conversations that are not deleted. */
    direct_key: text(),
    name: text(),
    description: text(),
    avatar_url: text(),
    metadata: jsonb().notNull().default({}).$type<Record<string, unknown>>(),
    created_by: uuid().notNull(),
    created_at: instant().notNull().defaultNow(),
    updated_at: instant().notNull().defaultNow(),
    /**
     * Both counters move only under this row's lock, in the transaction that writes what they number, so that numbers
     * become visible in their order.
     */
    last_seq: counter().notNull().default(0),
    last_change_seq: counter().notNull().default(0),
    /** The `change_seq` of the latest change of the conversation's details or of its participants. */
    info_change_seq: counter().notNull().default(0),
    last_activity_at: instant().notNull().defaultNow(),
    deleted_at: instant(),
  },
  (table) => [
    primaryKey({ columns: [table.tenant_id, table.id] }),
    foreignKey({ columns: [table.tenant_id, table.created_by], foreignColumns: [users.tenant_id, users.id] }),
    // Without those that have no key, so that the planner never prefers it to the primary key for a look-up by id.
    uniqueIndex("conversations_one_per_pair")
      .on(table.tenant_id, table.direct_key)
      .where(sql`${table.deleted_at} is null and ${table.direct_key} is not null`),
    check("conversations_direct_key", sql`(${table.type} = 'direct') = (${table.direct_key} is not null)`),
    check("conversations_counters", sql`${table.last_change_seq} >= ${table.last_seq}`),
  ],
);
