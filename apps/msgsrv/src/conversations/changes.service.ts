import { AppError, type ErrorCode } from "@vero/contracts";
import {
  type Database,
  type Executor,
  lockSeats,
  type NewMessage,
  type Seat,
  takeChangeSeq,
  touchConversation,
} from "@vero/db";
import { type Actor, type Announcement, channelOf } from "@vero/server";
import type { Announce } from "../messages/announcing.service.js";
import { draftBy, type Told, writeMessages } from "../messages/writing.service.js";

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
  /** What to tell when this has been committed, and only then. */
  tell(...told: Told[]): void;
  /** An event of the conversation, with its number; without data each node reads what each of its users is to see. */
  announce(type: string, change_seq: number | undefined, data?: object): void;
  /** An event for the actor's own sessions, or those of somebody else. */
  announceTo(
    userId: string,
    type: string,
    data: object,
    numbers?: Pick<Announcement, "change_seq" | "state_seq">,
  ): void;
  /** The conversation itself, or who takes part in it, has changed. */
  touch(): Promise<number>;
  /** Has the system say what the actor did; answers the message's seq. */
  record(system: NonNullable<NewMessage["system"]>): Promise<number>;
}

export type Changes = ReturnType<typeof createChanges>;

/** The one way to change a conversation: lock, judge, write, number, commit, tell. */
export function createChanges({ database, announce: publish }: { database: Database; announce: Announce }) {
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
      const told: Told[] = [];
      const result = await database.transaction(async (tx) => {
        const [seat] = await lockSeats(tx, tenant_id, conversationId, [user_id]);
        if (seat === undefined) throw new AppError(absent);
        const announce: Changing["announce"] = (type, change_seq, data) =>
          told.push([
            channelOf.conversation(conversationId),
            { type, ...place, at, ...(change_seq === undefined ? {} : { change_seq }), ...(data && { data }) },
          ]);
        return work({
          tx,
          actor,
          seat,
          place,
          at,
          announce,
          next: () => takeChangeSeq(tx, tenant_id, conversationId),
          tell: (...more) => told.push(...more),
          announceTo: (userId, type, data, numbers = {}) =>
            told.push([channelOf.user(userId), { type, ...place, at, ...numbers, data }]),
          async touch() {
            const change_seq = await touchConversation(tx, tenant_id, conversationId);
            announce("conversation.updated", change_seq);
            return change_seq;
          },
          async record(system) {
            const message = { ...draftBy({ ...place, sender_id: user_id }), type: "system" as const, system };
            const written = await writeMessages(tx, [{ message, replied: null, files: [] }]);
            told.push(...written.told);
            return written.views[0]?.message.seq as number;
          },
        });
      });
      await publish(told);
      return result;
    },
  };
}
