export { useStore, useVero, VeroProvider, type VeroProviderProps } from "./context.js";
export { type Messages, type SendMessage, type Typing, useMessages, useSendMessage, useTyping } from "./messages.js";
export { type Search, type SearchOptions, useSearch } from "./search.js";
export {
  useConnection,
  useConversation,
  useConversations,
  useParticipants,
  usePresence,
  useStoreStatus,
  useUnread,
} from "./selectors.js";
export { type UploadControl, useUpload } from "./upload.js";
