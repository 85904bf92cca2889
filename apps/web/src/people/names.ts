import type { Conversation, User } from "@vero/sdk";

/** The other person of a direct conversation. */
export const otherOf = (conversation: Conversation, myId: string | undefined): User | undefined =>
  conversation.participants_preview.find(({ id }) => id !== myId) ?? conversation.participants_preview[0];

/** Names a conversation: by its name, else by the people in it. */
export function conversationName(conversation: Conversation, myId: string | undefined): string {
  if (conversation.name !== null) return conversation.name;
  const others = conversation.participants_preview.filter(({ id }) => id !== myId);
  return others.map(({ display_name }) => display_name).join(", ") || "Only you";
}
