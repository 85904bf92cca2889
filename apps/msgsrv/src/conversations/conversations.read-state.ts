import { AppError, maxUnreadItems } from "@vero/contracts";
import {
  bumpReadSeqs,
  bumpStateSeqs,
  type ConversationView,
  type Database,
  type Executor,
  getMembership,
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
import { type Actor, invalid, noteAnswerBytes } from "@vero/server";
import { withheldFrom } from "../blocks/blocks.policy.js";
import type { ConversationLog } from "../conversation-log/conversation-log.js";
import { ownStateUpdated } from "../conversation-log/own-state.js";
import { ownReadPosition, toOwnState } from "../views/conversations.view.js";

/** Bytes of a conversation in the answer about unread ones. */
const unreadItemBytes = 200;

async function viewOf(db: Executor, actor: Actor, id: string): Promise<ConversationView> {
  const [view] = await listConversationViewsById(db, actor, [id]);
  if (view === undefined) throw new AppError("conversation_not_found");
  return view;
}

const keyOf = ({ tenant_id, user_id }: Actor, conversation_id: string): MembershipKey => ({
  tenant_id,
  conversation_id,
  user_id,
});

export interface ReadStatesDeps {
  database: Database;
  log: ConversationLog;
}

export type ReadStatesService = ReturnType<typeof createReadStates>;

/** Changes what belongs to one participant rather than to the conversation: how far they have read, mute, archive. */
export function createReadStates({ database, log }: ReadStatesDeps) {
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
        const withheld_from = hasMoved ? await withheldFrom(tx, "reading", key) : [];
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

    async listUnread(actor: Actor) {
      const views = await listUnreadViews(database.executor, actor, maxUnreadItems + 1);
      const items = views.slice(0, maxUnreadItems).map((view) => ({
        conversation_id: view.conversation_id,
        unread_count: view.unread_count,
        last_read_seq: ownReadPosition(view.participant),
        last_seq: view.last_seq,
        is_muted: view.is_muted,
        is_archived: view.participant.archived_at !== null,
      }));
      noteAnswerBytes(items.length * unreadItemBytes);
      const [{ total_unread } = { total_unread: 0 }] = views;
      return { items, total_unread, has_more: views.length > items.length };
    },
  };
}
