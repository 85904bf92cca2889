import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { openDatabase } from "@vero/db";
import { type Actor, createKeyring, createTokens } from "@vero/server";
import postgres, { type Sql } from "postgres";
import { slugs } from "./plan.js";

/** A loaded person, signed in, with the conversations that they take part in. */
export interface Member extends Actor {
  conversationIds: string[];
}

export interface Dataset {
  sql: Sql;
  databaseUrl: string;
  /** The people of the teams, who have about 50 conversations each; neighbours are of different workspaces. */
  team: Member[];
  /** Those with more than 100 conversations in which nothing goes on. */
  quiet: Member[];
  /** Those of the two large conversations. */
  crowd: Member[];
  /** Signs an access token, or a token for one socket. */
  sign(kind: "access" | "realtime", member: Member): Promise<string>;
  close(): Promise<void>;
}

/** Finds the embedded PostgreSQL of a data folder whose server runs. */
export async function databaseUrlOf(dataDir: string): Promise<string> {
  const password = await readFile(join(dataDir, "postgres.password"), "utf8");
  const [, , , port] = (await readFile(join(dataDir, "postgres/postmaster.pid"), "utf8")).split("\n");
  return `postgres://vero:${password}@127.0.0.1:${port}/vero`;
}

const listMembers = (sql: Sql, slug: string): Promise<Member[]> =>
  sql<Member[]>`
    select s.tenant_id, s.user_id, s.id as session_id, u.role, array_agg(p.conversation_id order by p.conversation_id) as "conversationIds"
    from tenants t
    join sessions s on s.tenant_id = t.id
    join users u on u.tenant_id = t.id and u.id = s.user_id
    join participants p on p.tenant_id = t.id and p.user_id = s.user_id
    where t.slug like ${`${slug}%`}
    group by s.tenant_id, s.user_id, s.id, u.role
    order by row_number() over (partition by s.tenant_id order by s.user_id), s.tenant_id`;

/** Opens what has been loaded into the database of a running server. */
export async function openDataset(dataDir: string, issuer: string): Promise<Dataset> {
  const databaseUrl = await databaseUrlOf(dataDir);
  const sql = postgres(databaseUrl, { max: 32, onnotice: () => {} });
  const database = openDatabase({ url: databaseUrl, max: 1 });
  const secret = (await readFile(join(dataDir, "secret"), "utf8")).trim();
  const tokens = createTokens({ keyring: createKeyring({ database, secret }), issuer });
  const [team, quiet, crowd] = await Promise.all(
    [slugs.teams, slugs.quiet, slugs.crowd].map((s) => listMembers(sql, s)),
  );
  return {
    ...{ sql, databaseUrl, team: team ?? [], quiet: quiet ?? [], crowd: crowd ?? [] },
    sign: async (kind, member) => (await tokens.sign(kind, member)).token,
    close: async () => {
      await Promise.all([sql.end({ timeout: 1 }), database.close()]);
    },
  };
}
