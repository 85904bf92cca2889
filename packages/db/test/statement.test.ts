import { and, type Column, desc, eq, gt, type SQL, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { describe, expect, it } from "vitest";
import type { Executor } from "../src/connection/database.js";
import { query, rowOf, rowsOf, statement, tableOf } from "../src/connection/statement.js";
import { tenants } from "../src/tenants/tenants.table.js";
import { useDatabase } from "./database.setup.js";

const fixture = useDatabase(2);

describe("a statement", () => {
  it("is built once, and prepared once for each connection, whatever the values", async () => {
    let builds = 0;
    const add = statement<{ left: number; right: number }, { sum: number }>((value) => {
      builds += 1;
      return sql`select ${value("left")}::int + ${value("right")}::int as sum`;
    });
    await fixture.database.transaction(async (tx) => {
      for (let n = 0; n < 100; n += 1) expect(await add(tx, { left: n, right: 1 })).toEqual([{ sum: n + 1 }]);
      const prepared = await tx.execute(
        sql`select statement from pg_prepared_statements where statement like '%as sum'`,
      );
      expect(prepared).toHaveLength(1);
    });
    await add(fixture.database.executor, { left: 1, right: 1 });
    expect(builds).toBe(1);
  });

  it("runs in the transaction that it is given, and ends with it", async () => {
    const create = statement<object>(() => sql`create table gone (n int)`);
    const undone = fixture.database.transaction(async (tx) => {
      await create(tx, {});
      throw new Error("undone");
    });
    await expect(undone).rejects.toThrow("undone");
    expect(await fixture.stored.sql`select to_regclass('gone') as name`).toEqual([{ name: null }]);
  });

  it("that fails names its text, with the server's error as the cause", async () => {
    const divide = statement<{ by: number }>((value) => sql`select 1 / ${value("by")}::int`);
    await expect(divide(fixture.database.executor, { by: 0 })).rejects.toMatchObject({
      query: "select 1 / $1::int",
      cause: { code: "22012" },
    });
  });
});

describe("a query", () => {
  it("is built once for each shape, and answers objects on whatever connection it runs", async () => {
    let builds = 0;
    const named = query<{ slug: string; limit: number }, { id: string; name: string }, { isSorted: boolean }>(
      (db, value, { isSorted }) => {
        builds += 1;
        const found = db
          .select({ id: tenants.id, name: tenants.name })
          .from(tenants)
          .where(gt(tenants.slug, value("slug")));
        return (isSorted ? found.orderBy(desc(tenants.slug)) : found).limit(value("limit"));
      },
    );
    const created = new Date();
    for (const slug of ["one", "two"]) {
      await fixture.stored.sql`
        insert into tenants (id, name, slug, created_at) values (gen_random_uuid(), ${slug}, ${slug}, ${created})`;
    }
    for (const isSorted of [true, false, true]) {
      const rows = await named(fixture.database.executor, { slug: "a", limit: 2 }, { isSorted });
      expect(rows.map(({ name }) => name).sort()).toEqual(["one", "two"]);
    }
    // Only the transaction sees what it has written: so the query runs on its connection.
    const undone = fixture.database.transaction(async (tx) => {
      await tx.delete(tenants);
      expect(await named(tx, { slug: "a", limit: 2 }, { isSorted: true })).toEqual([]);
      throw new Error("undone");
    });
    await expect(undone).rejects.toThrow("undone");
    expect(await named(fixture.database.executor, { slug: "a", limit: 1 }, { isSorted: true })).toMatchObject([
      { name: "two" },
    ]);
    expect(builds).toBe(2);
  });
});

describe("the rows of a query", () => {
  it("are what drizzle makes of them: decoded, nested, and null where an optional table has none", async () => {
    const selected = (db: Executor) => {
      const other = alias(tenants, "other");
      return db
        .select({
          slug: tenants.slug,
          tenant: tenants,
          other,
          counted: { sum: sql<number>`count(*) over ()`.mapWith(Number), name: other.name },
          twice: sql<string>`${tenants.slug} || ${tenants.slug}`.as("twice"),
        })
        .from(tenants)
        .leftJoin(other, and(eq(other.id, tenants.id), eq(other.slug, "with")))
        .orderBy(tenants.slug);
    };
    for (const slug of ["with", "without"]) {
      await fixture.stored.sql`insert into tenants (id, name, slug) values (gen_random_uuid(), ${slug}, ${slug})`;
    }
    const { executor } = fixture.database;
    const rows = await query<object, object>((db) => selected(db))(executor, {});
    expect(rows).toEqual(await selected(executor));
    expect(rows).toContainEqual(expect.objectContaining({ slug: "without", other: null }));
    expect(rows).toContainEqual(
      expect.objectContaining({ slug: "with", other: expect.objectContaining({ created_at: expect.any(Date) }) }),
    );
  });
});

describe("a snapshot", () => {
  it("sees one state from its first statement on, and writes nothing", async () => {
    await fixture.database.snapshot(async (tx) => {
      const [before] = await tx.execute(sql`select count(*) from tenants`);
      await fixture.stored.sql`insert into tenants (id, name, slug) values (gen_random_uuid(), 'three', 'three')`;
      expect(await tx.execute(sql`select count(*) from tenants`)).toEqual([before]);
    });
    const writing = fixture.database.snapshot((tx) => tx.delete(tenants).execute());
    await expect(writing).rejects.toMatchObject({ cause: { code: "25006" } });
  });
});

describe("rows as one value", () => {
  it("are read as the query reads them by itself: times, large numbers, optional tables, and in their order", async () => {
    const other = alias(tenants, "other");
    const pairs = (db: Executor, slug: Column | SQL) =>
      db
        .select({
          tenant: tenants,
          other: { id: other.id, created_at: other.created_at },
          big: sql<number>`9007199254740991`.mapWith(Number),
        })
        .from(tenants)
        .leftJoin(other, and(eq(other.slug, tenants.name), gt(other.slug, "a")))
        .where(sql`${tenants.slug} like 'rows-%' and ${tenants.slug} >= ${slug}`)
        .orderBy(desc(tenants.slug));
    for (const [slug, name] of [
      ["rows-a", "rows-b"],
      ["rows-b", "nobody"],
    ] as const) {
      await fixture.stored.sql`
        insert into tenants (id, name, slug, created_at) values (gen_random_uuid(), ${name}, ${slug}, now())`;
    }
    const plain = query<object, { tenant: unknown }>((db) => pairs(db, sql`'rows-a'`));
    const nested = query<object, { many: unknown[]; one: unknown; none: unknown; nothing: unknown[] }>((db) =>
      db
        .select({
          many: rowsOf(pairs(db, sql`given.slug`)),
          one: rowOf(pairs(db, sql`given.slug`).limit(1)),
          none: rowOf(pairs(db, sql`'rows-zzz'`).limit(1)),
          nothing: rowsOf(pairs(db, sql`'rows-zzz'`)),
        })
        .from(sql`(select 'rows-a' as slug) given`),
    );
    const joined = query<{ from: string }, { row: unknown }>((db, value) => {
      const listed = tableOf(pairs(db, sql`${value("from")}`), "listed");
      return db.select({ row: listed.row }).from(sql`(select 1) one`).leftJoinLateral(listed.table, sql`true`);
    });
    const rows = await plain(fixture.database.executor, {});
    expect(rows).toMatchObject([
      { tenant: { slug: "rows-b", created_at: expect.any(Date) }, other: null, big: 9_007_199_254_740_991 },
      { tenant: { slug: "rows-a" }, other: { created_at: expect.any(Date) } },
    ]);
    expect(await nested(fixture.database.executor, {})).toEqual([
      { many: rows, one: rows[0], none: null, nothing: [] },
    ]);
    expect(await joined(fixture.database.executor, { from: "rows-a" })).toEqual(rows.map((row) => ({ row })));
    expect(await joined(fixture.database.executor, { from: "rows-zzz" })).toEqual([{ row: null }]);
  });
});
