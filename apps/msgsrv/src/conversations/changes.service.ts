import { AppError, type ErrorCode } from "@vero/contracts";
import {
  type Database,
  type Executor,
  lockSeats,
  type NewMessage,
  type Seat,
  type StoredFile,
  takeChangeSeq,
  touchConversation,
} from "@vero/db";
import type { Actor, ConversationBusEvent, UserBusEvent } from "@vero/server";
import type { PendingEvent, PublishEvents } from "../events/events.publisher.js";
import { draftOf, writeMessages } from "../messages/writing.service.js";

/** An event without what is the same for all events of a change: the conversation and the time. */
type EventOf<E> = E extends unknown ? Omit<E, "tenant_id" | "conversation_id" | "at"> : never;

/** A conversation while it is being changed: its lock is held, and the actor takes part in it. */
export interface Changing {
  tx: Executor;
  actor: Actor;
  seat: Seat;
  place: { tenant_id: string; conversation_id: string };
  /** When it happens, RFC 3339. */
  at: string;
  /** The number of the next change. */
  next(): Promise<number>;
  /** Adds to what is published when this has been committed, and only then. */
  emitAll(pending: readonly PendingEvent[]): void;
  /** Adds an event for everybody in the conversation. */
  emit(event: EventOf<ConversationBusEvent<StoredFile>>): void;
  /** Adds an event for the actor's own sessions, or those of somebody else. */
  emitTo(userId: string, event: EventOf<UserBusEvent<StoredFile>>): void;
  /** The conversation itself, or who takes part in it, has changed. */
  touch(): Promise<number>;
  /** Has the system say what the actor did; answers the message's seq. */
  record(system: NonNullable<NewMessage["system"]>): Promise<number>;
}

export type Changes = ReturnType<typeof createChanges>;

/** The one way to change a conversation: lock, judge, write, number, commit, publish. */
export function createChanges({ database, publish }: { database: Database; publish: PublishEvents }) {
  return {
    async change<T>(
      actor: Actor,
      conversationId: string,
      work: (changing: Changing) => Promise<T>,
      absent: ErrorCode = "conversation_not_found",
    ): Promise<T> {
      const { tenant_id, user_id } = actor;
      const place = { tenant_id, conversation_id: conversationId };
      const at = new Date().toISOString();
      const pending: PendingEvent[] = [];
      const result = await database.transaction(async (tx) => {
        const [seat] = await lockSeats(tx, tenant_id, conversationId, [user_id]);
        if (seat === undefined) throw new AppError(absent);
        const emit: Changing["emit"] = (event) =>
          pending.push({ to: "conversation", event: { ...event, ...place, at } });
        return work({
          tx,
          actor,
          seat,
          place,
          at,
          emit,
          next: () => takeChangeSeq(tx, tenant_id, conversationId),
          emitAll: (more) => pending.push(...more),
          emitTo: (user_id, event) => pending.push({ to: "user", user_id, event: { ...event, ...place, at } }),
          async touch() {
            const change_seq = await touchConversation(tx, tenant_id, conversationId);
            emit({ type: "conversation.updated", change_seq });
            return change_seq;
          },
          async record(system) {
            const draft = draftOf({ ...place, sender_id: user_id }, { type: "system", system });
            const written = await writeMessages(tx, [draft]);
            pending.push(...written.pending);
            return written.views[0]?.message.seq as number;
          },
        });
      });
      await publish(pending);
      return result;
    },
  };
}
