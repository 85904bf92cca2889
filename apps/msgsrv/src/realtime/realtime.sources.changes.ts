import type { Conversation } from "@vero/contracts";
import {
  type ConversationKey,
  type Database,
  type Executor,
  getChangeSeqs,
  listMessagesChangedAfter,
  listParticipantsChangedAfter,
  listStays,
  type ParticipantView,
  type StoredFile,
} from "@vero/db";
import type { Logger, ParticipantRedactions, SharedMessage } from "@vero/server";
import { redactReads } from "../blocks/blocks.policy.js";
import type { ConversationsService } from "../conversations/conversations.list.js";
import type { Links } from "../views/file-urls.js";
import { toSharedMessage } from "../views/messages.view.js";
import { toParticipant } from "../views/participants.view.js";
import type { Change, Sources } from "./realtime.sources.js";

/** Viewers for whom a conversation is read at once. */
const viewersAtOnce = 20;

/** A change of a message whose files have no URLs yet. */
interface StoredChange {
  change_seq: number;
  at: string;
  shared: SharedMessage<StoredFile>;
}

/** Makes one change for each number; participants who were added together share one. */
function toParticipantChanges(
  rows: readonly ParticipantView[],
  redactions: ParticipantRedactions,
  changeSeq: number,
): Change[] {
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
    } else if (joined_change_seq > changeSeq) {
      const at = joined_at.toISOString();
      changes.set(change_seq, { kind: "participants_added", change_seq, at, participants: [participant], redactions });
    } else {
      const at = new Date().toISOString();
      changes.set(change_seq, { kind: "participant_updated", change_seq, at, participants: [participant], redactions });
    }
  }
  return [...changes.values()];
}

/** Reads, in one snapshot, the changes of messages and participants after a number, and how far the log has come. */
async function readLog(tx: Executor, key: ConversationKey, { changeSeq, limit }: { changeSeq: number; limit: number }) {
  const { last_change_seq, info_change_seq } = (await getChangeSeqs(tx, key)) ?? {
    last_change_seq: changeSeq,
    info_change_seq: changeSeq,
  };
  const views = await listMessagesChangedAfter(tx, key, { change_seq: changeSeq, limit });
  const messages: StoredChange[] = views.map((view) => {
    const { change_seq, created_at, edited_at, deleted_at } = view.message;
    const at = (deleted_at ?? edited_at ?? created_at).toISOString();
    return { change_seq, at, shared: toSharedMessage(view) };
  });
  const up_to = messages.length < limit ? last_change_seq : (messages.at(-1)?.change_seq ?? changeSeq);
  const rows = await listParticipantsChangedAfter(tx, key, changeSeq);
  const changedIds = rows.map(({ user }) => user.id);
  const redactions = await redactReads(tx, key, { userIds: changedIds });
  const others = toParticipantChanges(rows, redactions, changeSeq);
  return { last_change_seq, info_change_seq, up_to, messages, others };
}

/** Makes the read of a conversation's changes. */
export function createChangeSource(deps: {
  database: Pick<Database, "snapshot">;
  conversations: Pick<ConversationsService, "findFor">;
  links: Pick<Links, "shared">;
  log: Pick<Logger, "warn">;
}): Pick<Sources, "changesAfter"> {
  const { database, conversations, links, log } = deps;

  /**
   * Reads a conversation as each of the viewers is shown it, few at a time: their unread messages are counted, and no
   * statement may take too long. Viewers for whom the read fails are left out.
   */
  async function asSeenBy(key: ConversationKey, viewers: readonly string[]) {
    const found = new Map<string, Conversation>();
    for (let start = 0; start < viewers.length; start += viewersAtOnce) {
      try {
        const portion = viewers.slice(start, start + viewersAtOnce);
        const some = await conversations.findFor(key, portion);
        for (const [userId, conversation] of some) found.set(userId, conversation);
      } catch (err) {
        log.warn({ err }, "a conversation could not be read for all who are in it; they are asked to synchronise");
        break;
      }
    }
    return found;
  }

  const withUrls = async ({ shared, ...rest }: StoredChange): Promise<Change> => ({
    kind: "message",
    ...rest,
    shared: await links.shared(shared),
  });

  return {
    async changesAfter(key, { changeSeq, limit, viewers }) {
      const found = await database.snapshot(async (tx) => ({
        ...(await readLog(tx, key, { changeSeq, limit })),
        stays: await listStays(tx, key, viewers),
      }));
      const { last_change_seq, info_change_seq: change_seq, up_to, stays } = found;
      const changes = [...(await Promise.all(found.messages.map(withUrls))), ...found.others];
      if (change_seq > changeSeq && change_seq <= up_to) {
        const as_seen_by = await asSeenBy(key, viewers);
        changes.push({ kind: "conversation", change_seq, at: new Date().toISOString(), as_seen_by });
      }
      const due = changes.filter((change) => change.change_seq <= up_to);
      return { last_change_seq, up_to, stays, changes: due.sort((a, b) => a.change_seq - b.change_seq) };
    },
  };
}
