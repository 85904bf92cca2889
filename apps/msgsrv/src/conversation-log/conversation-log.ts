import { AppError, type ErrorCode } from "@vero/contracts";
import {
  type BlockKey,
  type ConversationKey,
  type ConversationTx,
  type CounterTx,
  type Database,
  type Executor,
  listMemberships,
  lockPair,
  lockUsers,
  type Membership,
  type MembershipKey,
  type MembershipTx,
  type StoredFile,
  takeChangeSeq,
} from "@vero/db";
import {
  lockConversation,
  lockConversations,
  lockConversationsBetween,
  openConversation,
  openCounters,
  openMemberships,
} from "@vero/db/conversation-log";
import type { Actor, ConversationBusEvent, UserBusEvent } from "@vero/server";
import type { PendingEvent } from "../events/events.pending.js";
import type { PublishEvents } from "../events/events.publisher.js";

/** An event without what is the same for all events of a change: the conversation and the time. */
type EventOf<E> = E extends unknown ? Omit<E, "tenant_id" | "conversation_id" | "at"> : never;

/** Takes counters, when the work is done, and emits what carries their numbers. */
type NumberStep = (tx: CounterTx) => Promise<void>;

/** The steps that every unit of work can take besides writing. */
export interface Work {
  /** When it happens, RFC 3339. */
  at: string;
  /** Publishes the events when this has been committed, and only then. */
  emitAll(pending: readonly PendingEvent[]): void;
  /** Adds a step that is done after the work, in the order in which they were added. */
  number(step: NumberStep): void;
}

/** Work on one conversation. */
export interface ConversationWork<Tx = ConversationTx> extends Work {
  tx: Tx;
  key: ConversationKey;
  /** Publishes an event for everybody in the conversation. */
  emit(event: EventOf<ConversationBusEvent<StoredFile>>): void;
  /** Publishes an event for the sockets of one user. */
  emitTo(userId: string, event: EventOf<UserBusEvent<StoredFile>>): void;
}

/** A change that one participant makes. */
export interface Change extends ConversationWork {
  actor: Actor;
  membership: Membership;
  /** Takes the number of the next change. */
  next(): Promise<number>;
}

export type ConversationLog = ReturnType<typeof createConversationLog>;

/**
 * The one way to change what belongs to a conversation: lock, memberships, work, number, commit, publish. The
 * database's functions that write demand transactions that only this hands out.
 */
export function createConversationLog({ database, publish }: { database: Database; publish: PublishEvents }) {
  async function run<T>(work: (tx: Executor, work: Work) => Promise<T>): Promise<T> {
    const pending: PendingEvent[] = [];
    const steps: NumberStep[] = [];
    const at = new Date().toISOString();
    const emitAll: Work["emitAll"] = (more) => pending.push(...more);
    const result = await database.transaction(async (tx) => {
      const done = await work(tx, { at, emitAll, number: (step) => steps.push(step) });
      for (const step of steps) await step(openCounters(tx));
      return done;
    });
    await publish(pending);
    return result;
  }

  function on<Tx>(tx: Tx, { tenant_id, conversation_id }: ConversationKey, work: Work): ConversationWork<Tx> {
    // Named one by one: what else a key holds must not come into events.
    const key = { tenant_id, conversation_id };
    return {
      ...work,
      tx,
      key,
      emit: (event) => work.emitAll([{ to: "conversation", event: { ...event, ...key, at: work.at } }]),
      emitTo: (user_id, event) => work.emitAll([{ to: "user", user_id, event: { ...event, ...key, at: work.at } }]),
    };
  }

  /**
   * Changes a conversation for several users at once; those who do not take part have no membership. `joining` are
   * users whom it may bring to the conversation: a block of theirs begins or ends before it, or after it and finds them
   * there.
   */
  const changeFor = <T>(
    key: ConversationKey,
    userIds: readonly string[],
    work: (on: ConversationWork, memberships: Membership[]) => Promise<T>,
    joining: readonly string[] = [],
  ): Promise<T> =>
    run(async (unlocked, more) => {
      if (joining.length > 0) await lockUsers(unlocked, key.tenant_id, joining, "share");
      // The second is sent with the first, and begins when the lock is held. It is a statement of its own, because one
      // that waited for the lock would see the other tables as they were before it waited.
      const locking = lockConversation(unlocked, key);
      const [tx, memberships] = await Promise.all([locking, listMemberships(unlocked, key, userIds)]);
      return work(on(tx, key, more), memberships);
    });

  return {
    changeFor,

    /** Changes a conversation for one participant; `absent` is the error where they do not take part. */
    change: <T>(
      actor: Actor,
      conversation_id: string,
      work: (change: Change) => Promise<T>,
      { absent = "conversation_not_found", joining }: { absent?: ErrorCode; joining?: readonly string[] } = {},
    ): Promise<T> => {
      const key = { tenant_id: actor.tenant_id, conversation_id };
      const changed = async (on: ConversationWork, [membership]: Membership[]): Promise<T> => {
        if (membership === undefined) throw new AppError(absent);
        return work({ ...on, actor, membership, next: () => takeChangeSeq(on.tx, key) });
      };
      return changeFor(key, [actor.user_id], changed, joining);
    },

    /**
     * Changes conversations of one workspace together. Unless it `waits` for their locks, `locked` are those that no
     * other transaction held, and the others must be left as they are. `read` begins when the locks are held.
     */
    changeSeveral: <F, T>(
      conversations: { tenant_id: string; conversation_ids: readonly string[]; waits: boolean },
      read: (db: Executor) => Promise<F>,
      work: (on: Work & { tx: ConversationTx }, locked: ReadonlySet<string>, facts: F) => Promise<T>,
    ): Promise<T> =>
      run(async (unlocked, more) => {
        const [locked, facts] = await Promise.all([lockConversations(unlocked, conversations), read(unlocked)]);
        return work({ ...more, tx: openConversation(unlocked) }, locked, facts);
      }),

    /** Creates a conversation, whose row nobody else can have locked; `joining` are all who take part in it. */
    create: <T>(
      key: ConversationKey,
      joining: readonly string[],
      work: (on: ConversationWork) => Promise<T>,
    ): Promise<T> =>
      run(async (tx, more) => {
        await lockUsers(tx, key.tenant_id, joining, "share");
        return work(on(openConversation(tx), key, more));
      }),

    /**
     * Changes what is one user's own in a conversation, on their row alone: whoever reads never waits for whoever
     * writes, nor the other way round.
     */
    changeOwn: <T>(key: MembershipKey, work: (on: ConversationWork<MembershipTx>) => Promise<T>): Promise<T> => {
      const { tenant_id, conversation_id } = key;
      return run((tx, more) => work(on(openMemberships(tx), { tenant_id, conversation_id }, more)));
    },

    /**
     * Changes a block between two users, and with it what they see of each other where both take part. `isDue` looks
     * under the users' locks whether anything changes; where nothing does, no conversation is locked.
     */
    changeBetween: (
      key: BlockKey,
      isDue: (tx: Executor) => Promise<boolean>,
      work: (on: Work & { tx: ConversationTx }) => Promise<void>,
    ): Promise<void> =>
      run(async (tx, more) => {
        await lockPair(tx, key);
        await lockUsers(tx, key.tenant_id, [key.blocker_id, key.blocked_id], "no key update");
        if (await isDue(tx)) await work({ ...more, tx: await lockConversationsBetween(tx, key) });
      }),
  };
}
