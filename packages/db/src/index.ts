export * from "./auth/invites.sql.js";
export * from "./auth/keys.sql.js";
export * from "./auth/logins.sql.js";
export * from "./auth/networks.sql.js";
export * from "./auth/sessions.sql.js";
export * from "./auth/unused.sql.js";
export * from "./connection/database.js";
export * from "./connection/deadline.js";
export * from "./connection/failure.js";
export * from "./connection/migrate.js";
export type {
  ConversationKey,
  ConversationTx,
  CounterTx,
  MembershipKey,
  MembershipTx,
} from "./conversation-log/conversation-log.sql.js";
export * from "./conversations/changes.sql.js";
export * from "./conversations/conversations.sql.js";
export * from "./embedded/embedded.js";
export * from "./embedded/errors.js";
export type { EmbeddedLog } from "./embedded/ownership.js";
export {
  attachMedia,
  insertAttachments,
  keepMedia,
  lockMedia,
  type StoredFile,
} from "./media/attachments.sql.js";
export * from "./media/media.sql.js";
export * from "./media/removals.sql.js";
export { addStorageChangesOfOne, lockStorage } from "./media/storage.sql.js";
export * from "./messages/forwarding.sql.js";
export * from "./messages/messages.sql.js";
export * from "./messages/revisions.sql.js";
export * from "./messages/search.sql.js";
export * from "./messages/sending.sql.js";
export * from "./messages/sync.sql.js";
export * from "./participants/membership.sql.js";
export {
  getMembership,
  insertParticipants,
  listMemberships,
  listParticipantsAmong,
  listParticipantsChangedAfter,
  listParticipantViews,
  listParticipantViewsById,
  listPreviews,
  type Membership,
  type ParticipantRow,
  type ParticipantView,
  type PreviewRow,
} from "./participants/participants.sql.js";
export * from "./participants/receipts.sql.js";
export * from "./participants/states.sql.js";
export * from "./realtime/connections.sql.js";
export * from "./realtime/realtime.sql.js";
export * from "./tenants/tenants.sql.js";
export * from "./users/agents.sql.js";
export {
  type BlockKey,
  type BlockView,
  bumpBlockSeq,
  getBlockView,
  hasBlocked,
  insertBlock,
  listApart,
  listBlockers,
  listBlocksAfter,
  listBlockViews,
  lockPair,
  removeBlock,
} from "./users/blocks.sql.js";
export * from "./users/directory.sql.js";
export * from "./users/masks.sql.js";
export {
  bumpProfileSeq,
  getUser,
  getUserFor,
  insertUser,
  listActiveUserIds,
  listDisplayNames,
  listProfilesChangedAfter,
  lockOwnersAnd,
  lockUser,
  lockUsers,
  type UserRow,
  updateUser,
} from "./users/users.sql.js";
export * from "./words/names.js";
export * from "./words/words.js";
