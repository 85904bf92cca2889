import type { User } from "@vero/contracts";
import { describe, expect, it } from "vitest";
import { expectProblem, pathsOf } from "../harness/accounts.js";
import { call } from "../harness/client.js";
import { blockBetween, namesOf, pageOf, usersOf, walk } from "../harness/directory.js";
import { createWorkspace, invite, type Person } from "../harness/people.js";
import { useWorkspace, withSockets } from "../harness/workspace.js";

const workspace = useWorkspace();

/** A workspace of its own, with people who join in the order of the names. */
async function office(names: readonly string[]): Promise<{ boss: Person; people: Person[] }> {
  const boss = await createWorkspace(workspace.stack, "Boss");
  const people: Person[] = [];
  for (const name of names) people.push(await invite(workspace.stack, boss, name));
  return { boss, people };
}

const deactivate = (boss: Person, { id }: Person) =>
  boss.call(`PATCH /auth/members/${id}`, { body: { deactivated: true } });

describe("200", () => {
  it("everybody else of the workspace, by name, without regard to case and accents", async () => {
    const { boss, people } = await office(["zoë", "Émile", "山田太郎", "Жанна", "eve", "Ångström", "Łucja"]);
    expect(namesOf(await usersOf(boss))).toEqual(["Ångström", "Émile", "eve", "Łucja", "zoë", "Жанна", "山田太郎"]);
    expect(namesOf(await usersOf(people[0] as Person))).toContain("Boss");
    expect(namesOf(await usersOf(workspace.ada)).sort()).toEqual(["Grace", "Outsider"]);
  });

  it("as others see them", async () => {
    const { boss, people } = await office(["Eve"]);
    const { email: _, phone: __, availability: ___, tenant: ____, ...shown } = people[0]?.me ?? ({} as Person["me"]);
    expect(await usersOf(boss)).toEqual([shown]);
  });

  it("without those who are deactivated, until they are back", async () => {
    const { boss, people } = await office(["Eve", "Goner"]);
    const goner = people[1] as Person;
    await deactivate(boss, goner);
    expect(namesOf(await usersOf(boss))).toEqual(["Eve"]);
    await boss.call(`PATCH /auth/members/${goner.id}`, { body: { deactivated: false } });
    expect(namesOf(await usersOf(boss))).toEqual(["Eve", "Goner"]);
  });

  it("those whose names contain something", async () => {
    const { boss } = await office(["Grace Hopper", "José O'Brien", "山田太郎", "100% Ada", "J. R.", "Под\u0301вал"]);
    const containing = async (q: string) => namesOf(await usersOf(boss, { q }));
    expect(await containing("HOPP")).toEqual(["Grace Hopper"]);
    expect(await containing("ce ho")).toEqual(["Grace Hopper"]);
    expect(await containing("jose")).toEqual(["José O'Brien"]);
    expect(await containing("rien")).toEqual(["José O'Brien"]);
    expect(await containing("太")).toEqual(["山田太郎"]);
    expect(await containing("под")).toEqual(["Под\u0301вал"]);
    // Signs are not patterns; alone they are looked for as they are.
    expect(await containing("%")).toEqual(["100% Ada"]);
    expect(await containing(".")).toEqual(["J. R."]);
    expect(await containing("a_a")).toEqual([]);
    expect(await containing("nobody")).toEqual([]);
  });

  it("by their new names", async () => {
    const { boss, people } = await office(["Eve"]);
    await people[0]?.call("PATCH /auth/profile", { body: { display_name: "Ève d'Or" } });
    expect(namesOf(await usersOf(boss, { q: "eve dor" }))).toEqual(["Ève d'Or"]);
    expect(namesOf(await usersOf(boss, { q: "or" }))).toEqual(["Ève d'Or"]);
  });

  it("page by page, each once, while others come and go and change their names; equals by id", async () => {
    const { boss, people } = await office(["Same", "Same", "Same", "Alpha", "Beta", "Zeta"]);
    const [, , , alpha, , zeta] = people as [Person, Person, Person, Person, Person, Person];
    let round = 0;
    const items = await walk<User>(boss, "/v1/chat/users", { limit: 2 }, async () => {
      round += 1;
      // Before what has been read, and after it.
      if (round === 1) {
        await invite(workspace.stack, boss, "Aaron");
        await deactivate(boss, alpha);
        await zeta.call("PATCH /auth/profile", { body: { display_name: "Zz" } });
      }
    });
    const same = people
      .slice(0, 3)
      .map(({ id }) => id)
      .sort();
    expect(namesOf(items)).toEqual(["Alpha", "Beta", "Same", "Same", "Same", "Zz"]);
    expect(items.slice(2, 5).map(({ id }) => id)).toEqual(same);
    expect((await pageOf<User>(boss, "/v1/chat/users", { limit: 6 })).next_cursor).toBeNull();
  });

  it("page by page also when names are as long as they can be", async () => {
    const long = "\u{1d54f}\ufdfa".repeat(50);
    const { boss } = await office([long, `${long.slice(0, -1)}!`, "山".repeat(100)]);
    const items = await walk<User>(boss, "/v1/chat/users", { limit: 1 });
    expect(new Set(items.map(({ id }) => id)).size).toBe(3);
  });

  it("with who is online, but not across a block, whoever of the two has blocked", async () => {
    const { boss, people } = await office(["Blocked", "Blocker", "Friend"]);
    const [blocked, blocker] = people as [Person, Person, Person];
    const { stack } = workspace;
    await stack.database.sql`update users set last_seen_at = now() where tenant_id = ${boss.me.tenant.id}`;
    await blockBetween(stack, boss, blocked);
    await blockBetween(stack, blocker, boss);
    await withSockets(stack, people, async () => {
      const shown = (await usersOf(boss)).map((user) => [
        user.display_name,
        user.is_online,
        user.last_seen_at !== null,
      ]);
      expect(shown).toEqual([
        ["Blocked", false, false],
        ["Blocker", false, false],
        ["Friend", true, true],
      ]);
    });
  });
});

describe("400", () => {
  it.each([
    ["limit", "limit=0"],
    ["limit", "limit=101"],
    ["q", "q="],
    ["q", `q=${"x".repeat(101)}`],
    ["q", "q=%00"],
    ["phone", "phone=1"],
    ["cursor", "cursor=x"],
    ["cursor", `cursor=${Buffer.from('["a"]').toString("base64url")}`],
    ["cursor", `cursor=${Buffer.from('["a\\u0000","0199d0a3-5a10-7000-8000-0000000000b1"]').toString("base64url")}`],
  ])("validation_failed for %s in %s", async (path, query) => {
    const answer = await workspace.ada.call<object>(`GET /v1/chat/users?${query}`);
    expectProblem(answer, 400, "validation_failed");
    expect(pathsOf(answer)).toEqual([path]);
  });
});

describe("401", () => {
  it("unauthenticated", async () => {
    expectProblem(await call(workspace.stack.url, "GET /v1/chat/users"), 401, "unauthenticated");
  });
});
