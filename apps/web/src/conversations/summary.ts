import type { Conversation, Message } from "@vero/sdk";
import { systemSentence } from "../messages/system-sentence.js";

type NameOf = (userId: string) => string;

/** Says what a message without text carries. */
export function contentOf(message: Message): string {
  if (message.deleted_at !== null) return "Message deleted";
  if (message.text !== null) return message.text;
  const [first, ...others] = message.attachments;
  if (first === undefined) return "Message";
  const kind = first.content_type.startsWith("image/") ? "Photo" : first.file_name;
  return others.length === 0 ? kind : `${kind} and ${others.length} more`;
}

/** The last message of a conversation in one line, with who said it where that is not plain. */
export function summaryOf(conversation: Conversation, { myId, nameOf }: { myId: string | undefined; nameOf: NameOf }) {
  const message = conversation.last_message;
  if (message === null) return "";
  if (message.type === "system") return systemSentence(message, nameOf);
  const text = contentOf(message);
  if (message.sender_id === myId) return `You: ${text}`;
  return conversation.type === "group" ? `${nameOf(message.sender_id)}: ${text}` : text;
}
