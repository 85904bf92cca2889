import { sql } from "drizzle-orm";
import { check, foreignKey, index, jsonb, pgEnum, pgTable, primaryKey, text, unique, uuid } from "drizzle-orm/pg-core";
import { counter, instant, tenantId, tsvector } from "../connection/columns.js";
import { conversations } from "../conversations/conversations.table.js";
import { users } from "../users/users.table.js";

export const messageType = pgEnum("message_type", ["text", "media", "system"]);

/** The origin of a forwarded message, as it was when it was forwarded. */
export interface Origin {
  message_id: string;
  conversation_id: string;
  sender_id: string;
  sender_name: string;
  /** RFC 3339. */
  sent_at: string;
}

/** The content of a system message. */
export interface SystemContent {
  kind: "participants_added" | "participant_removed" | "participant_left" | "conversation_renamed";
  user_ids: string[];
  name: string | null;
}

export const messages = pgTable(
  "messages",
  {
    tenant_id: tenantId(),
    id: uuid().notNull(),
    conversation_id: uuid().notNull(),
    seq: counter().notNull(),
    change_seq: counter().notNull(),
    sender_id: uuid().notNull(),
    client_message_id: text(),
    /** SHA-256 in hex of the content as first sent: tells a retry from other content under the same key. */
    content_hash: text(),
    type: messageType().notNull(),
    text: text(),
    reply_to_id: uuid(),
    mentions: uuid().array().notNull().default(sql`'{}'`),
    metadata: jsonb().notNull().default({}).$type<Record<string, unknown>>(),
    system: jsonb().$type<SystemContent>(),
    forwarded_from: jsonb().$type<Origin>(),
    client_forward_id: text(),
    /**
     * The participants who had blocked the sender when it was sent: they see it marked, and it does not count as unread
     * for them.
     */
    blocked_by: uuid().array().notNull().default(sql`'{}'`),
    /** The search vector of the text; null until it has been computed, and where there is no text. */
    search: tsvector(),
    created_at: instant().notNull().defaultNow(),
    edited_at: instant(),
    deleted_at: instant(),
  },
  (table) => [
    primaryKey({ columns: [table.tenant_id, table.id] }),
    foreignKey({
      columns: [table.tenant_id, table.conversation_id],
      foreignColumns: [conversations.tenant_id, conversations.id],
    }),
    foreignKey({ columns: [table.tenant_id, table.sender_id], foreignColumns: [users.tenant_id, users.id] }),
    foreignKey({ columns: [table.tenant_id, table.reply_to_id], foreignColumns: [table.tenant_id, table.id] }),
    unique("messages_by_seq").on(table.tenant_id, table.conversation_id, table.seq),
    unique("messages_by_change").on(table.tenant_id, table.conversation_id, table.change_seq),
    unique("messages_by_client_id").on(
      table.tenant_id,
      table.conversation_id,
      table.sender_id,
      table.client_message_id,
    ),
    index("messages_by_forward_id")
      .on(table.tenant_id, table.conversation_id, table.sender_id, table.client_forward_id)
      .where(sql`${table.client_forward_id} is not null`),
    // The two kinds of messages that count as unread for nobody, or not for everybody: `unreadCount` subtracts them.
    index("messages_unread_for_nobody")
      .on(table.tenant_id, table.conversation_id, table.seq)
      .where(sql`${table.type} = 'system' or ${table.deleted_at} is not null`),
    index("messages_from_blocked")
      .on(table.tenant_id, table.conversation_id, table.seq)
      .where(sql`${table.blocked_by} <> '{}'`),
    index("messages_without_words")
      .on(table.tenant_id, table.id)
      .where(sql`${table.search} is null and ${table.text} is not null`),
    index("messages_by_word").using("gin", table.tenant_id, table.conversation_id, table.search),
    check("messages_change_after_seq", sql`${table.change_seq} >= ${table.seq} and ${table.seq} >= 1`),
    check("messages_system", sql`(${table.type} = 'system') = (${table.system} is not null)`),
  ],
);

/** Earlier texts of messages, under the `change_seq` of the edit that replaced them. */
export const messageEdits = pgTable(
  "message_edits",
  {
    tenant_id: tenantId(),
    message_id: uuid().notNull(),
    change_seq: counter().notNull(),
    text: text().notNull(),
    replaced_at: instant().notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.tenant_id, table.message_id, table.change_seq] }),
    foreignKey({ columns: [table.tenant_id, table.message_id], foreignColumns: [messages.tenant_id, messages.id] }),
  ],
);

export const reactions = pgTable(
  "reactions",
  {
    tenant_id: tenantId(),
    message_id: uuid().notNull(),
    user_id: uuid().notNull(),
    emoji: text().notNull(),
    /** The `change_seq` of the change that added it; reactions are shown in this order. */
    change_seq: counter().notNull(),
    /** The other side of a direct conversation, if they had blocked the user: they are never shown the reaction. */
    withheld_from: uuid(),
  },
  (table) => [
    primaryKey({ columns: [table.tenant_id, table.message_id, table.user_id, table.emoji] }),
    foreignKey({ columns: [table.tenant_id, table.message_id], foreignColumns: [messages.tenant_id, messages.id] }),
    foreignKey({ columns: [table.tenant_id, table.user_id], foreignColumns: [users.tenant_id, users.id] }),
  ],
);

/** Messages that are hidden from one user: the user has deleted them for themselves, or a block withholds them. */
export const messageHides = pgTable(
  "message_hides",
  {
    tenant_id: tenantId(),
    message_id: uuid().notNull(),
    user_id: uuid().notNull(),
    /** The message's conversation and `seq`, so that the hidden ones of a range are counted from an index. */
    conversation_id: uuid().notNull(),
    seq: counter().notNull(),
    /** The user's `state_seq` of the hiding; 0 where the user has never seen the message. */
    state_seq: counter().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.tenant_id, table.message_id, table.user_id] }),
    foreignKey({ columns: [table.tenant_id, table.message_id], foreignColumns: [messages.tenant_id, messages.id] }),
    foreignKey({ columns: [table.tenant_id, table.user_id], foreignColumns: [users.tenant_id, users.id] }),
    // Partial, so that without statistics the planner does not prefer it to `message_hides_by_seq`.
    index("message_hides_by_state")
      .on(table.tenant_id, table.user_id, table.state_seq)
      .where(sql`${table.state_seq} > 0`),
    unique("message_hides_by_seq").on(table.tenant_id, table.user_id, table.conversation_id, table.seq),
  ],
);

/** Keys of clients' forward calls, with a hash of what was forwarded. */
export const forwards = pgTable(
  "forwards",
  {
    tenant_id: tenantId(),
    sender_id: uuid().notNull(),
    client_forward_id: text().notNull(),
    /** SHA-256 in hex of the ids of messages and conversations. */
    content_hash: text().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.tenant_id, table.sender_id, table.client_forward_id] }),
    foreignKey({ columns: [table.tenant_id, table.sender_id], foreignColumns: [users.tenant_id, users.id] }),
  ],
);
