import { afterAll, beforeAll } from "vitest";
import { createDatabase, type TestDatabase } from "../../../test/harness/database.js";
import { type Database, openDatabase } from "../src/connection/database.js";

export interface Fixture {
  stored: TestDatabase;
  /** A pool on it, as the services have one. */
  database: Database;
}

/** A real database for the tests of a file; filled before the first test. */
export function useDatabase(max: number): Fixture {
  const fixture = {} as Fixture;
  beforeAll(async () => {
    fixture.stored = await createDatabase();
    fixture.database = openDatabase({ url: fixture.stored.url, max });
  });
  afterAll(async () => {
    await fixture.database?.close();
    await fixture.stored?.drop();
  });
  return fixture;
}
