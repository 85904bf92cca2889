import { and, desc, eq, gt, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { describe, expect, it } from "vitest";
import type { Executor } from "../src/connection/database.js";
import { query, statement } from "../src/connection/statement.js";
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
