import type { User } from "@vero/contracts";
import { describe, expect, it } from "vitest";
import { expectProblem, pathsOf, strictRates, useStack } from "../harness/accounts.js";
import { call } from "../harness/client.js";
import { blockBetween, found, namesOf, type Page, walk } from "../harness/directory.js";
import { createWorkspace, invite, type Person } from "../harness/people.js";
import { useWorkspace, withSockets } from "../harness/workspace.js";

const workspace = useWorkspace();

async function office(names: readonly string[]): Promise<{ boss: Person; people: Person[] }> {
  const boss = await createWorkspace(workspace.stack, "Boss");
  const people: Person[] = [];
  for (const name of names) people.push(await invite(workspace.stack, boss, name));
  return { boss, people };
}

const setPhone = async (person: Person | undefined, phone: string): Promise<void> => {
  expect((await person?.call("PATCH /auth/profile", { body: { phone } }))?.status).toBe(200);
};

const world = [
  "Grace Hopper",
  "Gracia",
  "Ada Grace",
  "Søren Ørsted",
  "Łukasz Żak",
  "Jürgen Groß",
  "Ελένη Παπαδοπούλου",
  "Жанна Иванова",
  "محمد الأمين",
  "יעל כהן",
  "山田太郎",
  "김철수",
  "हिन्दी शर्मा",
  "สมชาย ใจดี",
  "Connor O'Brien",
  "Anne-Marie",
  "🚀 Rocket",
];

describe("200", () => {
  let office1: Awaited<ReturnType<typeof office>> | undefined;
  const boss = async (): Promise<Person> => {
    office1 ??= await office(world);
    return office1.boss;
  };
  const names = async (q: string) => namesOf(await found(await boss(), q));

  it.each([
    ["hopper", "Grace Hopper"],
    ["GRACE HOPPER", "Grace Hopper"],
    ["hop gra", "Grace Hopper"],
    ["soren", "Søren Ørsted"],
    ["ørst", "Søren Ørsted"],
    ["orsted", "Søren Ørsted"],
    ["lukasz zak", "Łukasz Żak"],
    ["juergen", "Jürgen Groß"],
    ["jurgen", "Jürgen Groß"],
    ["gross", "Jürgen Groß"],
    ["GROSS", "Jürgen Groß"],
    ["groß", "Jürgen Groß"],
    ["ελενη", "Ελένη Παπαδοπούλου"],
    ["ΠΑΠΑ", "Ελένη Παπαδοπούλου"],
    ["жан", "Жанна Иванова"],
    ["ИВАНОВА", "Жанна Иванова"],
    ["مُحَمَّد", "محمد الأمين"],
    ["כהן", "יעל כהן"],
    ["山", "山田太郎"],
    ["太郎", "山田太郎"],
    ["田太", "山田太郎"],
    ["철수", "김철수"],
    ["हिन्दी", "हिन्दी शर्मा"],
    ["ใจ", "สมชาย ใจดี"],
    ["o'br", "Connor O'Brien"],
    ["obrien", "Connor O'Brien"],
    ["brien", "Connor O'Brien"],
    ["anne marie", "Anne-Marie"],
    ["mar", "Anne-Marie"],
    ["🚀", "🚀 Rocket"],
    ["nobody", undefined],
    ["!?", undefined],
  ])("%s finds %s first", async (q, name) => {
    const [first] = await names(q);
    expect(first).toBe(name);
  });

  it("the name itself, then names that begin so, then the other words, then what is only similar", async () => {
    const { boss } = await office(["Tom Mark", "Marko", "Marla", "Mark", "Mark Twain", "Merk", "Zoe"]);
    expect(namesOf(await found(boss, "mark"))).toEqual(["Mark", "Mark Twain", "Marko", "Tom Mark", "Marla"]);
  });

  it.each([
    ["hoper", "Grace Hopper"],
    ["hoppre", "Grace Hopper"],
    ["graec hopper", "Grace Hopper"],
    ["conor", "Connor O'Brien"],
    ["жана", "Жанна Иванова"],
    ["orstd", "Søren Ørsted"],
  ])("%s finds %s in spite of the mistake", async (q, name) => {
    expect(await names(q)).toContain(name);
  });

  it("only by beginnings where the database cannot tell what is similar", async () => {
    const { call, signUp, stack } = single;
    const owner = await signUp();
    await invite(stack(), owner, "Grace Hopper");
    const search = async (q: string) =>
      namesOf((await call(`GET /v1/chat/users/search?q=${q}`, { token: owner.token })).body.items);
    expect(await search("hoper")).toEqual(["Grace Hopper"]);
    await stack().database.sql`drop extension pg_trgm cascade`;
    expect(await search("hoper")).toEqual([]);
    expect(await search("hop")).toEqual(["Grace Hopper"]);
    expect(await search("grace+hopper")).toEqual(["Grace Hopper"]);
  });

  it("page by page, each once, in the same order, while others come", async () => {
    const { boss } = await office(["Ana", "Ana", "Anabel", "Anton", "Maria Ana", "Anja"]);
    const whole = await found(boss, "ana");
    const items = await walk<User>(boss, "/v1/chat/users/search", { q: "ana", limit: 1 }, () =>
      invite(workspace.stack, boss, "Zed"),
    );
    expect(items).toEqual(whole);
    expect(namesOf(whole).slice(0, 4)).toEqual(["Ana", "Ana", "Anabel", "Maria Ana"]);
  });

  it("nobody of another workspace, not oneself, and nobody who is deactivated", async () => {
    const { boss, people } = await office(["Linus Boss"]);
    expect(namesOf(await found(boss, "boss"))).toEqual(["Linus Boss"]);
    expect(await found(workspace.ada, "linus")).toEqual([]);
    await boss.call(`PATCH /auth/members/${people[0]?.id}`, { body: { deactivated: true } });
    expect(await found(boss, "linus")).toEqual([]);
  });

  it("nobody as online across a block", async () => {
    const { boss, people } = await office(["Blocked"]);
    await blockBetween(workspace.stack, people[0] as Person, boss);
    await withSockets(workspace.stack, people, async () => {
      expect(await found(boss, "blocked")).toMatchObject([{ is_online: false, last_seen_at: null }]);
      expect(await found(people[0] as Person, "boss")).toMatchObject([{ is_online: false, last_seen_at: null }]);
    });
  });
});

