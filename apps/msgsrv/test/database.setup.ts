import { randomUUID } from "node:crypto";
import { type Database, insertTenant, insertUser, openDatabase } from "@vero/db";
import { type Actor, createLogger } from "@vero/server";
import { afterAll, beforeAll, beforeEach } from "vitest";
import { createDatabase, type TestDatabase } from "../../../test/harness/database.js";

export const log = createLogger({ level: "silent", name: "test" });

export interface DatabaseFixture {
  stored: TestDatabase;
  database: Database;
  /** Somebody new, in a workspace of their own, for each test. */
  actor: Actor;
}

/** A real database for the tests of a file. */
export function useDatabase(): DatabaseFixture {
  const fixture = {} as DatabaseFixture;
  beforeAll(async () => {
    fixture.stored = await createDatabase();
    fixture.database = openDatabase({ url: fixture.stored.url, max: 4 });
  });
  beforeEach(async () => {
    const [tenant_id, user_id] = [randomUUID(), randomUUID()];
    await insertTenant(fixture.database.executor, { id: tenant_id, name: "Workspace", slug: tenant_id });
    await insertUser(fixture.database.executor, { tenant_id, id: user_id, display_name: "Ada", role: "member" });
    fixture.actor = { tenant_id, user_id } as Actor;
  });
  afterAll(async () => {
    await fixture.database?.close();
    await fixture.stored?.drop();
  });
  return fixture;
}
