import { boolean, foreignKey, index, pgEnum, pgTable, primaryKey, uuid } from "drizzle-orm/pg-core";
import { counter, instant, tenantId } from "../connection/columns.js";
import { conversations } from "../conversations/conversations.table.js";
import { users } from "../users/users.table.js";

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
    last_read_seq: counter().notNull().default(0),
    /** The window: messages with visible_from_seq < seq <= visible_to_seq (null: no end). */
    visible_from_seq: counter().notNull().default(0),
    visible_to_seq: counter(),
    /** Deleted for oneself: out of the list until something newer than the window's start arrives. */
    is_hidden: boolean().notNull().default(false),
    is_muted: boolean().notNull().default(false),
    muted_until: instant(),
    archived_at: instant(),
  },
  (table) => [
    primaryKey({ columns: [table.tenant_id, table.conversation_id, table.user_id] }),
    foreignKey({
      columns: [table.tenant_id, table.conversation_id],
      foreignColumns: [conversations.tenant_id, conversations.id],
    }),
    foreignKey({ columns: [table.tenant_id, table.user_id], foreignColumns: [users.tenant_id, users.id] }),
    index("participants_by_user").on(table.tenant_id, table.user_id, table.conversation_id),
  ],
);
