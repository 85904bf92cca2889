import { randomUUID } from "node:crypto";
import {
  type Executor,
  getMembership,
  insertConversation,
  insertParticipants,
  lockPair,
  lockUsers,
  setArchived,
  setRole,
} from "@vero/db";
import { lockConversation, openCounters, openMemberships } from "@vero/db/conversation-log";
import { beforeEach, describe, expect, it } from "vitest";
import { untilLockAwaited } from "../../../test/harness/locks.js";
import { appendMessages, draftOf } from "../src/conversation-log/append-messages.js";
import { createConversationLog } from "../src/conversation-log/conversation-log.js";
import type { PendingEvent } from "../src/events/events.pending.js";
import { useDatabase } from "./database.setup.js";

const fixture = useDatabase();
const blank = { type: "group" as const, direct_key: null, name: "Group", description: null, avatar_url: null };
let key: { tenant_id: string; conversation_id: string; user_id: string };
let published: PendingEvent[];

const logOf = () =>
  createConversationLog({
    database: fixture.database,
    publish: async (pending) => {
      published.push(...pending);
    },
  });

const createGroup = ({ tenant_id, conversation_id, user_id }: typeof key) =>
  logOf().create({ tenant_id, conversation_id }, [user_id], async ({ tx, key: created }) => {
    await insertConversation(tx, { ...blank, tenant_id, id: conversation_id, metadata: {}, created_by: user_id });
    await insertParticipants(tx, created, { user_id, role: "owner" }, []);
  });

beforeEach(async () => {
  const { tenant_id, user_id } = fixture.actor;
  key = { tenant_id, user_id, conversation_id: randomUUID() };
  published = [];
  await createGroup(key);
});

const deleted = { conversation_id: "c", scope: "for_me" } as const;
const membershipOf = () => getMembership(fixture.database.executor, key);

describe("locks that are taken in the wrong order", () => {
  const inTransaction = (work: (tx: Executor) => Promise<unknown>) => fixture.database.transaction(work);

  it("a membership after a counter: the statement is not sent, and the transaction is rolled back", async () => {
    const wrong = inTransaction(async (begun) => {
      const tx = await lockConversation(begun, key);
      await setRole(tx, key, "admin", 1);
      openCounters(tx);
      await setArchived(tx, key);
    });
    await expect(wrong).rejects.toThrow("memberships are locked before counters");
    expect((await membershipOf())?.participant).toMatchObject({ role: "owner", archived_at: null });
  });

  it("a membership in a step that takes counters is refused by the unit of work", async () => {
    const wrong = logOf().change(fixture.actor, key.conversation_id, async ({ tx, number }) => {
      number(async () => {
        await setRole(tx, key, "admin", 1);
      });
    });
    await expect(wrong).rejects.toThrow("memberships are locked before counters");
    expect((await membershipOf())?.participant.role).toBe("owner");
  });

  it("a conversation after a membership, or after a counter", async () => {
    const afterMembership = inTransaction(async (tx) => {
      await setArchived(openMemberships(tx), key);
      await lockConversation(tx, key);
    });
    await expect(afterMembership).rejects.toThrow("conversations are locked before memberships");
    const afterCounter = inTransaction(async (tx) => {
      openCounters(tx);
      await lockConversation(tx, key);
    });
    await expect(afterCounter).rejects.toThrow("conversations are locked before counters");
    expect((await membershipOf())?.participant.archived_at).toBeNull();
  });

  it("users after a conversation, or a pair after users", async () => {
    const { tenant_id, user_id } = key;
    const afterConversation = logOf().change(fixture.actor, key.conversation_id, ({ tx }) =>
      // As a plain transaction: the type of this one refuses it already.
      lockUsers(tx as Executor, tenant_id, [user_id], "share"),
    );
    await expect(afterConversation).rejects.toThrow("users are locked before conversations");
    const afterUsers = inTransaction(async (tx) => {
      await lockUsers(tx, tenant_id, [user_id], "share");
      await lockPair(tx, { tenant_id, blocker_id: user_id, blocked_id: randomUUID() });
    });
    await expect(afterUsers).rejects.toThrow("pairs are locked before users");
  });

  it("any lock outside of a transaction, which would let go of it at once", async () => {
    await expect(lockConversation(fixture.database.executor, key)).rejects.toThrow("locks are held by transactions");
  });
});

