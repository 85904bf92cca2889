import type { Conversation, Participant } from "@vero/contracts";
import { beforeAll, describe, expect, it } from "vitest";
import { refusesNonParticipants } from "../harness/access.js";
import { expectProblem } from "../harness/accounts.js";
import { groupOf, invite, type Person, say } from "../harness/people.js";
import { upTo, useWorkspace } from "../harness/workspace.js";

interface Page {
  items: Participant[];
  next_cursor: string | null;
}

const workspace = useWorkspace();
let group: Conversation;
let others: Person[];
beforeAll(async () => {
  const { ada, stack } = workspace;
  others = await Promise.all(upTo(6).map((n) => invite(stack, ada, `Other ${n}`)));
  group = await groupOf(ada, others);
});

const list = <T = Page>(by: Person, query = "") =>
  by.call<T>(`GET /v1/chat/conversations/${group.id}/participants${query}`);

describe("200", () => {
  it("shows everybody with role and read position", async () => {
    const { ada } = workspace;
    await say(ada, group.id, "hello");
    const { status, body } = await list(others[0] as Person);
    expect(status).toBe(200);
    expect(body.items.map(({ user }) => user.id).sort()).toEqual([ada, ...others].map(({ id }) => id).sort());
    const owner = body.items.find(({ user }) => user.id === ada.id);
    expect(owner).toMatchObject({ role: "owner", last_read_seq: 1, user: { display_name: "Ada" } });
    expect(body.next_cursor).toBeNull();
  });

  it.each([1, 2, 3, 7])("gives each once in pages of %d", async (limit) => {
    const seen: string[] = [];
    for (let cursor: string | null = ""; cursor !== null; ) {
      const { body }: { body: Page } = await list(workspace.ada, `?limit=${limit}${cursor && `&cursor=${cursor}`}`);
      expect(body.items.length).toBeLessThanOrEqual(limit);
      seen.push(...body.items.map(({ user }) => user.id));
      cursor = body.next_cursor;
    }
    expect(seen).toHaveLength(7);
    expect(new Set(seen).size).toBe(7);
  });

  it("never shows email or phone", async () => {
    expect(JSON.stringify((await list(workspace.ada)).body)).not.toContain("@example.com");
  });
});

describe("400", () => {
  it.each(["?limit=0", "?limit=101", "?cursor=x", "?q=a"])("validation_failed for %s", async (query) => {
    expectProblem(await list<object>(workspace.ada, query), 400, "validation_failed");
  });
});

describe("404", () => {
  refusesNonParticipants(
    workspace,
    () => group,
    (id) => `GET /v1/chat/conversations/${id}/participants`,
  );
});
