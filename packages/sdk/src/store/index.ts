export type { Presence } from "./state.js";
export { idbStorage } from "./storage.idb.js";
export { memoryStorage, type StoreStorage } from "./storage.js";
export { createStore, type Store, type StoreOptions } from "./store.js";
export type {
  ConversationList,
  Draft,
  MessageKey,
  MessageList,
  OutboxFile,
  OutboxItem,
  ParticipantList,
  StoreLimits,
  StoreStatus,
  UnreadTotals,
} from "./types.js";