describe("a unit of work", () => {
  const say = (text: string) => draftOf({ ...key, sender_id: key.user_id }, { text });

  it("publishes in order what it emitted, once it has been committed", async () => {
    const log = createConversationLog({
      database: fixture.database,
      publish: async (pending) => {
        // The change of a published event is committed.
        expect((await membershipOf())?.conversation.last_seq).toBe(2);
        published.push(...pending);
      },
    });
    await log.change(fixture.actor, key.conversation_id, async (change) => {
      change.number(async () => change.emitTo(key.user_id, { type: "conversation.deleted", data: deleted }));
      await appendMessages(change, [say("one"), say("two")]);
      change.emit({ type: "conversation.updated", change_seq: await change.next() });
      expect(published).toEqual([]);
    });
    expect(published.map(({ event }) => ["change_seq" in event && event.change_seq, event.type])).toEqual([
      [1, "message.created"],
      [2, "message.created"],
      [3, "conversation.updated"],
      [false, "conversation.deleted"],
    ]);
  });

  it("publishes nothing and takes no number where it fails, be it while numbering", async () => {
    const failed = logOf().change(fixture.actor, key.conversation_id, async (change) => {
      await appendMessages(change, [say("one")]);
      change.number(() => Promise.reject(new Error("no number")));
    });
    await expect(failed).rejects.toThrow("no number");
    expect(published).toEqual([]);
    expect((await membershipOf())?.conversation).toMatchObject({ last_seq: 0, last_change_seq: 0 });
  });

  it("sees, of who takes part, what was committed while it waited for the lock", async () => {
    const { tenant_id, conversation_id, user_id } = key;
    const { sql } = fixture.stored;
    const { changed } = await sql.begin(async (tx) => {
      await tx`select from conversations where id = ${conversation_id} for update`;
      const changed = logOf().changeFor(key, [user_id], async (_, memberships) => memberships);
      await untilLockAwaited(sql);
      await tx`
        update participants set role = 'admin'
        where tenant_id = ${tenant_id} and conversation_id = ${conversation_id} and user_id = ${user_id}`;
      // In an object, because a promise would be awaited before the commit.
      return { changed };
    });
    expect((await changed).map(({ participant }) => participant.role)).toEqual(["admin"]);
  });

  it("on several conversations leaves out those that are held elsewhere, or else waits for them", async () => {
    const { tenant_id, conversation_id, user_id } = key;
    const other = { tenant_id, conversation_id: randomUUID(), user_id };
    await createGroup(other);
    const lock = (waits: boolean) =>
      logOf().changeSeveral(
        { tenant_id, conversation_ids: [conversation_id, other.conversation_id], waits },
        async () => {},
        async (_, locked) => locked,
      );
    const { sql } = fixture.stored;
    const { all } = await sql.begin(async (tx) => {
      await tx`select from conversations where id = ${conversation_id} for update`;
      expect(await lock(false)).toEqual(new Set([other.conversation_id]));
      const all = lock(true);
      await untilLockAwaited(sql);
      return { all };
    });
    expect(await all).toEqual(new Set([conversation_id, other.conversation_id]));
  });

  it("answers who does not take part with the error that the operation names", async () => {
    const stranger = { ...fixture.actor, user_id: randomUUID() };
    const change = logOf().change(stranger, key.conversation_id, async () => {}, { absent: "message_not_found" });
    await expect(change).rejects.toMatchObject({ code: "message_not_found" });
  });
});
