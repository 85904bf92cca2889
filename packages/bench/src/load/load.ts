import { Faker } from "@faker-js/faker";
import { faker as english } from "@faker-js/faker/locale/en";
import postgres, { type Sql } from "postgres";
import { copyRows } from "./copy.js";
import { planWorkspaces, slugs } from "./plan.js";
import { makeWorkspace, type WorkspaceRows } from "./rows.js";

const seed = 1;

/** Columns that rows have, in the order in which the tables depend on each other. */
const tables: Record<keyof WorkspaceRows, readonly string[]> = {
  tenants: ["id", "name", "slug", "created_at"],
  users: [...["tenant_id", "id", "display_name", "name_key", "name_likeness", "name_words", "role", "created_at"]],
  logins: ["email", "tenant_id", "user_id", "password_hash"],
  sessions: ["id", "tenant_id", "user_id", "refresh_hash", "expires_at", "ends_at"],
  personal_counters: ["tenant_id", "user_id", "last_state_seq"],
  conversations: [
    ...["tenant_id", "id", "type", "name", "created_by", "created_at", "updated_at"],
    ...["last_seq", "last_change_seq", "last_activity_at"],
  ],
  participants: [
    ...["tenant_id", "conversation_id", "user_id", "role", "joined_at"],
    ...["last_read_seq", "state_seq", "listed_state_seq"],
  ],
  messages: [
    ...["tenant_id", "id", "conversation_id", "seq", "change_seq", "sender_id", "type", "text", "search"],
    "created_at",
  ],
};

/** Fills a database with workspaces whose people have said so many messages. */
async function loadMessages(sql: Sql, messageCount: number): Promise<void> {
  const faker = new Faker({ locale: english.rawDefinitions, seed });
  for (const plan of planWorkspaces(messageCount)) {
    const rows = makeWorkspace(plan, faker, Date.now());
    for (const [table, columns] of Object.entries(tables) as [keyof WorkspaceRows, string[]][]) {
      await copyRows(sql, table, columns, rows[table]);
    }
  }
  // As a database is that has been there for a while: with statistics, and with pages known to be visible to all.
  for (const table of Object.keys(tables)) await sql.unsafe(`vacuum analyze ${table}`);
}

/** Fills the database of a running server, unless it has been filled before; returns what there is to say about it. */
export async function loadOnce(databaseUrl: string, messageCount: number): Promise<string> {
  const sql = postgres(databaseUrl, { max: 1, onnotice: () => {} });
  try {
    const begun = performance.now();
    const [filled] = await sql`select from tenants where slug = ${slugs.crowd}`;
    if (filled === undefined) await loadMessages(sql, messageCount);
    const [{ count, bytes }] = await sql<[{ count: number; bytes: number }]>`
      select count(*)::int as count, pg_total_relation_size('messages')::float8 as bytes from messages`;
    const size = `${count.toLocaleString("en-US")} messages, ${Math.round(bytes / 2 ** 20)} MiB with their indexes`;
    return filled === undefined ? `${size}, loaded in ${((performance.now() - begun) / 1000).toFixed(1)} s` : size;
  } finally {
    await sql.end();
  }
}
