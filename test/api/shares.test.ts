import { type Conversation, type ShareName, shareTable } from "@vero/contracts";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { Answer } from "../harness/client.js";
import { createDatabase, type TestDatabase } from "../harness/database.js";
import { createWorkspace, groupOf, invite, type Person, say } from "../harness/people.js";
import { type Stack, startStack } from "../harness/stack.js";
import { waitFor } from "../harness/waiting.js";
import { upTo } from "../harness/workspace.js";

/** As many as fill the queue of a workspace for searches, and one more. */
const crowdSize = shareTable.search.atOnce.tenant + shareTable.search.waiting.tenant + 1;
/** Any number that nobody else uses for an advisory lock in this database. */
const heldLock = 4242;

let database: TestDatabase;
let stack: Stack;
let crowd: Person[];
let other: Person;
let group: Conversation;
let ownGroup: Conversation;

/**
 * To the services `participants` is a view, in which the rows of a workspace on the list are to be had only while
 * nobody holds the advisory lock: so the calls of that workspace keep their slots for as long as the test wants.
 */
async function makeHoldable({ sql, url }: TestDatabase): Promise<string> {
  await sql`create schema held`;
  await sql`create table held.those (id uuid primary key)`;
  await sql.unsafe(`
    create function held.pass(uuid) returns boolean language plpgsql as $$
    begin
      if exists (select from held.those where id = $1) then perform pg_advisory_xact_lock_shared(${heldLock}); end if;
      return true;
    end $$`);
  await sql`create view held.participants as select * from public.participants where held.pass(tenant_id)`;
  const holdable = new URL(url);
  holdable.searchParams.set("search_path", "held,public");
  // A waiting call is ended by its deadline only.
  holdable.searchParams.set("lock_timeout", "0");
  return holdable.href;
}

beforeAll(async () => {
  database = await createDatabase();
  stack = await startStack({ DATABASE_URL: await makeHoldable(database) });
  const ada = await createWorkspace(stack, "Ada");
  crowd = [ada, ...(await Promise.all(upTo(crowdSize - 1).map((n) => invite(stack, ada, `Crowd ${n}`))))];
  group = await groupOf(ada, crowd.slice(1));
  await say(ada, group.id, "a word");
  other = await createWorkspace(stack, "Other");
  ownGroup = await groupOf(other, [await invite(stack, other, "Friend")]);
  await say(other, ownGroup.id, "a word");
  await database.sql`insert into held.those values (${ada.me.tenant.id})`;
});
afterAll(async () => {
  await stack?.close();
  await database?.drop();
});

type Ask = (by: Person, conversation: Conversation) => Promise<Answer<unknown>>;

const asks: Record<"list" | "search" | "sync" | "receipt", Ask> = {
  list: (by) => by.call("GET /v1/chat/conversations"),
  search: (by) => by.call("GET /v1/chat/messages/search?q=word"),
  sync: (by, { id }) =>
    by.call("POST /v1/chat/messages/sync", { body: { conversations: [{ conversation_id: id, last_seq: 0 }] } }),
  receipt: (by, { id }) => by.call(`POST /v1/chat/conversations/${id}/read`, { body: { seq: 1 } }),
};

const countHeld = async (): Promise<number> => {
  const [row] = await database.sql`
    select count(*)::int as n from pg_stat_activity where datname = current_database() and wait_event = 'advisory'`;
  return row?.["n"];
};

/**
 * Asks for the other workspace while the crowd waits; the status, or undefined where some of the crowd was answered
 * before, as far as it was let in.
 */
async function askBeside(share: Extract<ShareName, keyof typeof asks>): Promise<number | undefined> {
  const ask = asks[share];
  const { atOnce, waiting } = shareTable[share];
  const refusedCount = Math.max(0, crowdSize - atOnce.tenant - waiting.tenant);
  const holder = await database.sql.reserve();
  await holder`select pg_advisory_lock(${heldLock})`;
  const answers: number[] = [];
  const asked = crowd.map(async (by) => answers.push((await ask(by, group)).status));
  try {
    await waitFor(async () => (await countHeld()) >= atOnce.tenant, `the crowd to have its slots for ${share}`);
    await waitFor(() => answers.length >= refusedCount, `a ${share} too many to be refused`);
    const { status } = await ask(other, ownGroup);
    const answeredBefore = answers.length;
    // A call that was given up at its deadline has left its slot: then this shows nothing, and has to be tried again.
    return answeredBefore === refusedCount ? status : undefined;
  } finally {
    await holder`select pg_advisory_unlock(${heldLock})`;
    holder.release();
    await Promise.all(asked);
  }
}

it.each(Object.keys(asks) as (keyof typeof asks)[])(
  "%s: a second workspace is answered while the first one's slots are taken and its queue is full of calls that wait",
  async (share) => {
    expect(await waitFor(() => askBeside(share), `${share} to be asked for beside a crowd`)).toBe(200);
  },
);
