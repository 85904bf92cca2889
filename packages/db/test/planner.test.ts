import { sql } from "drizzle-orm";
import { expect, it } from "vitest";
import { plannerSettings } from "../src/connection/database.js";
import { setSearchSettings, withoutNestedLoops } from "../src/search/messages.search.sql.js";
import { useDatabase } from "./database.setup.js";

const fixture = useDatabase(1);

it("plans look-ups by the settings of the pool, before and after a search on the same connection", async () => {
  const { database } = fixture;
  const settings = async (): Promise<Record<string, unknown>> => {
    const names = Object.keys(plannerSettings).map((name) => sql`current_setting(${name}) as ${sql.identifier(name)}`);
    const [row] = await database.executor.execute(sql`select ${sql.join(names, sql`, `)}`);
    return { ...row };
  };
  expect(await settings()).toEqual(plannerSettings);
  await database.transaction(async (tx) => {
    await setSearchSettings(tx, 1_000);
    await withoutNestedLoops(tx, () => tx.execute(sql`select 1`));
  });
  expect(await settings()).toEqual(plannerSettings);
});
