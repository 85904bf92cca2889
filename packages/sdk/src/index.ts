export {
  type ClientErrorCode,
  isErrorOf,
  isVeroError,
  type OperationError,
  type ServerErrorCode,
  type TypedError,
  VeroError,
  type VeroErrorCode,
  type VeroErrorInit,
} from "./errors.js";
export type * from "./generated/client.js";
export type { EventMap, EventType } from "./generated/events.js";
export type { AnyEvent, ReadyFrame as Ready } from "./generated/frames.js";
export type { Fetch } from "./http.js";
export { type MessageWalk, type Page, paginate } from "./paginate.js";
export type { Progress, Uploadable } from "./put.js";
export type {
  ConnectionEvents,
  RealtimeEvents,
  RealtimeOperation,
  ResyncReason,
} from "./realtime/events.js";
export type { ObservableConnection } from "./realtime/machine.js";
export type { Realtime } from "./realtime/realtime.js";
export type { ConnectionState, ConnectionStatus } from "./realtime/state.js";
export type { RealtimeTiming } from "./realtime/timing.js";
export type { WebSocketConstructor, WebSocketLike } from "./realtime/websocket.js";
export { isTransient, type RetryPolicy } from "./retry.js";
export type { SessionControl } from "./session.js";
export {
  memoryTokens,
  type StoredTokens,
  type TokenStore,
  type Tokens,
  type WebStorage,
  webStorageTokens,
} from "./tokens.js";
export type { MediaUploads, UploadOptions } from "./upload.js";
export { createVero, type Vero, type VeroOptions } from "./vero.js";
