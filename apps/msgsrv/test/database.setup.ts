import { randomUUID } from "node:crypto";
import { type Database, insertTenant, insertUser, openDatabase } from "@vero/db";
import { type Actor, createLogger } from "@vero/server";
import { afterAll, beforeAll, beforeEach } from "vitest";
import { createDatabase, type TestDatabase } from "../../../test/harness/database.js";

export const log = createLogger({ level: "silent", name: "test" });

export interface Ground {
  stored: TestDatabase;
  database: Database;
  /** Somebody new, in a workspace of their own, for each test. */
  actor: Actor;
}

/** A real database for the tests of a file. */
export function useDatabase(): Ground {
  const ground = {} as Ground;
  beforeAll(async () => {
    ground.stored = await createDatabase();
    ground.database = openDatabase({ url: ground.stored.url, max: 4 });
  });
  beforeEach(async () => {
    const [tenant_id, user_id] = [randomUUID(), randomUUID()];
    await insertTenant(ground.database.executor, { id: tenant_id, name: "Workspace", slug: tenant_id });
    await insertUser(ground.database.executor, { tenant_id, id: user_id, display_name: "Ada", role: "member" });
    ground.actor = { tenant_id, user_id } as Actor;
  });
  afterAll(async () => {
    await ground.database?.close();
    await ground.stored?.drop();
  });
  return ground;
}
