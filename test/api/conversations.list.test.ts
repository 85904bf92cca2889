import type { Conversation } from "@vero/contracts";
import { beforeEach, describe, expect, it } from "vitest";
import { expectProblem, pathsOf } from "../harness/accounts.js";
import { directBetween, groupOf, invite, type Person, say } from "../harness/people.js";
import { upTo, useWorkspace } from "../harness/workspace.js";

interface Page {
  items: Conversation[];
  next_cursor: string | null;
}

const workspace = useWorkspace();
/** Somebody new for each test, in no conversation yet. */
let me: Person;
beforeEach(async () => {
  me = await invite(workspace.stack, workspace.ada, "Me");
});

const list = <T = Page>(by: Person, query: Record<string, string | number | boolean> | string = "") =>
  by.call<T>(`GET /v1/chat/conversations?${new URLSearchParams(query as Record<string, string>)}`);
const idsOf = async (by: Person, query: Record<string, string | number | boolean> = {}): Promise<string[]> =>
  (await list(by, query)).body.items.map(({ id }) => id);
const groups = async (n: number): Promise<Conversation[]> => {
  const made: Conversation[] = [];
  for (const k of upTo(n)) made.push(await groupOf(me, [workspace.grace], `Group ${k}`));
  return made;
};

/** Walks to the end; `between` happens before each page but the first. */
async function walk(limit: number, between: () => Promise<unknown> = async () => {}): Promise<string[][]> {
  const pages: string[][] = [];
  for (let cursor: string | null = ""; cursor !== null; ) {
    if (cursor !== "") await between();
    const { body }: { body: Page } = await list(me, { limit, ...(cursor && { cursor }) });
    pages.push(body.items.map(({ id }) => id));
    cursor = body.next_cursor;
  }
  return pages;
}

