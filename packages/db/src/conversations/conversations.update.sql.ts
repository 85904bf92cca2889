import { and, eq, sql } from "drizzle-orm";
import type { ConversationKey, ConversationTx } from "../conversation-log/conversation-log.sql.js";
import { conversations } from "./conversations.table.js";

type Details = Pick<typeof conversations.$inferInsert, "name" | "description" | "avatar_url" | "metadata">;

const theOne = ({ tenant_id, conversation_id }: ConversationKey) =>
  and(eq(conversations.tenant_id, tenant_id), eq(conversations.id, conversation_id));

const nextChangeSeq = sql`${conversations.last_change_seq} + 1`;

async function update(
  tx: ConversationTx,
  key: ConversationKey,
  changes: Parameters<ReturnType<ConversationTx["update"]>["set"]>[0],
): Promise<number> {
  const [row] = await tx
    .update(conversations)
    .set({ ...changes, last_change_seq: nextChangeSeq } as object)
    .where(theOne(key))
    .returning({ change_seq: conversations.last_change_seq });
  if (row === undefined) throw new Error("a change needs a conversation that exists");
  return row.change_seq;
}

/** Takes the next `change_seq` of a conversation. */
export const takeChangeSeq = (tx: ConversationTx, key: ConversationKey): Promise<number> => update(tx, key, {});

/** Takes the next `change_seq` for a change of the conversation's details or participants. */
export const touchConversation = (tx: ConversationTx, key: ConversationKey): Promise<number> =>
  update(tx, key, { info_change_seq: nextChangeSeq });

/** Updates a conversation's details; returns the `change_seq` of that. */
export const updateConversation = (tx: ConversationTx, key: ConversationKey, details: Details): Promise<number> =>
  update(tx, key, { ...details, updated_at: sql`now()`, info_change_seq: nextChangeSeq });

/** Deletes a conversation for everyone. Its rows stay, and no read path shows them any more. */
export async function deleteConversation(tx: ConversationTx, key: ConversationKey): Promise<void> {
  await tx.update(conversations).set({ deleted_at: sql`now()` }).where(theOne(key));
}
