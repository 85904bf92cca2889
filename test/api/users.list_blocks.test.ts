import type { Block } from "@vero/contracts";
import { describe, expect, it } from "vitest";
import { expectProblem } from "../harness/accounts.js";
import { block, unblock } from "../harness/actions.js";
import { invite, type Person } from "../harness/people.js";
import { useWorkspace, withSockets } from "../harness/workspace.js";

const workspace = useWorkspace();

interface Page {
  items: Block[];
  next_cursor: string | null;
}
const listed = (by: Person, query = "") => by.call<Page>(`GET /v1/chat/blocks${query}`);

describe("200", () => {
  it("is nothing at first, and nobody else's", async () => {
    const { ada, grace, outsider } = workspace;
    await block(outsider, ada);
    for (const one of [ada, grace]) expect((await listed(one)).body).toEqual({ items: [], next_cursor: null });
  });

  it("has the latest first, page by page, each once", async () => {
    const { ada, stack } = workspace;
    const blocker = await invite(stack, ada, "Blocker");
    const others: Person[] = [];
    for (const name of ["One", "Two", "Three"]) others.push(await invite(stack, ada, name));
    for (const one of others) await block(blocker, one);
    const [one, two, three] = others.map(({ id }) => id);
    const first = (await listed(blocker, "?limit=2")).body;
    expect(first.items.map(({ user }) => user.id)).toEqual([three, two]);
    // Blocks that end between two pages do not disturb them.
    await unblock(blocker, { id: two as string });
    const second = (await listed(blocker, `?limit=2&cursor=${first.next_cursor}`)).body;
    expect(second).toMatchObject({ items: [{ user: { id: one } }], next_cursor: null });
    // A user who is blocked again comes first.
    await unblock(blocker, { id: one as string });
    await block(blocker, { id: one as string });
    expect((await listed(blocker)).body.items.map(({ user }) => user.id)).toEqual([one, three]);
  });

  it("shows no presence", async () => {
    const { ada, stack } = workspace;
    const [blocker, other] = [await invite(stack, ada, "Blocker"), await invite(stack, ada, "Other")];
    await block(blocker, other);
    await withSockets(stack, [other], async () => {
      const { items } = (await listed(blocker)).body;
      expect(items).toMatchObject([{ user: { id: other.id, is_online: false, last_seen_at: null } }]);
    });
  });
});

describe("400", () => {
  it.each(["?limit=0", "?limit=101", "?cursor=nonsense", "?of=somebody"])("validation_failed for %s", async (query) => {
    expectProblem((await listed(workspace.ada, query)) as never, 400, "validation_failed");
  });
});
