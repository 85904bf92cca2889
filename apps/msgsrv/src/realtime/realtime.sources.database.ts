import {
  type Database,
  getUser,
  listDepartures,
  listEndedSessions,
  listLastChangeSeqs,
  listLastProfileSeqs,
  listLastStateSeqs,
  listMembershipDigests,
  listOwnChangesAfter,
  listProfileSeqsAfter,
  listSubscriptions,
  listUsersSharing,
} from "@vero/db";
import { type Logger, toUser } from "@vero/server";
import { withheldFrom } from "../blocks/blocks.policy.js";
import type { ConversationsService } from "../conversations/conversations.list.js";
import type { Links } from "../views/file-urls.js";
import { toPresence } from "../views/users.view.js";
import { createChangeSource } from "./realtime.sources.changes.js";
import type { Sources } from "./realtime.sources.js";
import { createReceiptSource } from "./realtime.sources.receipts.js";

/** Makes the reads of realtime over the database. */
export function createSources(deps: {
  database: Database;
  conversations: Pick<ConversationsService, "find" | "findFor">;
  links: Pick<Links, "shared">;
  log: Pick<Logger, "warn">;
}): Sources {
  const { database, conversations } = deps;
  const db = database.executor;
  return {
    ...createChangeSource(deps),
    ...createReceiptSource(deps),
    lastChangeSeqs: (tenantId, ids) => listLastChangeSeqs(db, tenantId, ids),
    subscriptions: (user, id) => listSubscriptions(db, user, id),
    departures: (user, ids) => listDepartures(db, user, ids),
    conversation: (user, id) => conversations.find(user, id),
    membershipDigests: (users) => listMembershipDigests(db, users),
    lastStateSeqs: (users) => listLastStateSeqs(db, users),
    ownChangesAfter: (user, stateSeq) => listOwnChangesAfter(db, user, stateSeq),
    endedSessions: (sessionIds) => listEndedSessions(db, sessionIds),
    async user(key) {
      const row = await getUser(db, key);
      return row && toUser(row);
    },
    async presence(key) {
      const row = await getUser(db, key);
      return row && toPresence(row);
    },
    presenceWithheldFrom: (user) => withheldFrom(db, "presence", user),
    async sharing(user, among) {
      const rows = await listUsersSharing(db, user, among);
      return rows.map((row) => row.user_id);
    },
    lastProfileSeqs: (tenantIds) => listLastProfileSeqs(db, tenantIds),
    profilesAfter: (tenantId, page) => listProfileSeqsAfter(db, tenantId, page),
  };
}
