import { sql } from "drizzle-orm";
import { boolean, check, foreignKey, index, pgEnum, pgTable, primaryKey, uuid } from "drizzle-orm/pg-core";
import { counter, instant, tenantId } from "../connection/columns.js";
import { conversations } from "../conversations/conversations.table.js";
import { users } from "../users/users.table.js";

export const leftReason = pgEnum("left_reason", ["removed", "left"]);
export const conversationRole = pgEnum("conversation_role", ["owner", "admin", "member"]);

export const participants = pgTable(
  "participants",
  {
    tenant_id: tenantId(),
    conversation_id: uuid().notNull(),
    user_id: uuid().notNull(),
    role: conversationRole().notNull(),
    joined_at: instant().notNull().defaultNow(),
    left_at: instant(),
    left_reason: leftReason(),
    /** The `change_seq` of the latest change of this membership that others see: joined, got another role, left. */
    change_seq: counter().notNull().default(0),
    joined_change_seq: counter().notNull().default(0),
    last_read_seq: counter().notNull().default(0),
    /** The window of visible messages: visible_from_seq < seq <= visible_to_seq (null: no end). */
    visible_from_seq: counter().notNull().default(0),
    visible_to_seq: counter(),
    /**
     * True while the user has deleted the conversation for themselves: it is out of their list until the next message.
     */
    is_hidden: boolean().notNull().default(false),
    /**
     * The latest activity that the user may know of, while a block withholds a later one from them; null otherwise.
     * Their list is sorted by it.
     */
    known_activity_at: instant(),
    is_muted: boolean().notNull().default(false),
    muted_until: instant(),
    archived_at: instant(),
    /**
     * The user's `state_seq` of the latest change of their own state in this conversation: window, read position, mute,
     * archive.
     */
    state_seq: counter().notNull().default(0),
    /** The user's `state_seq` of the latest time that the conversation came into their list. */
    listed_state_seq: counter().notNull().default(0),
    /**
     * The `receipt_seq`, counted per conversation, of the latest time that this user marked something as read; 0
     * before.
     */
    receipt_seq: counter().notNull().default(0),
  },
  (table) => [
    primaryKey({ columns: [table.tenant_id, table.conversation_id, table.user_id] }),
    foreignKey({
      columns: [table.tenant_id, table.conversation_id],
      foreignColumns: [conversations.tenant_id, conversations.id],
    }),
    foreignKey({ columns: [table.tenant_id, table.user_id], foreignColumns: [users.tenant_id, users.id] }),
    index("participants_by_user").on(table.tenant_id, table.user_id, table.conversation_id),
    // Partial, as the next one and `participants_by_receipt`, so that the planner never prefers it to the primary key for
    // a look-up by id.
    index("participants_by_state")
      .on(table.tenant_id, table.user_id, table.state_seq)
      .where(sql`${table.state_seq} > 0`),
    index("participants_by_change")
      .on(table.tenant_id, table.conversation_id, table.change_seq)
      .where(sql`${table.change_seq} > 0`),
    check("participants_left", sql`(${table.left_at} is null) = (${table.left_reason} is null)`),
    index("participants_unaware")
      .on(table.tenant_id, table.conversation_id)
      .where(sql`${table.is_hidden} or ${table.known_activity_at} is not null`),
    index("participants_by_receipt")
      .on(table.tenant_id, table.conversation_id, table.receipt_seq)
      .where(sql`${table.receipt_seq} > 0`),
  ],
);

/**
 * Counts the changes of one user's own state, in all their conversations: read position, mute, archive, blocks,
 * messages and conversations deleted for themselves, memberships that began or ended. The number moves under this row's
 * lock.
 */
export const personalCounters = pgTable(
  "personal_counters",
  { tenant_id: tenantId(), user_id: uuid().notNull(), last_state_seq: counter().notNull() },
  (table) => [
    primaryKey({ columns: [table.tenant_id, table.user_id] }),
    foreignKey({ columns: [table.tenant_id, table.user_id], foreignColumns: [users.tenant_id, users.id] }),
  ],
);

/**
 * Counts the read receipts of one conversation. The number moves under this row's lock and not under the
 * conversation's, so that reading never waits for writing, nor writing for reading.
 */
export const receiptCounters = pgTable(
  "receipt_counters",
  { tenant_id: tenantId(), conversation_id: uuid().notNull(), last_receipt_seq: counter().notNull() },
  (table) => [
    primaryKey({ columns: [table.tenant_id, table.conversation_id] }),
    foreignKey({
      columns: [table.tenant_id, table.conversation_id],
      foreignColumns: [conversations.tenant_id, conversations.id],
    }),
  ],
);
