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
  /** Lists how much there is of each of a person's conversations, as a client holds it that has all. */
  positionsOf(member: Member): Promise<Position[]>;
  /** Signs an access token, or a token for one socket. */
  sign(kind: "access" | "realtime", member: Member): Promise<string>;
  close(): Promise<void>;
}

interface Position {
  conversation_id: string;
  last_seq: number;
  last_change_seq: number;
}

/** A database that a server serves, and what else its tokens depend on. */
export interface Served {
  databaseUrl: string;
  secret: string;
  issuer: string;
}

/** Finds the embedded PostgreSQL and the secret of a server that runs over a data folder. */
export async function servedFrom({ dataDir, url }: { dataDir: string; url: string }): Promise<Served> {
  const password = await readFile(join(dataDir, "postgres.password"), "utf8");
  const [, , , port] = (await readFile(join(dataDir, "postgres/postmaster.pid"), "utf8")).split("\n");
  return {
    databaseUrl: `postgres://vero:${password}@127.0.0.1:${port}/vero`,
    secret: (await readFile(join(dataDir, "secret"), "utf8")).trim(),
    issuer: url,
  };
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
export async function openDataset({ databaseUrl, secret, issuer }: Served): Promise<Dataset> {
  const sql = postgres(databaseUrl, { max: 32, onnotice: () => {} });
  const database = openDatabase({ url: databaseUrl, max: 1 });
  const tokens = createTokens({ keyring: createKeyring({ database, secret }), issuer });
  const [team, quiet, crowd] = await Promise.all(
    [slugs.teams, slugs.quiet, slugs.crowd].map((s) => listMembers(sql, s)),
  );
  return {
    ...{ sql, databaseUrl, team: team ?? [], quiet: quiet ?? [], crowd: crowd ?? [] },
    positionsOf: async ({ tenant_id, conversationIds }) => [
      ...(await sql<Position[]>`
        select id as conversation_id, last_seq::int, last_change_seq::int from conversations
        where tenant_id = ${tenant_id} and id in ${sql(conversationIds)}`),
    ],
    sign: async (kind, member) => (await tokens.sign(kind, member)).token,
    close: async () => {
      await Promise.all([sql.end({ timeout: 1 }), database.close()]);
    },
  };
}
