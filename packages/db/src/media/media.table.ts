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
    /** As the client declared it, in hex. */
    sha256: text(),
    width: integer(),
    height: integer(),
    /** The object key of the upload. When the file is ready, `object_key` is the one that it is served from. */
    upload_key: text().notNull(),
    object_key: text(),
    thumbnail_key: text(),
    /** The code of the error that a confirmation is answered with. */
    rejection: text(),
    created_at: instant().notNull().defaultNow(),
    upload_expires_at: instant().notNull(),
    confirmed_at: instant(),
    /**
     * The time at which the file is deleted unless a message carries it; null before the confirmation, and once it was
     * found attached.
     */
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

/** Files carried by messages. A forwarded message carries the same file as its origin. */
export const attachments = pgTable(
  "attachments",
  {
    tenant_id: tenantId(),
    message_id: uuid().notNull(),
    position: smallint().notNull(),
    media_id: uuid().notNull(),
    /** The message's conversation. */
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

/** The bytes of files that a user keeps, without the changes in `storage_changes` that have not been added yet. */
export const storageUsage = pgTable(
  "storage_usage",
  { tenant_id: tenantId(), user_id: uuid().notNull(), bytes: counter().notNull() },
  (table) => [
    primaryKey({ columns: [table.tenant_id, table.user_id] }),
    foreignKey({ columns: [table.tenant_id, table.user_id], foreignColumns: [users.tenant_id, users.id] }),
  ],
);

/** The bytes of files that all users of a tenant keep. Its row is the lock under which changes are added. */
export const storageTotals = pgTable("storage_totals", {
  tenant_id: tenantId()
    .primaryKey()
    .references(() => tenants.id),
  bytes: counter().notNull(),
});

/**
 * Changes of a user's storage that are not in the counters yet. They are written in the transaction that writes the
 * file, and lock nothing: updating a counter there would make everybody in a tenant wait for each deletion of a
 * message.
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

/** The queue of objects to be deleted from the store, each when it is due. */
export const objectRemovals = pgTable(
  "object_removals",
  {
    tenant_id: tenantId().references(() => tenants.id),
    key: text().notNull(),
    due_at: instant().notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.tenant_id, table.key] }), index("object_removals_due").on(table.due_at)],
);

/** Conversations that were deleted for everyone and whose files are still to be detached. */
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
