import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createDatabase, type TestDatabase } from "../../../test/harness/database.js";
import { openDatabase } from "../src/connection/database.js";
import { migrate } from "../src/connection/migrate.js";
import { nameKeyOf, nameQueryOf, nameSearchColumns, trigramKey } from "../src/tokenizer/person-names.js";
import { createTrigramIndex } from "../src/users/users.names.sql.js";

describe("a name", () => {
  it.each([
    ["Grace  Hopper", "grace hopper"],
    ["José O’Brien-Łuk", "jose obrien luk"],
    ["Groß & Söhne", "gross sohne"],
    ["山田 太郎", "山田 太郎"],
    ["山田太郎", "山田太郎"],
    ["Ada山田", "ada山田"],
    ["🚀 Ada", "🚀 ada"],
    ["--", ""],
  ])("%s is compared as %s", (name, key) => {
    expect(nameKeyOf(name)).toBe(key);
  });

  it("is looked for by the beginnings of its words, each once, and by nothing when there are none", () => {
    expect(nameQueryOf("Gra hop GRA")).toBe("'gra':* & 'hop':*");
    expect(nameQueryOf("O'Brien")).toBe("'obrien':*");
    expect(nameQueryOf("\\ ' ! ()")).toBeUndefined();
  });

  it("is as like another as before when its letters are not those of ASCII", () => {
    expect(trigramKey("Søren")).toBe("soren");
    const letters = (alphabet: string) => new Set([...alphabet].map(trigramKey)).size;
    for (const alphabet of ["абвгдежзийклмнопрстуфхцчшщъыьэюя", "αβγδεζηθικλμνξοπρστυφχψω", "אבגדהוזחטיכלמנסעפצקרשת"]) {
      expect([alphabet, letters(alphabet)]).toEqual([alphabet, alphabet.length - (alphabet.match(/й/g)?.length ?? 0)]);
    }
    expect(trigramKey("山田 太郎")).toBe("");
  });
});

async function placeOf({ sql }: TestDatabase): Promise<{ name: string; owner: string }> {
  const [row] = await sql`select current_database() as name, quote_ident(current_user) as owner`;
  return { name: row?.["name"], owner: row?.["owner"] };
}

describe("a database", () => {
  let stored: TestDatabase;
  beforeAll(async () => {
    stored = await createDatabase();
  });
  afterAll(() => stored?.drop());

  const hasLikeness = async (): Promise<boolean> =>
    (await stored.sql`select from pg_extension where extname = 'pg_trgm'`).length > 0;

  it("does without what finds similar names where that is not allowed, and has it once it is", async () => {
    const database = openDatabase({ url: stored.url, max: 1 });
    const { name, owner } = await placeOf(stored);
    await stored.sql`drop extension pg_trgm cascade`;
    // Its own owner: an extension is created by whoever may create things.
    await stored.sql.unsafe(`revoke create on database ${name} from ${owner}, public`);
    await createTrigramIndex(database.executor);
    expect(await hasLikeness()).toBe(false);
    await stored.sql.unsafe(`grant create on database ${name} to ${owner}`);
    await migrate(stored.url);
    expect(await hasLikeness()).toBe(true);
    expect(await stored.sql`select from pg_indexes where indexname = 'users_by_likeness'`).toHaveLength(1);
    await database.close();
  });

  it("fails to migrate for any other reason", async () => {
    await stored.sql`drop index users_by_likeness`;
    await stored.sql`alter table users rename column name_likeness to another`;
    await expect(migrate(stored.url)).rejects.toThrow("name_likeness");
    await stored.sql`alter table users rename column another to name_likeness`;
    await migrate(stored.url);
  });

  it("finds the words of names that have none", async () => {
    const [tenant, name] = [randomUUID(), "José O'Brien"];
    await stored.sql`insert into tenants (id, name, slug) values (${tenant}, 'T', ${tenant})`;
    await stored.sql`
      insert into users (tenant_id, id, display_name, role)
      select ${tenant}, gen_random_uuid(), ${name}, 'member' from generate_series(1, 600)`;
    await migrate(stored.url);
    const rows = await stored.sql`
      select name_key, name_likeness, name_words::text, count(*)::int from users
      where tenant_id = ${tenant} group by 1, 2, 3`;
    const [{ words } = { words: "" }] =
      await stored.sql`select ${nameSearchColumns(name).name_words}::tsvector::text as words`;
    expect(rows).toEqual([{ ...nameSearchColumns(name), name_words: words, count: 600 }]);
  });
});
