import { sql } from "drizzle-orm";
import {
  check,
  foreignKey,
  index,
  integer,
  pgEnum,
  pgTable,
  primaryKey,
  smallint,
  text,
  unique,
  uuid,
} from "drizzle-orm/pg-core";
import { counter, instant, tenantId } from "../connection/columns.js";
import { conversations } from "../conversations/conversations.table.js";
import { messages } from "../messages/messages.table.js";
import { tenants } from "../tenants/tenants.table.js";
import { users } from "../users/users.table.js";

export const mediaStatus = pgEnum("media_status", ["pending", "ready", "rejected"]);

export const media = pgTable(
  "media",
  {
    tenant_id: tenantId(),
    id: uuid().notNull(),
    uploader_id: uuid().notNull(),
    status: mediaStatus().notNull().default("pending"),
    file_name: text().notNull(),
    content_type: text().notNull(),
    size_bytes: counter().notNull(),
    /** As announced, in hex. */
    sha256: text(),
    width: integer(),
    height: integer(),
    /** Where the client puts it; and, when it is ready, where it is handed out from. */
    upload_key: text().notNull(),
    object_key: text(),
    thumbnail_key: text(),
    /** The code of the error that its confirmation is answered with. */
    rejection: text(),
    created_at: instant().notNull().defaultNow(),
    upload_expires_at: instant().notNull(),
    confirmed_at: instant(),
    /** When it is removed unless a message carries it by then; null before its confirmation, and once a message does. */
    attach_by: instant(),
  },
  (table) => [
    primaryKey({ columns: [table.tenant_id, table.id] }),
    foreignKey({ columns: [table.tenant_id, table.uploader_id], foreignColumns: [users.tenant_id, users.id] }),
    index("media_pending").on(table.tenant_id, table.uploader_id).where(sql`${table.status} = 'pending'`),
    index("media_unconfirmed").on(table.created_at).where(sql`${table.status} = 'pending'`),
    index("media_attach_by").on(table.attach_by).where(sql`${table.attach_by} is not null`),
    check("media_ready", sql`(${table.status} = 'ready') = (${table.object_key} is not null)`),
    check("media_rejected", sql`(${table.status} = 'rejected') = (${table.rejection} is not null)`),
  ],
);

/** Which messages carry a file. A forwarded message carries the same one. */
export const attachments = pgTable(
  "attachments",
  {
    tenant_id: tenantId(),
    message_id: uuid().notNull(),
    position: smallint().notNull(),
    media_id: uuid().notNull(),
    /** That of the message. */
    conversation_id: uuid().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.tenant_id, table.message_id, table.position] }),
    unique("attachments_once").on(table.tenant_id, table.message_id, table.media_id),
    foreignKey({ columns: [table.tenant_id, table.message_id], foreignColumns: [messages.tenant_id, messages.id] }),
    foreignKey({ columns: [table.tenant_id, table.media_id], foreignColumns: [media.tenant_id, media.id] }),
    foreignKey({
      columns: [table.tenant_id, table.conversation_id],
      foreignColumns: [conversations.tenant_id, conversations.id],
    }),
    index("attachments_by_media").on(table.tenant_id, table.media_id),
    index("attachments_by_conversation").on(table.tenant_id, table.conversation_id),
  ],
);

/** Bytes of files that a user keeps, as far as `storage_changes` have been added. */
export const storageUsage = pgTable(
  "storage_usage",
  { tenant_id: tenantId(), user_id: uuid().notNull(), bytes: counter().notNull() },
  (table) => [
    primaryKey({ columns: [table.tenant_id, table.user_id] }),
    foreignKey({ columns: [table.tenant_id, table.user_id], foreignColumns: [users.tenant_id, users.id] }),
  ],
);

/** The same of all users of a tenant. Its row is the lock under which changes are added. */
export const storageTotals = pgTable("storage_totals", {
  tenant_id: tenantId()
    .primaryKey()
    .references(() => tenants.id),
  bytes: counter().notNull(),
});

/**
 * Bytes that came to what a user keeps, or went. Written in the transaction that writes the file, without a lock: one on
 * a counter would let everybody in a tenant wait for each deletion of a message.
 */
export const storageChanges = pgTable(
  "storage_changes",
  {
    tenant_id: tenantId(),
    id: uuid().notNull().defaultRandom(),
    user_id: uuid().notNull(),
    bytes: counter().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.tenant_id, table.id] }),
    foreignKey({ columns: [table.tenant_id, table.user_id], foreignColumns: [users.tenant_id, users.id] }),
  ],
);

/** Objects that are to be removed from the store when it is time. */
export const objectRemovals = pgTable(
  "object_removals",
  {
    tenant_id: tenantId().references(() => tenants.id),
    key: text().notNull(),
    due_at: instant().notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.tenant_id, table.key] }), index("object_removals_due").on(table.due_at)],
);

/** Conversations that were deleted for everyone, whose files are still to be let go of. */
export const conversationRemovals = pgTable(
  "conversation_removals",
  { tenant_id: tenantId(), conversation_id: uuid().notNull() },
  (table) => [
    primaryKey({ columns: [table.tenant_id, table.conversation_id] }),
    foreignKey({
      columns: [table.tenant_id, table.conversation_id],
      foreignColumns: [conversations.tenant_id, conversations.id],
    }),
  ],
);
