import { randomUUID } from "node:crypto";
import postgres from "postgres";
import { inject } from "vitest";
import { waitFor } from "./waiting.js";

export interface TestDatabase {
  url: string;
  /** A connection that reads the rows, and that makes changes which only an operator could make. */
  sql: postgres.Sql;
  drop(): Promise<void>;
}

/**
 * Makes a database for one test file from the template, which is migrated already; it takes as long as copying a few
 * files.
 */
export async function createDatabase(): Promise<TestDatabase> {
  const admin = postgres(inject("postgresUrl"), { max: 1, onnotice: () => {} });
  const name = `test_${randomUUID().replaceAll("-", "")}`;
  await admin.unsafe(`create database ${name} template ${inject("templateDatabase")}`);
  const url = new URL(inject("postgresUrl"));
  url.pathname = `/${name}`;
  const sql = postgres(url.href, { max: 2, onnotice: () => {} });
  return {
    url: url.href,
    sql,
    async drop() {
      await sql.end();
      // Only a superuser may end the server's own autovacuum there, which ends by itself.
      await waitFor(async () => {
        const dropping = admin.unsafe(`drop database if exists ${name} with (force)`);
        return dropping.then(
          () => true,
          (error: { code?: string }) => {
            if (error.code !== "42501") throw error;
            return false;
          },
        );
      }, "the database to be dropped");
      await admin.end();
    },
  };
}

/** The URL of a service whose events reach nobody: `pg_notify` is a function there that does nothing. */
export async function withoutNotifications({ sql, url }: TestDatabase): Promise<string> {
  await sql`create schema if not exists muted`;
  await sql`create or replace function muted.pg_notify(text, text) returns void language sql as ''`;
  const muted = new URL(url);
  muted.searchParams.set("search_path", "muted,pg_catalog,public");
  return muted.href;
}
