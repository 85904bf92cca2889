import type { Conversation, Message } from "@vero/contracts";
import type { ConversationView, PreviewRow } from "@vero/db";
import { toUser } from "@vero/server";

type Capabilities = Conversation["me"]["capabilities"];

/** What a role allows in a conversation: the role matrix as clients see it. */
function capabilitiesOf({ conversation, participant }: ConversationView): Capabilities {
  if (conversation.type === "direct") return ["send", "delete_for_everyone"];
  const everyone: Capabilities = ["send", "leave"];
  const admins: Capabilities = [...everyone, "update", "add_participants", "remove_participants", "delete_any_message"];
  if (participant.role === "member") return everyone;
  return participant.role === "admin" ? admins : [...admins, "update_participants", "delete_for_everyone"];
}

/** A conversation as one user sees it. */
export function toConversation(
  view: ConversationView,
  previews: readonly PreviewRow[],
  lastMessage: Message | undefined,
): Conversation {
  const { conversation, participant, unread_count, is_muted } = view;
  return {
    id: conversation.id,
    type: conversation.type,
    name: conversation.name,
    description: conversation.description,
    avatar_url: conversation.avatar_url,
    metadata: conversation.metadata,
    created_by: conversation.created_by,
    created_at: conversation.created_at.toISOString(),
    updated_at: conversation.updated_at.toISOString(),
    last_seq: conversation.last_seq,
    last_change_seq: conversation.last_change_seq,
    last_message: lastMessage ?? null,
    participant_count: previews[0]?.participant_count ?? 0,
    participants_preview: previews.map(({ user }) => toUser(user)),
    me: {
      role: participant.role,
      joined_at: participant.joined_at.toISOString(),
      last_read_seq: participant.last_read_seq,
      unread_count,
      is_muted,
      muted_until: is_muted ? (participant.muted_until?.toISOString() ?? null) : null,
      archived_at: participant.archived_at?.toISOString() ?? null,
      capabilities: capabilitiesOf(view),
    },
  };
}
