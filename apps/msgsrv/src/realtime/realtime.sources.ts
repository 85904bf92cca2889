import type { Conversation } from "@vero/contracts";
import {
  type Database,
  type Executor,
  getChangeSeqs,
  getUser,
  listApart,
  listDepartures,
  listEndedSessions,
  listFrozenReads,
  listLastChangeSeqs,
  listLastProfileSeqs,
  listLastStateSeqs,
  listMembershipDigests,
  listMessagesChangedAfter,
  listOwnChangesAfter,
  listParticipantsChangedAfter,
  listPlaces,
  listProfileSeqsAfter,
  listReceiptsAfter,
  listSubscriptions,
  listUsersSharing,
  type ParticipantView,
  type StoredFile,
} from "@vero/db";
import { type Logger, type ParticipantRedactions, type SharedMessage, toUser } from "@vero/server";
import type { ConversationsService } from "../conversations/conversations.list.js";
import type { Links } from "../views/file-urls.js";
import { toSharedMessage } from "../views/messages.view.js";
import { toParticipant } from "../views/participants.view.js";
import { toPresence } from "../views/users.view.js";
import type { FeedSources } from "./realtime.feeds.js";
import type { HubSources } from "./realtime.hub.js";
import type { Change } from "./realtime.render.js";

const viewersAtOnce = 20;
/** Receipts read at once, one for each participant. */
const maxReceipts = 501;

/** A change of a message whose files have no URLs yet. */
interface StoredChange {
  change_seq: number;
  at: string;
  shared: SharedMessage<StoredFile>;
}

/** Makes one change for each number; participants who were added together share one. */
function changesOf(rows: readonly ParticipantView[], redactions: ParticipantRedactions, after: number): Change[] {
  const changes = new Map<number, Change>();
  for (const row of rows) {
    const { change_seq, joined_change_seq, joined_at, left_at, left_reason, user_id } = row.participant;
    const same = changes.get(change_seq);
    const participant = toParticipant(row);
    if (left_at !== null) {
      const reason = left_reason ?? "left";
      changes.set(change_seq, { kind: "participant_removed", change_seq, at: left_at.toISOString(), user_id, reason });
    } else if (same?.kind === "participants_added") {
      same.participants.push(participant);
    } else if (joined_change_seq > after) {
      const at = joined_at.toISOString();
      changes.set(change_seq, { kind: "participants_added", change_seq, at, participants: [participant], redactions });
    } else {
      const at = new Date().toISOString();
      changes.set(change_seq, { kind: "participant_updated", change_seq, at, participants: [participant], redactions });
    }
  }
  return [...changes.values()];
}

