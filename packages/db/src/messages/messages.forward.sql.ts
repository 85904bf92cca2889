import { and, eq, sql } from "drizzle-orm";
import type { Executor } from "../connection/database.js";
import { type MessageView, sharedViewsWhere } from "./messages.sql.js";
import { forwards, messages } from "./messages.table.js";

export interface ForwardKey {
  tenant_id: string;
  sender_id: string;
  client_forward_id: string;
}

/**
 * Claims a client's forward key and returns the hash stored under it: the given one, or that of an earlier call. Two
 * calls with one key at once get the same answer: the insert of one waits for the other, and the read, a statement of
 * its own, sees what it committed.
 */
export async function claimForwardKey(db: Executor, key: ForwardKey, contentHash: string): Promise<string> {
  await db
    .insert(forwards)
    .values({ ...key, content_hash: contentHash })
    .onConflictDoNothing();
  return (await getForwardHash(db, key)) ?? contentHash;
}

export async function getForwardHash(db: Executor, key: ForwardKey): Promise<string | undefined> {
  const [row] = await db
    .select({ content_hash: forwards.content_hash })
    .from(forwards)
    .where(
      and(
        eq(forwards.tenant_id, key.tenant_id),
        eq(forwards.sender_id, key.sender_id),
        eq(forwards.client_forward_id, key.client_forward_id),
      ),
    );
  return row?.content_hash;
}

/** Lists the messages that were forwarded to a conversation under the key, in order. */
export const listForwardedViews = (
  db: Executor,
  key: ForwardKey & { conversation_id: string },
): Promise<MessageView[]> =>
  sharedViewsWhere(
    db,
    key.tenant_id,
    and(
      eq(messages.conversation_id, key.conversation_id),
      eq(messages.sender_id, key.sender_id),
      // The partial index is used only where its condition is part of the query.
      sql`${messages.client_forward_id} is not null and ${messages.client_forward_id} = ${key.client_forward_id}`,
    ),
  ).orderBy(messages.seq);
