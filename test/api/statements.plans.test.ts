import postgres from "postgres";
import { afterAll, beforeAll, expect, it } from "vitest";
import { plannerSettings } from "../../packages/db/src/connection/database.js";
import { createPair, leave } from "../blocks/fixture.js";
import { perform, transportOf } from "../blocks/recording.js";
import { fill, filledTables, minFilledRows } from "../harness/bulk.js";
import { groupOf, invite, say } from "../harness/people.js";
import { type Stack, startStack } from "../harness/stack.js";
import { hookMs, testMs, waitFor } from "../harness/waiting.js";
import { listenIn } from "../harness/wire.js";
import { upTo, useWorkspace } from "../harness/workspace.js";
import { expectationOf } from "../operations/contract.js";
import { casesOf } from "../operations/table.js";

const workspace = useWorkspace();
/** A second service on the same database, through a proxy that stores the text of each statement. */
let wire: Awaited<ReturnType<typeof listenIn>>;
let node: Stack;
let texts: string[];

const unplanned = /^\s*(begin|commit|rollback|set|show|listen|analyze|create|drop|alter|do|lock)\b/i;
/** The driver's own look at types, the migrations, and the look for tables that have grown. */
const foreign = /from pg_catalog\.|"__drizzle_migrations"|pg_stat_user_tables/;

/** Sends every operation, by somebody who has blocked another, and many messages at once. */
beforeAll(async () => {
  const { stack, ada } = workspace;
  const { issuer, objects, database } = stack;
  // Only the service looks after the statistics of these.
  for (const table of filledTables)
    await database.sql`alter table ${database.sql(table)} set (autovacuum_enabled = false)`;
  wire = await listenIn(database.url);
  node = await startStack({ DATABASE_URL: wire.url, VERO_PUBLIC_URL: issuer, VERO_OBJECTS_DIR: objects });
  const there = { ...workspace, stack: node };
  const people = { carol: await invite(node, ada, "Carol"), dave: await invite(node, ada, "Dave") };
  const pair = await createPair(there, "blocker");
  for (const [index, one] of casesOf("blocks").entries()) {
    const { operation, name } = one;
    const reply = await perform(there, people, pair, one, transportOf(operation, index));
    const { status } = expectationOf(one.case.effects.blocker.answer, operation);
    expect({ operation, name, status: reply.status }, JSON.stringify(reply.body)).toEqual({ operation, name, status });
  }
  await leave(pair);
  const groups = await Promise.all(upTo(10).map(() => groupOf(people.carol, [people.dave])));
  await Promise.all(groups.flatMap(({ id }) => upTo(5).map((n) => say(people.carol, id, `text ${n}`))));
  texts = [...new Set(wire.statements)].filter(
    (text) => text !== "" && !unplanned.test(text) && !foreign.test(text) && !isSearch(text),
  );
  expect(texts.length).toBeGreaterThan(100);
}, 4 * hookMs);
afterAll(async () => {
  await node?.close();
  await wire?.close();
});

interface Node {
  "Node Type": string;
  "Relation Name"?: string;
  "Index Name"?: string;
  "Index Cond"?: string;
  Plans?: Node[];
}
const nodesOf = (node: Node): Node[] => [node, ...(node.Plans ?? []).flatMap(nodesOf)];

/** The columns of each index, in order, and whether it can be asked by any of them alone. */
type Indexes = Map<string, { columns: string[]; isInverted: boolean }>;

