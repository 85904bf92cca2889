import type { Conversation } from "@vero/sdk";
import { Avatar, type AvatarSize, Picture } from "../people/Avatar.js";
import { conversationName, otherOf } from "../people/names.js";

interface ConversationPictureProps {
  conversation: Conversation;
  myId: string | undefined;
  size?: AvatarSize;
}

export function ConversationPicture({ conversation, myId, size = "medium" }: ConversationPictureProps) {
  const other = conversation.type === "direct" ? otherOf(conversation, myId) : undefined;
  if (other !== undefined) return <Avatar user={other} size={size} withPresence />;
  const { id, avatar_url } = conversation;
  return <Picture id={id} name={conversationName(conversation, myId)} url={avatar_url} size={size} />;
}
