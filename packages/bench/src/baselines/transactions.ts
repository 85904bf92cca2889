import { randomBytes } from "node:crypto";
import { searchVectorOf } from "@vero/db";
import type { Sql } from "postgres";
import { v7 as uuidv7 } from "uuid";
import type { Member } from "../load/dataset.js";

/**
 * Sends as a transaction of its own, without a server in between: the same rows in the same tables under the same lock
 * of the conversation's row, in one statement, which is what PostgreSQL itself can do one send at a time.
 */
export async function insertDirectly(
  sql: Sql,
  { tenant_id, user_id }: Member,
  id: string,
  text: string,
): Promise<void> {
  const search = searchVectorOf(text);
  const rows = await sql`
    with numbered as (
      update conversations
      set last_seq = last_seq + 1, last_change_seq = last_change_seq + 1,
        last_activity_at = greatest(last_activity_at, clock_timestamp())
      where tenant_id = ${tenant_id} and id = ${id}
      returning last_seq, last_change_seq, last_activity_at
    ), read as (
      update participants set last_read_seq = numbered.last_seq from numbered
      where tenant_id = ${tenant_id} and conversation_id = ${id} and user_id = ${user_id}
    )
    insert into messages (
      tenant_id, id, conversation_id, seq, change_seq, sender_id, client_message_id, type, text, search, created_at
    )
    select ${tenant_id}, ${uuidv7()}, ${id}, last_seq, last_change_seq, ${user_id},
      ${randomBytes(12).toString("hex")}, 'text', ${text}, ${search}::tsvector, last_activity_at
    from numbered
    returning id`;
  if (rows.length !== 1) throw new Error("There is no such conversation.");
}
