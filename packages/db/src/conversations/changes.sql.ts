import { and, eq, sql } from "drizzle-orm";
import type { Executor } from "../connection/database.js";
import { conversations } from "./conversations.table.js";

type Details = Pick<typeof conversations.$inferInsert, "name" | "description" | "avatar_url" | "metadata">;

const theOne = (tenantId: string, id: string) => and(eq(conversations.tenant_id, tenantId), eq(conversations.id, id));

const nextChangeSeq = sql`${conversations.last_change_seq} + 1`;

async function update(
  db: Executor,
  tenantId: string,
  id: string,
  changes: Parameters<ReturnType<Executor["update"]>["set"]>[0],
): Promise<number> {
  const [row] = await db
    .update(conversations)
    .set({ ...changes, last_change_seq: nextChangeSeq } as object)
    .where(theOne(tenantId, id))
    .returning({ change_seq: conversations.last_change_seq });
  if (row === undefined) throw new Error("a change needs a conversation that exists, under its lock");
  return row.change_seq;
}

/** Takes the number of a change in the conversation, whose lock is held. */
export const takeChangeSeq = (db: Executor, tenantId: string, id: string): Promise<number> =>
  update(db, tenantId, id, {});

/** The same, for a change of the conversation itself or of who takes part in it. */
export const touchConversation = (db: Executor, tenantId: string, id: string): Promise<number> =>
  update(db, tenantId, id, { info_change_seq: nextChangeSeq });

export const updateConversation = (db: Executor, tenantId: string, id: string, details: Details): Promise<number> =>
  update(db, tenantId, id, { ...details, updated_at: sql`now()`, info_change_seq: nextChangeSeq });

/** For everyone. The rows stay, and nothing shows them. */
export async function deleteConversation(db: Executor, tenantId: string, id: string): Promise<void> {
  await db.update(conversations).set({ deleted_at: sql`now()` }).where(theOne(tenantId, id));
}
