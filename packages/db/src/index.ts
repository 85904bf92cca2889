export * from "./auth/accounts.sql.js";
export * from "./auth/invites.sql.js";
export * from "./auth/keys.sql.js";
export * from "./auth/logins.sql.js";
export * from "./auth/networks.sql.js";
export * from "./auth/sessions.sql.js";
export * from "./auth/unused.sql.js";
export { listBlockedPairs, listBlockers } from "./blocks/blocks.pairs.sql.js";
export {
  type FrozenRead,
  insertMarksOfBlock,
  listFrozenReads,
  listReadsWithheldFrom,
} from "./blocks/blocks.redactions.sql.js";
export * from "./connection/database.js";
export * from "./connection/deadline.js";
export * from "./connection/failure.js";
export * from "./connection/migrate.js";
export * from "./connection/statistics.js";
export type {
  ConversationKey,
  ConversationTx,
  CounterTx,
  MembershipKey,
  MembershipTx,
} from "./conversation-log/conversation-log.sql.js";
export * from "./conversations/conversations.list.sql.js";
export * from "./conversations/conversations.read-state.sql.js";
export * from "./conversations/conversations.update.sql.js";
export * from "./embedded/embedded.js";
export * from "./embedded/errors.js";
export type { EmbeddedLog } from "./embedded/ownership.js";
export {
  attachMedia,
  insertAttachments,
  keepMedia,
  lockMedia,
  type StoredFile,
} from "./media/media.attach.sql.js";
export * from "./media/media.cleanup.sql.js";
export * from "./media/media.sql.js";
export { addStorageChangesOfOne, lockStorage } from "./media/media.storage.sql.js";
export * from "./messages/messages.change.sql.js";
export * from "./messages/messages.forward.sql.js";
export * from "./messages/messages.list.sql.js";
export * from "./messages/messages.send.sql.js";
export * from "./messages/messages.senders.sql.js";
export type { MessageRow, MessageView, ReactionKind, Replied } from "./messages/messages.sql.js";
export * from "./participants/participants.change.sql.js";
export {
  getMembership,
  insertParticipants,
  listMemberships,
  listParticipantsChangedAfter,
  listParticipantViews,
  listParticipantViewsById,
  listPreviews,
  type Membership,
  type ParticipantRow,
  type ParticipantView,
  type PreviewRow,
} from "./participants/participants.list.sql.js";
export * from "./participants/participants.receipts.sql.js";
export * from "./presence/presence.sql.js";
export * from "./realtime/realtime.sql.js";
export * from "./realtime/realtime.users.sql.js";
export * from "./search/messages.search.sql.js";
export * from "./sync/messages.sync.sql.js";
export * from "./tenants/tenants.sql.js";
export * from "./tokenizer/person-names.js";
export * from "./tokenizer/tokenizer.js";
export {
  type BlockKey,
  type BlockView,
  bumpBlockSeq,
  getBlockView,
  hasBlocked,
  insertBlock,
  listBlocksAfter,
  listBlockViews,
  lockPair,
  removeBlock,
} from "./users/users.block.sql.js";
export * from "./users/users.list-agents.sql.js";
export * from "./users/users.search.sql.js";
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
export type { UserKey } from "./users/users.table.js";