describe("200 for a phone number", () => {
  it("whoever has exactly this one, however it is written", async () => {
    const { boss, people } = await office(["Eve", "Bob", "Nobody"]);
    await setPhone(people[0], "+49 30 901820");
    await setPhone(people[1], "+4930901820");
    for (const q of ["+4930901820", "+49 (30) 90-18-20", " +49/30/901820 ", "\u202a+49\u00a030\u2011901820\u202c"]) {
      expect(namesOf(await found(boss, q))).toEqual(["Bob", "Eve"]);
    }
    const pages = await walk<User>(boss, "/v1/chat/users/search", { q: "+49 30 901820", limit: 1 });
    expect(namesOf(pages)).toEqual(["Bob", "Eve"]);
  });

  it("nobody for a part of one, one digit more, or none of any country", async () => {
    const { boss, people } = await office(["+49 30", "Eve"]);
    await setPhone(people[1], "+49 30 901820");
    for (const q of [
      "+",
      "+4",
      "+49",
      "+49 30",
      "+49 30 90182",
      "+49 30 9018201",
      "+999 123456789",
      "4930901820",
      "901820",
    ])
      expect([q, await found(boss, q)]).toEqual([q, []]);
  });

  it("nobody of another workspace, not oneself, and nobody who is deactivated or has given the number up", async () => {
    const { boss, people } = await office(["Eve", "Goner"]);
    const [eve, goner] = people as [Person, Person];
    for (const person of [boss, eve, goner, workspace.grace]) await setPhone(person, "+44 20 7946 0958");
    await boss.call(`PATCH /auth/members/${goner.id}`, { body: { deactivated: true } });
    expect(namesOf(await found(boss, "+44 20 7946 0958"))).toEqual(["Eve"]);
    await eve.call("PATCH /auth/profile", { body: { phone: null } });
    expect(await found(boss, "+44 20 7946 0958")).toEqual([]);
  });

  it("without the number in the answer, or in its cursor", async () => {
    const { boss, people } = await office(["Eve", "Bob"]);
    for (const person of people) await setPhone(person, "+44 20 7946 0958");
    const { body } = await boss.call<Page<User>>("GET /v1/chat/users/search?limit=1&q=%2B442079460958");
    expect(body.items).toHaveLength(1);
    const cursor = Buffer.from(body.next_cursor ?? "", "base64url").toString();
    expect(cursor).toContain("bob");
    expect(`${JSON.stringify(body.items)}${cursor}`).not.toMatch(/7946|email|phone/);
  });
});

describe("400", () => {
  it.each([
    ["q", ""],
    ["q", "q="],
    ["q", `q=${"x".repeat(101)}`],
    ["q", "q=a%00"],
    ["limit", "q=a&limit=101"],
    ["email", "q=a&email=x"],
    ["cursor", "q=a&cursor=x"],
    ["cursor", `q=a&cursor=${Buffer.from('["a","0199d0a3-5a10-7000-8000-0000000000b1"]').toString("base64url")}`],
    [
      "cursor",
      `q=a&cursor=${Buffer.from('[0,["\\u0000","0199d0a3-5a10-7000-8000-0000000000b1"]]').toString("base64url")}`,
    ],
    ["cursor", `q=a&cursor=${Buffer.from('[1e9,["a","0199d0a3-5a10-7000-8000-0000000000b1"]]').toString("base64url")}`],
  ])("validation_failed for %s in %s", async (path, query) => {
    const answer = await workspace.ada.call<object>(`GET /v1/chat/users/search?${query}`);
    expectProblem(answer, 400, "validation_failed");
    expect(pathsOf(answer)).toEqual([path]);
  });

  it("says nothing of the number that was asked for", async () => {
    const answer = await workspace.ada.call<object>("GET /v1/chat/users/search?q=%2B442079460958&cursor=x");
    expectProblem(answer, 400, "validation_failed");
    expect(JSON.stringify(answer.body)).not.toContain("7946");
  });
});

describe("401", () => {
  it("unauthenticated", async () => {
    expectProblem(await call(workspace.stack.url, "GET /v1/chat/users/search?q=a"), 401, "unauthenticated");
  });
});

const single = useStack();

describe("429", () => {
  it("rate_limited after 20 searches a minute, whether for names or numbers", async () => {
    const node = await single.another(strictRates);
    const { token } = await single.signUp();
    for (let count = 0; count < 20; count += 1) {
      const q = count % 2 === 0 ? "a" : "%2B4930901820";
      expect((await node(`GET /v1/chat/users/search?q=${q}`, { token })).status).toBe(200);
    }
    const answer = await node("GET /v1/chat/users/search?q=a", { token });
    expectProblem(answer, 429, "rate_limited");
    expect(answer.headers.get("retry-after")).not.toBeNull();
  });
});
