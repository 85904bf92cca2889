import { randomUUID } from "node:crypto";
import { insertTenant, insertUser } from "@vero/db";
import { type Actor, createLogger } from "@vero/server";
import { beforeEach } from "vitest";
import { type Fixture, useDatabase as useStored } from "../../../packages/db/test/database.setup.js";

export const log = createLogger({ level: "silent", name: "test" });

export interface DatabaseFixture extends Fixture {
  /** Somebody new, in a workspace of their own, for each test. */
  actor: Actor;
}

/** A real database for the tests of a file. */
export function useDatabase(): DatabaseFixture {
  const fixture = useStored(4) as DatabaseFixture;
  beforeEach(async () => {
    const [tenant_id, user_id] = [randomUUID(), randomUUID()];
    await insertTenant(fixture.database.executor, { id: tenant_id, name: "Workspace", slug: tenant_id });
    await insertUser(fixture.database.executor, { tenant_id, id: user_id, display_name: "Ada", role: "member" });
    fixture.actor = { tenant_id, user_id } as Actor;
  });
  return fixture;
}
