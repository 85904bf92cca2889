import { AppError } from "@vero/contracts";
import {
  bumpReadSeqs,
  bumpStateSeqs,
  type ConversationView,
  type Database,
  type Executor,
  getMembership,
  listApart,
  listConversationViewsById,
  listUnreadViews,
  type MembershipKey,
  type MembershipTx,
  moveReadPosition,
  removeArchived,
  removeMuted,
  setArchived,
  setMuted,
} from "@vero/db";
import { type Actor, invalid, type Limits } from "@vero/server";
import type { ConversationLog } from "../conversation-log/conversation-log.js";
import { ownStateUpdated } from "../conversation-log/own-state.js";
import type { PublishEvents } from "../events/events.publisher.js";
import { ownReadPosition, toOwnState } from "./conversations.view.js";

/** How long others show that somebody is typing unless they hear of it again. */
const typingMs = 6_000;

export interface StatesDeps {
  database: Database;
  log: ConversationLog;
  /** For what is never stored, and has no unit of work. */
  publish: PublishEvents;
  limits: Pick<Limits, "consume">;
}

export type StatesService = ReturnType<typeof createStates>;

/** What belongs to one participant rather than to the conversation: how far they have read, mute, archive, typing. */
export function createStates({ database, log, publish, limits }: StatesDeps) {
  async function viewOf(db: Executor, actor: Actor, id: string): Promise<ConversationView> {
    const [view] = await listConversationViewsById(db, actor.tenant_id, actor.user_id, [id]);
    if (view === undefined) throw new AppError("conversation_not_found");
    return view;
  }

  const keyOf = ({ tenant_id, user_id }: Actor, conversation_id: string): MembershipKey => ({
    tenant_id,
    conversation_id,
    user_id,
  });

  /** Makes a change to the actor's own row, and tells their other sessions if there was one. */
  function change(
    actor: Actor,
    id: string,
    update: (tx: MembershipTx, key: MembershipKey) => Promise<boolean>,
  ): Promise<void> {
    const key = keyOf(actor, id);
    return log.changeOwn(key, async ({ tx, at, emitAll, number }) => {
      if (!(await update(tx, key))) {
        await viewOf(tx, actor, id);
        return;
      }
      number(async (counters) => {
        await bumpStateSeqs(counters, key, [key.user_id], { isListed: false });
        emitAll([ownStateUpdated(await viewOf(counters, actor, id), at)]);
      });
    });
  }

  /** Who is not to learn what the actor does at the moment. */
  const listApartFrom = async (db: Executor, { tenant_id, user_id }: Actor): Promise<string[]> =>
    (await listApart(db, tenant_id, [user_id])).map(({ other_id }) => other_id);

  return {
    markRead(actor: Actor, { id, seq }: { id: string; seq: number }) {
      const key = keyOf(actor, id);
      const { user_id } = actor;
      return log.changeOwn(key, async ({ tx, at, emit, emitAll, number }) => {
        const membership = await getMembership(tx, key);
        if (membership === undefined) throw new AppError("conversation_not_found");
        const { last_seq } = membership.conversation;
        if (seq > last_seq) throw new AppError("seq_out_of_range", { detail: `The last seq is ${last_seq}.` });
        const hasMoved = await moveReadPosition(tx, key, seq);
        // After the row has been locked: a block that began before is known by then.
        const withheld_from = hasMoved ? await listApartFrom(tx, actor) : [];
        const view = await viewOf(tx, actor, id);
        const { last_read_seq, unread_count } = toOwnState(view);
        if (hasMoved) {
          // Last of all: others who read here wait for it.
          number(async (counters) => {
            const { state_seq, receipt_seq } = await bumpReadSeqs(counters, key);
            emitAll([ownStateUpdated({ ...view, participant: { ...view.participant, state_seq } }, at)]);
            const data = { user_id, last_read_seq };
            emit({ type: "conversation.read", receipt_seq, data, redactions: { withheld_from } });
          });
        }
        return { last_read_seq, unread_count };
      });
    },

    async mute(actor: Actor, { id, until }: { id: string; until?: string | undefined }): Promise<void> {
      const end = until === undefined ? null : new Date(until);
      if (end !== null && end.getTime() <= Date.now()) {
        throw invalid([{ path: "until", code: "not_in_future", message: "must be in the future" }]);
      }
      await change(actor, id, (tx, key) => setMuted(tx, key, end));
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
      if ((await getMembership(database.executor, keyOf(actor, id))) === undefined) {
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
