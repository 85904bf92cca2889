import { sql } from "drizzle-orm";
import { check, foreignKey, index, jsonb, pgEnum, pgTable, primaryKey, text, unique, uuid } from "drizzle-orm/pg-core";
import { counter, instant, tenantId, tsvector } from "../connection/columns.js";
import { conversations } from "../conversations/conversations.table.js";
import { users } from "../users/users.table.js";

export const messageType = pgEnum("message_type", ["text", "media", "system"]);

/** Where a forwarded message was first said, as of when it was forwarded. */
export interface Origin {
  message_id: string;
  conversation_id: string;
  sender_id: string;
  sender_name: string;
  /** RFC 3339. */
  sent_at: string;
}

/** What a system message says. */
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
    /** SHA-256 of what was first sent, in hex: tells a retry from another message under the same key. */
    content_hash: text(),
    type: messageType().notNull(),
    text: text(),
    reply_to_id: uuid(),
    mentions: uuid().array().notNull().default(sql`'{}'`),
    metadata: jsonb().notNull().default({}).$type<Record<string, unknown>>(),
    system: jsonb().$type<SystemContent>(),
    forwarded_from: jsonb().$type<Origin>(),
    client_forward_id: text(),
    /** Who of the participants had blocked the sender when it was sent: to them it is marked, and counts for nothing. */
    blocked_by: uuid().array().notNull().default(sql`'{}'`),
    /** The words of the text; null until they have been found. */
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
    index("messages_without_words")
      .on(table.tenant_id, table.id)
      .where(sql`${table.search} is null and ${table.text} is not null`),
    index("messages_by_word").using("gin", table.tenant_id, table.conversation_id, table.search),
    check("messages_change_after_seq", sql`${table.change_seq} >= ${table.seq} and ${table.seq} >= 1`),
    check("messages_system", sql`(${table.type} = 'system') = (${table.system} is not null)`),
  ],
);

/** Earlier texts. The number is that of the change which replaced them. */
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
    /** Of the change that added it: the order in which reactions are shown. */
    change_seq: counter().notNull(),
    /** The other side of a direct conversation, if they had blocked the user: they never learn of it. */
    withheld_from: uuid(),
  },
  (table) => [
    primaryKey({ columns: [table.tenant_id, table.message_id, table.user_id, table.emoji] }),
    foreignKey({ columns: [table.tenant_id, table.message_id], foreignColumns: [messages.tenant_id, messages.id] }),
    foreignKey({ columns: [table.tenant_id, table.user_id], foreignColumns: [users.tenant_id, users.id] }),
  ],
);

/** Messages that one user does not see: they have deleted them for themselves, or have blocked the sender. */
export const messageHides = pgTable(
  "message_hides",
  {
    tenant_id: tenantId(),
    message_id: uuid().notNull(),
    user_id: uuid().notNull(),
    /** Among the changes of what is the user's own; 0 where they have never seen it. */
    state_seq: counter().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.tenant_id, table.message_id, table.user_id] }),
    foreignKey({ columns: [table.tenant_id, table.message_id], foreignColumns: [messages.tenant_id, messages.id] }),
    foreignKey({ columns: [table.tenant_id, table.user_id], foreignColumns: [users.tenant_id, users.id] }),
    index("message_hides_by_state").on(table.tenant_id, table.user_id, table.state_seq),
  ],
);

/** Keys under which clients have forwarded, with what they forwarded. */
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
