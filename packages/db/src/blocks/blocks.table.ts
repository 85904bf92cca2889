import { foreignKey, index, pgTable, primaryKey, uuid } from "drizzle-orm/pg-core";
import { counter, instant, tenantId } from "../connection/columns.js";
import { conversations } from "../conversations/conversations.table.js";
import { users } from "../users/users.table.js";

/**
 * Blocks between users. The row stays when the block ends, so that the blocker's other devices find the change after a
 * gap.
 */
export const blocks = pgTable(
  "blocks",
  {
    tenant_id: tenantId(),
    blocker_id: uuid().notNull(),
    blocked_id: uuid().notNull(),
    created_at: instant().notNull().defaultNow(),
    /** null while the block is in force. */
    removed_at: instant(),
    /** The blocker's `state_seq` of the latest change of the block. */
    state_seq: counter().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.tenant_id, table.blocker_id, table.blocked_id] }),
    foreignKey({ columns: [table.tenant_id, table.blocker_id], foreignColumns: [users.tenant_id, users.id] }),
    foreignKey({ columns: [table.tenant_id, table.blocked_id], foreignColumns: [users.tenant_id, users.id] }),
    index("blocks_by_blocked").on(table.tenant_id, table.blocked_id),
    index("blocks_by_state").on(table.tenant_id, table.blocker_id, table.state_seq),
  ],
);

/**
 * Marks hold how far two users of a conversation had read when a block began between them, which is all that either is
 * shown of the other's reading.
 */
export const blockMarks = pgTable(
  "block_marks",
  {
    tenant_id: tenantId(),
    conversation_id: uuid().notNull(),
    blocker_id: uuid().notNull(),
    blocked_id: uuid().notNull(),
    blocker_read_seq: counter().notNull(),
    blocked_read_seq: counter().notNull(),
    /**
     * The numbers of their read receipts by then: later ones do not count in the numbers that the other is shown
     * either.
     */
    blocker_receipt_seq: counter().notNull().default(0),
    blocked_receipt_seq: counter().notNull().default(0),
  },
  (table) => [
    primaryKey({ columns: [table.tenant_id, table.blocker_id, table.blocked_id, table.conversation_id] }),
    foreignKey({
      columns: [table.tenant_id, table.conversation_id],
      foreignColumns: [conversations.tenant_id, conversations.id],
    }),
    foreignKey({
      name: "block_marks_of_block",
      columns: [table.tenant_id, table.blocker_id, table.blocked_id],
      foreignColumns: [blocks.tenant_id, blocks.blocker_id, blocks.blocked_id],
    }),
  ],
);
