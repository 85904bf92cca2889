import { sql } from "drizzle-orm";
import { check, foreignKey, jsonb, pgEnum, pgTable, primaryKey, text, unique, uuid } from "drizzle-orm/pg-core";
import { counter, instant, tenantId } from "../connection/columns.js";
import { conversations } from "../conversations/conversations.table.js";
import { users } from "../users/users.table.js";

export const messageType = pgEnum("message_type", ["text", "media", "system"]);

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
    check("messages_change_after_seq", sql`${table.change_seq} >= ${table.seq} and ${table.seq} >= 1`),
  ],
);
