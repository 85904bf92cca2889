import postgres from "postgres";
import { beforeAll, expect, it, vi } from "vitest";
import { type Cause, operationRows } from "../blocks/blocks.js";
import { createPair, leave } from "../blocks/fixture.js";
import { record, transportOf } from "../blocks/recording.js";
import { fill, filled, rows } from "../harness/filling.js";
import { invite } from "../harness/people.js";
import { waitFor } from "../harness/waiting.js";
import { useWorkspace } from "../harness/workspace.js";
import type { OperationName } from "../roles/roles.js";

const sent = vi.hoisted(() => ({ texts: new Set<string>(), settings: {} as Record<string, string> }));
vi.mock("postgres", async (original) => {
  const { default: connect } = await original<{ default: typeof postgres }>();
  const collecting = (url: string, options: postgres.Options<Record<string, never>>) => {
    if (options.connection?.application_name === "vero") Object.assign(sent.settings, options.connection);
    return connect(url, { ...options, debug: (_, text) => void sent.texts.add(text) });
  };
  return { default: Object.assign(collecting, connect) };
});

const workspace = useWorkspace();

/** Every operation by somebody who has blocked another. */
beforeAll(async () => {
  const { stack, ada } = workspace;
  const people = { carol: await invite(stack, ada, "Carol"), dave: await invite(stack, ada, "Dave") };
  const pair = await createPair(workspace, "blocker");
  const causes = Object.entries(operationRows).map(
    ([operation, cases]) => [operation, Object.keys(cases)[0]] as unknown as Cause,
  );
  for (const [index, cause] of causes.entries()) {
    await record(workspace, people, pair, cause, transportOf(cause[0] as OperationName, index));
  }
  await leave(pair);
}, 240_000);

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
/** What reads all there is, because that is little: queues that are empty but for a moment, keys, one row a workspace. */
const wholes = [
  /from pg_catalog\.|"__drizzle_migrations"|pg_stat_user_tables/,
  /from "signing_keys"/,
  /from "(conversation_removals|storage_changes|object_removals)"/,
  /"last_profile_seq"/,
  /search is null/,
  // Searches make a plan for their values.
  /name_(words|likeness|key)/,
  // Once when a member's role changes.
  /"users"\."role" = \$/,
];
/** What is read in the order of an index up to the limit of a page, and what has no more rows than sockets. */
const ordered = ["invites_tenant_id_id_pk", "users_by_name", "connections_tenant_id_user_id_id_pk"];

it("are look-ups by key, in plans for whatever values", async () => {
  const texts = [...sent.texts].filter((text) => !unplanned.test(text) && !wholes.some((whole) => whole.test(text)));
  const { stack, ada } = workspace;
  const { sql } = stack.database;
  await fill(sql, ada);
  await waitFor(async () => {
    const analysed = await sql`
      select from pg_class where relnamespace = current_schema()::regnamespace and relname = any(${filled}) and reltuples >= ${rows}`;
    return analysed.length === filled.length;
  }, "the tables to be analysed");
  const planner = postgres(stack.database.url, { max: 1, onnotice: () => {}, connection: sent.settings });
  const found: string[] = [];
  for (const text of texts) {
    const [row] = await planner.unsafe(`explain (generic_plan, format json) ${text}`);
    const plan = (row as unknown as { "QUERY PLAN": [{ Plan: Node }] })["QUERY PLAN"][0].Plan;
    const scans = nodesOf(plan).filter(isScan);
    if (scans.length > 0)
      found.push(
        [
          text.replace(/\s+/g, " ").slice(0, 400),
          ...scans.map((node) => `  ${node["Node Type"]} ${node["Index Name"]} ${node["Index Cond"]}`),
        ].join("\n"),
      );
  }
  await planner.end();
  expect(texts.length).toBeGreaterThan(100);
  expect(found).toEqual([]);
}, 120_000);
