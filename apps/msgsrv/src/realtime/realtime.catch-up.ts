import type { ConversationKey } from "@vero/db";
import type { Logger } from "@vero/server";
import type { ConversationEvent } from "./realtime.conversation-event.js";
import type { Cursor } from "./realtime.cursor.js";
import { toConversationEventOf } from "./realtime.render.js";
import type { Sources } from "./realtime.sources.js";
import type { Subscriber } from "./realtime.subscriber.js";

/** A feed, or one of its subscribers, for which the changes that it is missing are read. */
export interface ChangeReader {
  readonly key: ConversationKey;
  readonly cursor: Cursor;
  /** The subscribers to whom the changes are delivered. */
  readonly audience: Iterable<Subscriber>;
  /** Whether changes are missing, given the newest one that the database had when it was last read. */
  isMissing(lastChangeSeq: number): boolean;
  /** Whether the reading goes on; it does not where the reader has ended meanwhile. */
  isCatchingUp(): boolean;
  deliver(event: ConversationEvent): void;
  onCaughtUp(): void;
  /** The read failed, or found nothing newer although something is missing: reading again at once would not help. */
  onFailed(): void;
}

export interface CatchUpDeps {
  sources: Pick<Sources, "changesAfter">;
  log: Pick<Logger, "warn">;
}

/** Changes of messages that are read at once. */
const readAtOnce = 200;

/** Reads the next changes and delivers them; answers the newest number that the database had. */
async function deliverNext(reader: ChangeReader, { sources }: CatchUpDeps): Promise<number> {
  const { key, cursor, audience } = reader;
  const viewers = [...audience].map(({ recipient }) => recipient.user_id);
  const read = await sources.changesAfter(key, { changeSeq: cursor.changeSeq, limit: readAtOnce, viewers });
  // A user who was away in between, or sees less by now, must not be shown that time through the earlier window. The
  // comparison of memberships finds that they do not follow the conversation, and delivers it to them anew.
  const stays = new Map(read.stays.map((stay) => [stay.user_id, stay]));
  for (const subscriber of audience) subscriber.checkStay(stays.get(subscriber.recipient.user_id));
  for (const change of read.changes) {
    if (change.change_seq <= cursor.changeSeq) continue;
    reader.deliver(toConversationEventOf(key.conversation_id, change, cursor));
  }
  // A change whose row has been changed again has left its number: nothing of it remains to be delivered.
  cursor.stepTo(read.up_to);
  return read.last_change_seq;
}

/**
 * Reads what a reader is missing and delivers it, portion by portion. The reader becomes live in the tick in which
 * nothing is missing, so that no event falls between the two.
 */
export async function catchUp(reader: ChangeReader, deps: CatchUpDeps): Promise<void> {
  const { cursor } = reader;
  cursor.beginReading();
  try {
    for (let last = 0; reader.isMissing(last); ) {
      const before = cursor.changeSeq;
      const portion = deliverNext(reader, deps);
      for (const { recipient } of reader.audience) recipient.waitFor(portion);
      last = await portion;
      if (!reader.isCatchingUp()) return;
      if (cursor.changeSeq === before) break;
    }
    cursor.endReading();
    if (reader.isMissing(0)) reader.onFailed();
    else reader.onCaughtUp();
  } catch (err) {
    deps.log.warn({ err }, "changes could not be read; the next comparison tries again");
    reader.onFailed();
  }
}
