import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createDatabase, type TestDatabase } from "../../../test/harness/database.js";
import { migrate } from "../src/connection/migrate.js";
import { foundBy, likenessOf, nameKeyOf, nameQueryOf } from "../src/words/names.js";

describe("a name", () => {
  it.each([
    ["Grace  Hopper", "grace hopper"],
    ["José O’Brien-Łuk", "jose obrien luk"],
    ["Groß & Söhne", "gross sohne"],
    ["山田 太郎", "山田 太郎"],
    ["山田太郎", "山田太郎"],
    ["Ada山田", "ada 山田"],
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
    expect(likenessOf("Søren")).toBe("soren");
    const letters = (alphabet: string) => new Set([...alphabet].map(likenessOf)).size;
    for (const alphabet of ["абвгдежзийклмнопрстуфхцчшщъыьэюя", "αβγδεζηθικλμνξοπρστυφχψω", "אבגדהוזחטיכלמנסעפצקרשת"]) {
      expect([alphabet, letters(alphabet)]).toEqual([alphabet, alphabet.length - (alphabet.match(/й/g)?.length ?? 0)]);
    }
    expect(likenessOf("山田 太郎")).toBe("");
  });
});

describe("a database", () => {
  let stored: TestDatabase;
  beforeAll(async () => {
    stored = await createDatabase();
  });
  afterAll(() => stored?.drop());

  const hasLikeness = async (): Promise<boolean> =>
    (await stored.sql`select from pg_extension where extname = 'pg_trgm'`).length > 0;

  it("is used without what finds similar names where that is not allowed, and with it once it is", async () => {
    await stored.sql`drop extension pg_trgm cascade`;
    await stored.sql.unsafe(`
      create function refuse() returns event_trigger language plpgsql
        as $$ begin raise insufficient_privilege using message = 'not here'; end $$;
      create event trigger refusing on ddl_command_start when tag in ('CREATE EXTENSION') execute function refuse()`);
    await migrate(stored.url);
    expect(await hasLikeness()).toBe(false);
    await stored.sql`drop event trigger refusing`;
    await migrate(stored.url);
    expect(await hasLikeness()).toBe(true);
    expect(await stored.sql`select from pg_indexes where indexname = 'users_by_likeness'`).toHaveLength(1);
  });

  it("fails to migrate for any other reason", async () => {
    await stored.sql`drop extension pg_trgm cascade`;
    await stored.sql.unsafe(`
      create function break() returns event_trigger language plpgsql as $$ begin raise exception 'broken'; end $$;
      create event trigger breaking on ddl_command_start when tag in ('CREATE EXTENSION') execute function break()`);
    await expect(migrate(stored.url)).rejects.toThrow();
    await stored.sql`drop event trigger breaking`;
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
    const [{ words } = { words: "" }] = await stored.sql`select ${foundBy(name).name_words}::tsvector::text as words`;
    expect(rows).toEqual([{ ...foundBy(name), name_words: words, count: 600 }]);
  });
});