/** Whether a node reads more than a key selects: a whole table, or all that a workspace has in it. */
function isScan(node: Node, indexes: Indexes): boolean {
  if (node["Node Type"] === "Seq Scan") return true;
  const index = indexes.get(node["Index Name"] ?? "");
  if (index === undefined) return false;
  const asked = new Set([...(node["Index Cond"] ?? "").matchAll(/\((?:ROW\()?(\w+)/g)].map(([, name]) => name));
  const [first = "tenant_id", ...others] = index.columns.filter((name) => name !== "tenant_id");
  return !asked.has(first) && !(index.isInverted && others.some((name) => asked.has(name)));
}

interface Exemption {
  /** A table, or an index. */
  of: string;
  /** The statements that may read it so. */
  in: RegExp;
}

const exemptions: Exemption[] = [
  // Few rows, whatever the size of the service: keys, and queues that are empty but for a moment.
  { of: "signing_keys", in: /from "signing_keys"/ },
  { of: "conversation_removals", in: /limit \$1 for update skip locked/ },
  { of: "storage_changes", in: /limit \$1/ },
  { of: "storage_changes_tenant_id_id_pk", in: /delete from "storage_changes"/ },
  { of: "object_removals_tenant_id_key_pk", in: /delete from "object_removals"/ },
  // Texts and names from before they were indexed, in partial indexes that are empty once they have been.
  { of: "messages_without_words", in: /where search is null/ },
  { of: "users_without_words", in: /"name_words" is null/ },
  // A page of the open invites, in the order of the index.
  { of: "invites_tenant_id_id_pk", in: /from "invites" .* limit/ },
  // All owners of a workspace, once when the role of a member changes.
  { of: "users_tenant_id_id_pk", in: /"users"\."role" = \$.* for no key update/ },
];
/** Searches by name make a plan for their values, which is not the one that is explained here. */
const isSearch = (text: string): boolean => /"name_words" && |%>|order by left\(/.test(text);

/** Explains each statement for whatever values, as the service's connections plan it; lists those with such nodes. */
async function listScans(
  isFound: (node: Node, indexes: Indexes) => boolean,
): Promise<{ found: string[]; unused: Exemption[] }> {
  const { url } = workspace.stack.database;
  const used = new Set<Exemption>();
  const planner = postgres(url, { max: 1, onnotice: () => {}, connection: plannerSettings });
  try {
    const rows = await planner<{ name: string; columns: string[]; method: string }[]>`
      select index.relname as name, method.amname as method, array_agg(attribute.attname::text order by attribute.attnum) as columns
      from pg_index join pg_class index on index.oid = indexrelid join pg_am method on method.oid = index.relam
      join pg_attribute attribute on attribute.attrelid = indexrelid
      where index.relnamespace = current_schema()::regnamespace group by 1, 2`;
    const indexes = new Map(rows.map(({ name, columns, method }) => [name, { columns, isInverted: method === "gin" }]));
    const found: string[] = [];
    for (const text of texts) {
      const [row] = await planner.unsafe(`explain (generic_plan, format json) ${text}`);
      const plan = (row as unknown as { "QUERY PLAN": [{ Plan: Node }] })["QUERY PLAN"][0].Plan;
      for (const node of nodesOf(plan)) {
        const of = node["Index Name"] ?? node["Relation Name"];
        if (!isFound(node, indexes)) continue;
        const exemption = exemptions.find((one) => one.of === of && one.in.test(text));
        if (exemption !== undefined) used.add(exemption);
        else found.push(`${node["Node Type"]} ${of} ${node["Index Cond"]}: ${text.replace(/\s+/g, " ").slice(0, 400)}`);
      }
    }
    return { found, unused: exemptions.filter((one) => !used.has(one)) };
  } finally {
    await planner.end();
  }
}

it("need no sequential scan while the database knows little about its tables", { timeout: 4 * testMs }, async () => {
  expect((await listScans((one) => one["Node Type"] === "Seq Scan")).found).toEqual([]);
});

it("are look-ups by key once the tables have grown", { timeout: 4 * testMs }, async () => {
  const { sql } = workspace.stack.database;
  await fill(sql, workspace.ada);
  await waitFor(async () => {
    const analysed = await sql`
      select from pg_class where relnamespace = current_schema()::regnamespace
        and relname = any(${filledTables}) and reltuples >= ${minFilledRows}`;
    return analysed.length === filledTables.length;
  }, "the service to analyse the tables");
  expect(await listScans(isScan)).toEqual({ found: [], unused: [] });
});
