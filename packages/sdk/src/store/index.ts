export type { Presence } from "./state.js";
export { memoryStorage, type StoreStorage } from "./storage.js";
export type { Store, StoreActions, StoreReads } from "./store.interface.js";
export { createStore, type StoreOptions } from "./store.js";
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
