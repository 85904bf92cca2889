import { authContract } from "./auth/auth.contract.js";
import { conversationsContract } from "./conversations/conversations.contract.js";
import type { RouterOf } from "./kernel/router.js";
import { mediaContract } from "./media/media.contract.js";
import { messagesContract } from "./messages/messages.contract.js";
import { messagingContract } from "./messaging/messaging.contract.js";
import { participantsContract } from "./participants/participants.contract.js";
import { usersContract } from "./users/users.contract.js";

/** `/auth/*` and the realtime token: answered by the gateway. */
export const gatewayContract = { auth: authContract, messaging: messagingContract };

/** `/v1/chat/*` and the socket: answered by the messaging service. */
export const msgsrvContract = {
  conversations: conversationsContract,
  participants: participantsContract,
  messages: messagesContract,
  users: usersContract,
  media: mediaContract,
};

export const contract = { ...gatewayContract, ...msgsrvContract };

/** The type of the router behind `/trpc`, for `createTRPCClient<AppRouter>`. */
export type AppRouter = RouterOf<typeof contract>;

export { type Conversation, type ConversationRole, maxUnreadItems } from "./conversations/conversations.schema.js";
export * from "./kernel/bind.js";
export * from "./kernel/errors.js";
export * from "./kernel/issues.js";
export * from "./kernel/problem.js";
export * from "./kernel/procedure.js";
export * from "./kernel/rates.js";
export type { TrpcErrorShape } from "./kernel/router.js";
export * from "./kernel/shares.js";
export * from "./kernel/sizes.js";
export { normalizePassword } from "./kernel/text.js";
export { type Media, type MediaType, mediaTypes } from "./media/media.schema.js";
export type { Message } from "./messages/messages.schema.js";
export type { Participant } from "./participants/participants.schema.js";
export * from "./realtime/realtime.events.js";
export * from "./realtime/realtime.schema.js";
export type { Availability, Block, Me, TenantRole, User } from "./users/users.schema.js";
