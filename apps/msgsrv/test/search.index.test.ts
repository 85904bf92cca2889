import { randomUUID } from "node:crypto";
import { type Draft, insertConversation, insertMessages, insertParticipants, searchVectorOf } from "@vero/db";
import { openConversation } from "@vero/db/conversation-log";
import { describe, expect, it } from "vitest";
import { unindexedDraft } from "../../../test/harness/drafts.js";
import { waitFor } from "../../../test/harness/waiting.js";
import { startIndexing } from "../src/search/search.index.js";
import { log, useDatabase } from "./database.setup.js";

const fixture = useDatabase();

/** Messages of which nobody found the words. */
async function write(texts: readonly (string | null)[], more: Partial<Draft> = {}): Promise<void> {
  const { tenant_id, user_id } = fixture.actor;
  const conversation_id = randomUUID();
  await fixture.database.transaction(async (begun) => {
    const tx = openConversation(begun);
    const group = { type: "group" as const, direct_key: null, name: "Old", description: null, avatar_url: null };
    await insertConversation(tx, { ...group, tenant_id, id: conversation_id, metadata: {}, created_by: user_id });
    await insertParticipants(tx, { tenant_id, conversation_id }, { user_id, role: "owner" }, []);
    const source = { tenant_id, conversation_id, sender_id: user_id };
    await insertMessages(
      tx,
      texts.map((text) => unindexedDraft(source, text, more)),
    );
  });
}

const stored = async () =>
  fixture.stored.sql<{ text: string | null; search: string | null; same: boolean | null }[]>`
    select text, search::text as search from messages where tenant_id = ${fixture.actor.tenant_id} order by seq`;

const asVector = async (text: string): Promise<string> => {
  const [row] = await fixture.stored.sql`select ${searchVectorOf(text)}::tsvector::text as vector`;
  return row?.["vector"];
};

const loggerWith = (onWarning: (what: unknown) => void) => ({
  warn: onWarning as typeof log.warn,
  info: log.info.bind(log) as typeof log.info,
  debug: log.debug.bind(log) as typeof log.debug,
});

const texts = Array.from({ length: 25 }, (_, n) => `Message ${n}: don't \\ 'panic', 東京 👍`);

describe("indexing", () => {
  it("finds the words of all messages that have none, in batches, with several at it", async () => {
    await write([...texts, null]);
    const { database } = fixture;
    await Promise.all([1, 2, 3].map(() => startIndexing({ database, log, batch: 4 }).ended));
    const rows = await stored();
    for (const { text, search } of rows.slice(0, -1)) expect(search).toBe(await asVector(text ?? ""));
    expect(rows.at(-1)).toMatchObject({ text: null, search: null });
  });

  it("leaves alone what has words already, and what has no text", async () => {
    await write(["known"], { search: "'other':1" });
    await write([null], { type: "system", system: { kind: "conversation_renamed", user_ids: [], name: "New" } });
    await startIndexing({ database: fixture.database, log }).ended;
    const found = (await stored()).map(({ text, search }) => [text, search]).sort();
    expect(found).toEqual([
      [null, null],
      ["known", "'other':1"],
    ]);
  });

  it("goes on when the database is back", async () => {
    await write(["later"]);
    const { sql } = fixture.stored;
    const warnings: unknown[] = [];
    const warning = loggerWith((what) => warnings.push(what));
    await sql`alter table messages rename to away`;
    const { ended } = startIndexing({ database: fixture.database, log: warning, intervalMs: 20 });
    await waitFor(async () => warnings.length > 0);
    await sql`alter table away rename to messages`;
    await ended;
    expect((await stored())[0]?.search).toBe("'later':1");
  });

  it("ends when it is stopped, also while it waits", async () => {
    const { sql } = fixture.stored;
    const warnings: unknown[] = [];
    const warning = loggerWith((what) => warnings.push(what));
    await sql`alter table messages rename to away`;
    const indexing = startIndexing({ database: fixture.database, log: warning, intervalMs: 600_000 });
    await waitFor(async () => warnings.length > 0);
    await indexing.stop();
    await sql`alter table away rename to messages`;
  });
});