/** Makes the reads of the hub and its feeds. */
export function createSources(deps: {
  database: Database;
  conversations: Pick<ConversationsService, "find" | "findFor">;
  links: Pick<Links, "shared">;
  log: Pick<Logger, "warn">;
}): HubSources & FeedSources {
  const { database, conversations, links, log } = deps;
  const db = database.executor;

  /**
   * Reads a conversation as each of the viewers is shown it, few at a time: their unread messages are counted, and no
   * statement may take too long. Viewers for whom the read fails are left out.
   */
  async function asSeenBy(tenantId: string, id: string, viewers: readonly string[]) {
    const found = new Map<string, Conversation>();
    for (let start = 0; start < viewers.length; start += viewersAtOnce) {
      try {
        const some = await conversations.findFor(tenantId, id, viewers.slice(start, start + viewersAtOnce));
        for (const [userId, conversation] of some) found.set(userId, conversation);
      } catch (err) {
        log.warn({ err }, "a conversation could not be read for all who are in it; they are asked to synchronise");
        break;
      }
    }
    return found;
  }

  async function read(tx: Executor, tenantId: string, id: string, after: number, limit: number) {
    const { last_change_seq, info_change_seq } = (await getChangeSeqs(tx, tenantId, id)) ?? {
      last_change_seq: after,
      info_change_seq: after,
    };
    const views = await listMessagesChangedAfter(tx, tenantId, id, after, limit);
    const messages = views.map((view) => {
      const { change_seq, created_at, edited_at, deleted_at } = view.message;
      const at = (deleted_at ?? edited_at ?? created_at).toISOString();
      return { change_seq, at, shared: toSharedMessage(view) };
    });
    const up_to = messages.length < limit ? last_change_seq : (messages.at(-1)?.change_seq ?? after);
    const rows = await listParticipantsChangedAfter(tx, tenantId, id, after);
    const changedIds = rows.map(({ user }) => user.id);
    const frozen_reads =
      rows.length === 0 ? [] : await listFrozenReads(tx, { tenant_id: tenantId, conversation_id: id }, changedIds);
    const others = changesOf(rows, { frozen_reads }, after);
    return { last_change_seq, info_change_seq, up_to, messages, others };
  }

  const withLinks = async ({ shared, ...rest }: StoredChange): Promise<Change> => ({
    kind: "message",
    ...rest,
    shared: await links.shared(shared),
  });

  return {
    subscriptions: (tenantId, userId, conversationId) => listSubscriptions(db, tenantId, userId, conversationId),
    departures: (tenantId, userId, ids) => listDepartures(db, tenantId, userId, ids),
    conversation: (tenant_id, user_id, id) => conversations.find({ tenant_id, user_id }, id),
    membershipDigests: (users) => listMembershipDigests(db, users),
    lastStateSeqs: (users) => listLastStateSeqs(db, users),
    ownChangesAfter: (tenantId, userId, stateSeq) => listOwnChangesAfter(db, tenantId, userId, stateSeq),
    async user(tenantId, userId) {
      const row = await getUser(db, tenantId, userId);
      return row && toUser(row);
    },
    async apart(tenantId, userId) {
      return (await listApart(db, tenantId, [userId])).map(({ other_id }) => other_id);
    },
    async presence(tenantId, userId) {
      const row = await getUser(db, tenantId, userId);
      return row && toPresence(row);
    },
    async sharing(tenantId, userId, candidates, across) {
      return (await listUsersSharing(db, tenantId, userId, candidates, across)).map((row) => row.user_id);
    },
    lastProfileSeqs: (tenantIds) => listLastProfileSeqs(db, tenantIds),
    profilesAfter: (tenantId, profileSeq, limit) => listProfileSeqsAfter(db, tenantId, profileSeq, limit),
    receiptsAfter: (tenant_id, conversation_id, receipt_seq) =>
      database.snapshot(async (tx) => {
        const [last] = await listLastChangeSeqs(tx, tenant_id, [conversation_id]);
        const rows = await listReceiptsAfter(tx, tenant_id, [{ conversation_id, receipt_seq }], [], maxReceipts);
        const readers = rows.map(({ user_id }) => user_id);
        const apart = readers.length === 0 ? [] : await listApart(tx, tenant_id, readers);
        const at = new Date().toISOString();
        return {
          last_receipt_seq: last?.last_receipt_seq ?? receipt_seq,
          receipts: rows.map(({ user_id, last_read_seq, receipt_seq }) => ({
            type: "conversation.read",
            tenant_id,
            conversation_id,
            receipt_seq,
            at,
            data: { user_id, last_read_seq },
            redactions: {
              withheld_from: apart.filter((pair) => pair.user_id === user_id).map(({ other_id }) => other_id),
            },
          })),
        };
      }),
    endedSessions: (sessionIds) => listEndedSessions(db, sessionIds),
    lastChangeSeqs: (tenantId, ids) => listLastChangeSeqs(db, tenantId, ids),
    async changesAfter(tenantId, id, after, limit, viewers) {
      const found = await database.snapshot(async (tx) => ({
        ...(await read(tx, tenantId, id, after, limit)),
        places: await listPlaces(tx, tenantId, id, viewers),
      }));
      const { last_change_seq, info_change_seq: change_seq, up_to, places } = found;
      const changes = [...(await Promise.all(found.messages.map(withLinks))), ...found.others];
      if (change_seq > after && change_seq <= up_to) {
        const as_seen_by = await asSeenBy(tenantId, id, viewers);
        changes.push({ kind: "conversation", change_seq, at: new Date().toISOString(), as_seen_by });
      }
      const due = changes.filter((change) => change.change_seq <= up_to);
      return { last_change_seq, up_to, places, changes: due.sort((a, b) => a.change_seq - b.change_seq) };
    },
  };
}