describe("200", () => {
  it("answers nothing to somebody new", async () => {
    expect((await list(me)).body).toEqual({ items: [], next_cursor: null });
  });

  it("answers each as get does, with the last message and exact unread counts", async () => {
    const { ada, grace } = workspace;
    const group = await groupOf(ada, [me, grace]);
    const direct = await directBetween(grace, me);
    const unread = async () =>
      Object.fromEntries((await list(me)).body.items.map(({ id, me }) => [id, me.unread_count]));
    expect(await unread()).toEqual({ [group.id]: 0, [direct.id]: 0 });
    for (const by of [ada, grace, grace]) await say(by, group.id, "unread");
    const last = await say(grace, direct.id, "unread");
    expect(await unread()).toEqual({ [group.id]: 3, [direct.id]: 1 });
    await say(me, group.id, "sending moves my own position");
    expect(await unread()).toEqual({ [group.id]: 0, [direct.id]: 1 });
    await say(ada, group.id, "again");
    expect(await unread()).toEqual({ [group.id]: 1, [direct.id]: 1 });
    const { items } = (await list(me)).body;
    expect(items.map(({ id }) => id)).toEqual([group.id, direct.id]);
    expect(items[1]?.last_message).toEqual(last);
    for (const item of items) expect((await me.call(`GET /v1/chat/conversations/${item.id}`)).body).toEqual(item);
  });

  it("has the latest activity first", async () => {
    const [one, two, three] = (await groups(3)).map(({ id }) => id) as [string, string, string];
    expect(await idsOf(me)).toEqual([three, two, one]);
    await say(workspace.grace, one, "to the top");
    expect(await idsOf(me)).toEqual([one, three, two]);
    await say(me, two, "to the top");
    expect(await idsOf(me)).toEqual([two, one, three]);
  });

  it("filters by type, unread and archive", async () => {
    const { grace } = workspace;
    const [first, second] = (await groups(2)).map(({ id }) => id) as [string, string];
    const direct = await directBetween(me, grace);
    await say(grace, first, "unread");
    await say(me, second, "my own");
    expect(await idsOf(me, { type: "group" })).toEqual([second, first]);
    expect(await idsOf(me, { type: "direct" })).toEqual([direct.id]);
    expect(await idsOf(me, { unread_only: true })).toEqual([first]);
    expect(await idsOf(me, { unread_only: true, type: "direct" })).toEqual([]);
    expect(await idsOf(me, { unread_only: false })).toHaveLength(3);
    await workspace.stack.database.sql`
      update participants set archived_at = now() where user_id = ${me.id} and conversation_id = ${second}`;
    expect(await idsOf(me)).toEqual([first, direct.id]);
    expect(await idsOf(me, { filter: "archived" })).toEqual([second]);
    expect(await idsOf(me, { filter: "all" })).toEqual([second, first, direct.id]);
    expect(await idsOf(grace, { filter: "archived" })).toEqual([]);
  });

  it("finds by name, and a direct one by the name of the other side", async () => {
    const { ada, stack } = workspace;
    const [percent, under, slash] = await Promise.all(
      ["100%_off", "100xyoff", "back\\slash"].map((name) => groupOf(me, [], name)),
    );
    const emile = await invite(stack, ada, "Émile Zola");
    const direct = await directBetween(emile, me);
    await groupOf(me, [emile], "Novels");
    await groupOf(emile, [], "Émile's own");
    expect(await idsOf(me, { q: "100" })).toHaveLength(2);
    expect(await idsOf(me, { q: "100%" })).toEqual([percent?.id]);
    expect(await idsOf(me, { q: "0%_o" })).toEqual([percent?.id]);
    expect(await idsOf(me, { q: "100X" })).toEqual([under?.id]);
    expect(await idsOf(me, { q: "\\" })).toEqual([slash?.id]);
    expect(await idsOf(me, { q: "_" })).toEqual([percent?.id]);
    expect(await idsOf(me, { q: "%%" })).toEqual([]);
    expect(await idsOf(me, { q: "mile z" })).toEqual([direct.id]);
    // Not by one's own name.
    expect(await idsOf(emile, { q: "Émile", type: "direct" })).toEqual([]);
  });

  it.each([1, 2, 3, 4, 7, 8, 100])("walks %i at a time without repeating or leaving out any", async (limit) => {
    const ids = (await groups(7)).map(({ id }) => id).reverse();
    const pages = await walk(limit);
    expect(pages.flat()).toEqual(ids);
    expect(pages).toHaveLength(Math.ceil(7 / limit));
  });

  it("walks over conversations of the same moment", async () => {
    const ids = (await groups(6)).map(({ id }) => id);
    await workspace.stack.database.sql`
      update conversations set last_activity_at = '2026-01-01T00:00:00.123Z' where id = any(${ids}::uuid[])`;
    expect((await walk(2)).flat()).toEqual(ids.sort().reverse());
  });

  it("does not repeat any while messages arrive, and leaves out only what has moved to the top", async () => {
    const made = await groups(9);
    const moved = new Set<string>();
    const seen = (
      await walk(2, async () => {
        const { id } = made[Math.floor(Math.random() * made.length)] as Conversation;
        moved.add(id);
        await say(workspace.grace, id, "meanwhile");
      })
    ).flat();
    expect(new Set(seen).size).toBe(seen.length);
    for (const { id } of made) if (!moved.has(id)) expect(seen).toContain(id);
  });

  it("previews up to five people, others before the caller", async () => {
    const { ada, grace, outsider } = workspace;
    await groupOf(ada, [me, grace, outsider]);
    const [item] = (await list(me)).body.items;
    expect(item?.participant_count).toBe(4);
    expect(item?.participants_preview.map(({ id }) => id)).toHaveLength(4);
    expect(item?.participants_preview.at(-1)?.id).toBe(me.id);
    expect(JSON.stringify(item)).not.toContain("@example.com");
  });

  it("shows nothing of conversations and workspaces of others", async () => {
    const { ada, grace, stranger } = workspace;
    await groupOf(ada, [grace], "Hidden");
    await groupOf(stranger, [], "Foreign");
    for (const filter of ["active", "archived", "all"]) {
      expect(await idsOf(me, { filter })).toEqual([]);
      expect(await idsOf(me, { filter, q: "d" })).toEqual([]);
    }
    expect((await list(stranger, { q: "Hidden" })).body.items).toEqual([]);
  });

  it("takes a cursor of somebody else for a position, not for a right", async () => {
    const { ada } = workspace;
    await groups(2);
    const { body } = await list(me, { limit: 1 });
    const theirs = await idsOf(ada, { cursor: body.next_cursor ?? "" });
    const mine = await idsOf(me);
    expect(theirs.filter((id) => mine.includes(id))).toEqual([]);
  });
});

describe("400", () => {
  const encoded = (key: unknown): string => Buffer.from(JSON.stringify(key)).toString("base64url");
  it.each([
    ["limit=0", ["limit"]],
    ["limit=101", ["limit"]],
    ["limit=abc", ["limit"]],
    ["limit=1e1", ["limit"]],
    ["limit=%201", ["limit"]],
    ["filter=none", ["filter"]],
    ["type=channel", ["type"]],
    ["unread_only=1", ["unread_only"]],
    ["unread_only=TRUE", ["unread_only"]],
    ["q=", ["q"]],
    [`q=${"x".repeat(101)}`, ["q"]],
    ["q=%00", ["q"]],
    ["q=a&q=b", ["q"]],
    ["sort=name", ["sort"]],
    ["cursor=", ["cursor"]],
    ["cursor=nonsense", ["cursor"]],
    [`cursor=${encoded(null)}`, ["cursor"]],
    [`cursor=${encoded(["2026-01-01T00:00:00.000Z", "'; drop table messages"])}`, ["cursor"]],
    [`cursor=${encoded(["now", "0199d0a3-5a10-7000-8000-0000000000c1"])}`, ["cursor"]],
    [`cursor=${encoded(["0000-01-01T00:00:00.000Z", "0199d0a3-5a10-7000-8000-0000000000c1"])}`, ["cursor"]],
  ])("validation_failed for %s", async (query, paths) => {
    const answer = await list<object>(me, query);
    expectProblem(answer, 400, "validation_failed");
    expect(pathsOf(answer)).toEqual(paths);
  });

  it("takes the largest page there is", async () => {
    expect((await list(me, { limit: 100 })).status).toBe(200);
  });
});
