import { bytesOf } from "@vero/server";
import type { StoredConversation } from "./conversations.view.js";
import type { StoredMessage } from "./messages.view.js";

/**
 * Room for the two URLs of a file, which are made after the answer has been measured: S3 signs with long names and
 * tokens.
 */
const urlBytes = 4_096;

/** Weighs a message of an answer, in bytes. */
export const messageBytes = (message: StoredMessage): number =>
  bytesOf(message) + message.attachments.length * urlBytes;

/** Weighs a conversation of an answer, in bytes. */
export const conversationBytes = (conversation: StoredConversation): number =>
  bytesOf(conversation) + (conversation.last_message?.attachments.length ?? 0) * urlBytes;
