import { AppError, type EventData } from "@vero/contracts";
import {
  bumpReadSeqs,
  type ConversationView,
  countStates,
  type Database,
  type Executor,
  getSeat,
  listApart,
  listConversationViewsById,
  listUnreadViews,
  moveReadPosition,
  removeArchived,
  removeMuted,
  setArchived,
  setMuted,
} from "@vero/db";
import { type Actor, invalid, type Limits } from "@vero/server";
import type { PendingEvent, PublishEvents } from "../events/events.publisher.js";
import { ownReadPosition, toOwnState } from "./conversations.view.js";

/** What is one's own in a conversation, and its number. */
interface Numbered {
  state: EventData<"conversation.state_updated">;
  state_seq: number;
}

/** How long others show that somebody is typing unless they hear of it again. */
const typingMs = 6_000;

export interface StatesDeps {
  database: Database;
  publish: PublishEvents;
  limits: Pick<Limits, "consume">;
}

export type StatesService = ReturnType<typeof createStates>;

/** What belongs to one participant rather than to the conversation: how far they have read, mute, archive, typing. */
export function createStates({ database, publish, limits }: StatesDeps) {
  async function viewOf(db: Executor, actor: Actor, id: string): Promise<ConversationView> {
    const [view] = await listConversationViewsById(db, actor.tenant_id, actor.user_id, [id]);
    if (view === undefined) throw new AppError("conversation_not_found");
    return view;
  }

  const stateUpdated = (
    { tenant_id, user_id }: Actor,
    conversation_id: string,
    at: string,
    { state, state_seq }: Numbered,
  ): PendingEvent => ({
    to: "user",
    user_id,
    event: { type: "conversation.state_updated", tenant_id, conversation_id, state_seq, at, data: state },
  });

  /** Makes a change to the actor's own row and tells the actor's other sessions, if there was one. */
  async function change(
    actor: Actor,
    id: string,
    work: (tx: Executor, seat: Parameters<typeof setArchived>[1]) => Promise<boolean>,
  ): Promise<void> {
    const { tenant_id, user_id } = actor;
    const { changed, ...result } = await database.transaction(async (tx) => {
      const changed = await work(tx, { tenant_id, user_id, conversation_id: id });
      if (changed) await countStates(tx, { tenant_id, conversation_id: id }, [user_id], false);
      const view = await viewOf(tx, actor, id);
      return { changed, state: toOwnState(view), state_seq: view.participant.state_seq };
    });
    if (changed) await publish([stateUpdated(actor, id, new Date().toISOString(), result)]);
  }

  /** Who is not to learn what the actor does at the moment. */
  const listApartFrom = async (db: Executor, { tenant_id, user_id }: Actor): Promise<string[]> =>
    (await listApart(db, tenant_id, [user_id])).map(({ other_id }) => other_id);

  return {
    async markRead(actor: Actor, { id, seq }: { id: string; seq: number }) {
      const { tenant_id, user_id } = actor;
      const key = { tenant_id, conversation_id: id, user_id };
      const { state, numbers, withheld_from } = await database.transaction(async (tx) => {
        const place = await getSeat(tx, tenant_id, id, user_id);
        if (place === undefined) throw new AppError("conversation_not_found");
        if (seq > place.conversation.last_seq) {
          throw new AppError("seq_out_of_range", { detail: `The last seq is ${place.conversation.last_seq}.` });
        }
        const hasMoved = await moveReadPosition(tx, key, seq);
        // After the row has been locked: a block that began before is known by then.
        const withheld_from = hasMoved ? await listApartFrom(tx, actor) : [];
        const state = toOwnState(await viewOf(tx, actor, id));
        // Last of all: others who read here wait for it.
        return { state, withheld_from, numbers: hasMoved ? await bumpReadSeqs(tx, key) : undefined };
      });
      const { last_read_seq, unread_count } = state;
      if (numbers !== undefined) {
        const at = new Date().toISOString();
        const { state_seq, receipt_seq } = numbers;
        await publish([
          stateUpdated(actor, id, at, { state, state_seq }),
          {
            to: "conversation",
            event: {
              type: "conversation.read",
              tenant_id,
              conversation_id: id,
              receipt_seq,
              at,
              data: { user_id, last_read_seq },
              redactions: { withheld_from },
            },
          },
        ]);
      }
      return { last_read_seq, unread_count };
    },

    async mute(actor: Actor, { id, until }: { id: string; until?: string | undefined }): Promise<void> {
      const end = until === undefined ? null : new Date(until);
      if (end !== null && end.getTime() <= Date.now()) {
        throw invalid([{ path: "until", code: "not_in_future", message: "must be in the future" }]);
      }
      await change(actor, id, (tx, seat) => setMuted(tx, seat, end));
    },

    async unmute(actor: Actor, { id }: { id: string }): Promise<void> {
      await change(actor, id, removeMuted);
    },

    async archive(actor: Actor, { id }: { id: string }): Promise<void> {
      await change(actor, id, setArchived);
    },

    async unarchive(actor: Actor, { id }: { id: string }): Promise<void> {
      await change(actor, id, removeArchived);
    },

    async setTyping(actor: Actor, { id, is_typing }: { id: string; is_typing: boolean }): Promise<void> {
      const { tenant_id, user_id } = actor;
      if ((await getSeat(database.executor, tenant_id, id, user_id)) === undefined) {
        throw new AppError("conversation_not_found");
      }
      try {
        await limits.consume("typing", `${user_id} ${id}`);
      } catch {
        return;
      }
      const now = Date.now();
      await publish([
        {
          to: "conversation",
          event: {
            type: "typing",
            tenant_id,
            conversation_id: id,
            at: new Date(now).toISOString(),
            data: { user_id, is_typing, expires_at: new Date(now + typingMs).toISOString() },
            redactions: { withheld_from: await listApartFrom(database.executor, actor) },
          },
        },
      ]);
    },

    async listUnread({ tenant_id, user_id }: Actor) {
      const views = await listUnreadViews(database.executor, tenant_id, user_id);
      const items = views.map(({ conversation, participant, unread_count, is_muted }) => ({
        conversation_id: conversation.id,
        unread_count,
        last_read_seq: ownReadPosition(participant),
        last_seq: conversation.last_seq,
        is_muted,
        is_archived: participant.archived_at !== null,
      }));
      return { items, total_unread: items.reduce((total, item) => total + item.unread_count, 0) };
    },
  };
}
