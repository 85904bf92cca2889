import { describe, expect, it } from "vitest";
import { groupOf, invite, say } from "../harness/people.js";
import { waitFor } from "../harness/waiting.js";
import { upTo, useWorkspace } from "../harness/workspace.js";

const workspace = useWorkspace();

interface Use {
  name: string;
  seq_tup_read: number;
  idx_scan: number;
}

/** Reads how often rows were read one after the other, and how often indexes were asked. */
const usesOf = () => workspace.stack.database.sql<Use[]>`
  select relname as name, seq_tup_read::int, idx_scan::int from pg_stat_user_tables
  where relname in ('conversations', 'participants', 'messages', 'users', 'blocks') order by relname`;

describe("sends in a database that knows nothing about its tables yet", () => {
  it("read no table whole, though their plans were made when the tables were empty", async () => {
    const { ada, stack } = workspace;
    const people = await Promise.all(upTo(4).map(() => invite(stack, ada)));
    const groups = await Promise.all(upTo(30).map(() => groupOf(ada, people)));
    const before = await usesOf();
    await Promise.all(groups.flatMap(({ id }) => upTo(5).map((n) => say(ada, id, `text ${n}`))));
    const scansOf = (uses: readonly Use[]) => uses.find(({ name }) => name === "messages")?.idx_scan ?? 0;
    // Counters are published by each connection when it has been idle for a moment.
    await waitFor(async () => scansOf(await usesOf()) > scansOf(before), "the use of indexes to be counted");
    const rowsOf = (uses: readonly Use[]) => uses.map(({ name, seq_tup_read }) => [name, seq_tup_read]);
    expect(rowsOf(await usesOf())).toEqual(rowsOf(before));
  });
});
