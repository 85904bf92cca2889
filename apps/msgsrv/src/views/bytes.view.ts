import { bytesOf } from "@vero/server";
import type { StoredConversation } from "./conversations.view.js";
import type { StoredMessage } from "./messages.view.js";

/** The two URLs of a file, which are made after the answer has been measured: S3 signs with long names and tokens. */
const urlBytes = 4_096;

/** What a message adds to an answer. */
export const messageBytes = (message: StoredMessage): number =>
  bytesOf(message) + message.attachments.length * urlBytes;

/** What a conversation adds to an answer. */
export const conversationBytes = (conversation: StoredConversation): number =>
  bytesOf(conversation) + (conversation.last_message?.attachments.length ?? 0) * urlBytes;
