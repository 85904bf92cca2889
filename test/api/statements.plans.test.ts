import postgres from "postgres";
import { afterAll, beforeAll, expect, it } from "vitest";
import { plannerSettings } from "../../packages/db/src/connection/database.js";
import { type Cause, operationRows } from "../blocks/blocks.js";
import { createPair, leave } from "../blocks/fixture.js";
import { record, transportOf } from "../blocks/recording.js";
import { fill, filled, rows } from "../harness/filling.js";
import { invite } from "../harness/people.js";
import { type Stack, startStack } from "../harness/stack.js";
import { hookMs, testMs, waitFor } from "../harness/waiting.js";
import { listenIn } from "../harness/wire.js";
import { useWorkspace } from "../harness/workspace.js";
import type { OperationName } from "../roles/roles.js";

const workspace = useWorkspace();
/** A second service on the same database, through a proxy that stores the text of each statement. */
let wire: Awaited<ReturnType<typeof listenIn>>;
let node: Stack;
/** Sends every operation, by somebody who has blocked another. */
beforeAll(async () => {
  const { stack, ada } = workspace;
  wire = await listenIn(stack.database.url);
  const { issuer, objects } = stack;
  node = await startStack({ DATABASE_URL: wire.url, VERO_PUBLIC_URL: issuer, VERO_OBJECTS_DIR: objects });
  const there = { ...workspace, stack: node };
  const people = { carol: await invite(node, ada, "Carol"), dave: await invite(node, ada, "Dave") };
  const pair = await createPair(there, "blocker");
  const causes = Object.entries(operationRows).map(
    ([operation, cases]) => [operation, Object.keys(cases)[0]] as unknown as Cause,
  );
  for (const [index, cause] of causes.entries()) {
    await record(there, people, pair, cause, transportOf(cause[0] as OperationName, index));
  }
  await leave(pair);
}, 4 * hookMs);
afterAll(async () => {
  await node?.close();
  await wire?.close();
});

interface Node {
  "Node Type": string;
  "Index Name"?: string;
  "Index Cond"?: string;
  Plans?: Node[];
}
const nodesOf = (node: Node): Node[] => [node, ...(node.Plans ?? []).flatMap(nodesOf)];

/** The columns that an index is asked by. */
const columnsOf = ({ "Index Cond": condition = "" }: Node): Set<string> =>
  new Set(
    [...condition.matchAll(/\(?(\w+) (?:=|<|>|<=|>=|&&|@@|\S*LIKE\S*|%>|~~\S*) /g)].map(([, name]) => String(name)),
  );

/** Whether a node reads more than a key selects: a whole table, or all that a workspace has in it. */
function isScan(node: Node): boolean {
  if (node["Node Type"] === "Seq Scan") return true;
  if (node["Index Name"] === undefined || ordered.includes(node["Index Name"])) return false;
  const columns = columnsOf(node);
  columns.delete("tenant_id");
  return columns.size === 0;
}

const unplanned = /^\s*(begin|commit|rollback|set|show|listen|analyze|create|drop|alter|do|lock)\b/i;
/** Statements that read all there is: queues that are empty but for a moment, keys, and searches. */
const wholes = [
  /from pg_catalog\.|"__drizzle_migrations"|pg_stat_user_tables/,
  /from "signing_keys"/,
  /from "(conversation_removals|storage_changes|object_removals)"/,
  // The profile counters of the workspaces of a node's users.
  /from "profile_counters" where "profile_counters"."tenant_id" = any/,
  // Texts and names from before they were indexed: none, once they have been.
  /where search is null|"name_words" is null/,
  // Searches make a plan for their values.
  /@@|%>|"name_words" && |order by left\(/,
  // Once when a member's role changes.
  /"users"\."role" = \$/,
];
/** Indexes that are read in their order up to the limit of a page, and those of tables with one row a socket or workspace. */
const ordered = [
  "invites_tenant_id_id_pk",
  "users_by_name",
  "connections_tenant_id_user_id_id_pk",
  "profile_counters_pkey",
];

/** Explains each statement for whatever values, as the service's connections plan it; lists those with such nodes. */
async function listPlansWith(isFound: (node: Node) => boolean): Promise<string[]> {
  const { url } = workspace.stack.database;
  const planner = postgres(url, { max: 1, onnotice: () => {}, connection: plannerSettings });
  const found: string[] = [];
  for (const text of texts) {
    const [row] = await planner.unsafe(`explain (generic_plan, format json) ${text}`);
    const plan = (row as unknown as { "QUERY PLAN": [{ Plan: Node }] })["QUERY PLAN"][0].Plan;
    const nodes = nodesOf(plan).filter(isFound);
    const outline = nodes.map((node) => `  ${node["Node Type"]} ${node["Index Name"]} ${node["Index Cond"]}`);
    if (nodes.length > 0) found.push([text.replace(/\s+/g, " ").slice(0, 400), ...outline].join("\n"));
  }
  await planner.end();
  return found;
}

let texts: string[];

it("read no table whole while the database knows little about its tables", { timeout: 4 * testMs }, async () => {
  texts = [...new Set(wire.statements)].filter(
    (text) => text !== "" && !unplanned.test(text) && !wholes.some((whole) => whole.test(text)),
  );
  expect(texts.length).toBeGreaterThan(100);
  expect(await listPlansWith((node) => node["Node Type"] === "Seq Scan")).toEqual([]);
});

it("are look-ups by key in tables that have grown", { timeout: 4 * testMs }, async () => {
  const { stack, ada } = workspace;
  const { sql } = stack.database;
  await fill(sql, ada);
  await waitFor(async () => {
    const analysed = await sql`
      select from pg_class where relnamespace = current_schema()::regnamespace
        and relname = any(${filled}) and reltuples >= ${rows}`;
    return analysed.length === filled.length;
  }, "the tables to be analysed");
  expect(await listPlansWith(isScan)).toEqual([]);
});
