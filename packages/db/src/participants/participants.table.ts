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
    /** The latest change of who this is in the conversation: joined, another role, left. */
    change_seq: counter().notNull().default(0),
    joined_change_seq: counter().notNull().default(0),
    last_read_seq: counter().notNull().default(0),
    /** The window: messages with visible_from_seq < seq <= visible_to_seq (null: no end). */
    visible_from_seq: counter().notNull().default(0),
    visible_to_seq: counter(),
    /** Deleted for oneself: out of the list until somebody writes. */
    is_hidden: boolean().notNull().default(false),
    /**
     * The latest activity that the user knows of, while there is a later one that a block keeps from them; null while
     * there is none. Their list is in this order.
     */
    known_activity_at: instant(),
    is_muted: boolean().notNull().default(false),
    muted_until: instant(),
    archived_at: instant(),
    /** The number, among the user's own, of the latest change of what is theirs in here: window, position, mute, archive. */
    state_seq: counter().notNull().default(0),
    /** The same of the latest time that the conversation came into the user's list. */
    listed_state_seq: counter().notNull().default(0),
    /** The number, among the conversation's read receipts, of the latest time that this user marked something as read. */
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
    index("participants_by_state").on(table.tenant_id, table.user_id, table.state_seq),
    index("participants_by_change").on(table.tenant_id, table.conversation_id, table.change_seq),
    check("participants_left", sql`(${table.left_at} is null) = (${table.left_reason} is null)`),
    index("participants_unaware")
      .on(table.tenant_id, table.conversation_id)
      .where(sql`${table.is_hidden} or ${table.known_activity_at} is not null`),
    // Partial, so that it is never taken for a look-up by id.
    index("participants_by_receipt")
      .on(table.tenant_id, table.conversation_id, table.receipt_seq)
      .where(sql`${table.receipt_seq} > 0`),
  ],
);

/**
 * Numbers the changes of what is one user's own, in all their conversations: read position, mute, archive, what they
 * deleted for themselves, where they came in and went out. The number moves under this row's lock.
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
 * Numbers the read receipts of one conversation. The number moves under this row's lock and not the conversation's, so
 * that whoever reads never waits for whoever writes, nor the other way round.
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
