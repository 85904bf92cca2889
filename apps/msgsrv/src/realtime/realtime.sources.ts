import {
  type Database,
  getUser,
  listEndedSessions,
  listLastChangeSeqs,
  listMembershipDigests,
  listMessagesChangedAfter,
  listSubscriptions,
  listUsersSharing,
} from "@vero/db";
import { toUser } from "@vero/server";
import type { ConversationsService } from "../conversations/conversations.service.js";
import { toMessage } from "../messages/messages.view.js";
import type { ChannelSources } from "./realtime.channels.js";
import type { HubSources } from "./realtime.hub.js";

/** Where the hub and its channels read what the bus only hints at. */
export function createSources(deps: {
  database: Database;
  conversations: Pick<ConversationsService, "find">;
}): HubSources & ChannelSources {
  const { database, conversations } = deps;
  const db = database.executor;
  return {
    subscriptions: (tenantId, userId, conversationId) => listSubscriptions(db, tenantId, userId, conversationId),
    conversation: (tenant_id, user_id, id) => conversations.find({ tenant_id, user_id }, id),
    membershipDigests: (users) => listMembershipDigests(db, users),
    async user(tenantId, userId) {
      const row = await getUser(db, tenantId, userId);
      return row && toUser(row);
    },
    async sharing(tenantId, userId, candidates) {
      return (await listUsersSharing(db, tenantId, userId, candidates)).map((row) => row.user_id);
    },
    endedSessions: (sessionIds) => listEndedSessions(db, sessionIds),
    lastChangeSeqs: (tenantId, ids) => listLastChangeSeqs(db, tenantId, ids),
    changesAfter: (tenantId, conversationId, changeSeq, limit) =>
      database.snapshot(async (tx) => {
        const [conversation] = await listLastChangeSeqs(tx, tenantId, [conversationId]);
        const views = await listMessagesChangedAfter(tx, tenantId, conversationId, changeSeq, limit);
        return { last_change_seq: conversation?.last_change_seq ?? changeSeq, messages: views.map(toMessage) };
      }),
  };
}
