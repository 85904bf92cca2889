import type { Conversation, EventData } from "@vero/contracts";
import type { ConversationView, PreviewRow } from "@vero/db";
import { toUser, withoutPresence } from "@vero/server";
import type { StoredMessage } from "./messages.view.js";

type Capabilities = Conversation["me"]["capabilities"];

/** Whether a participant may delete a group for everyone: its owner may, and owners and admins of the workspace. */
export const mayDeleteForEveryone = (
  role: ConversationView["participant"]["role"],
  tenantRole: ConversationView["tenant_role"],
): boolean => role === "owner" || tenantRole === "owner" || tenantRole === "admin";

/** Lists what a participant may do in a conversation: the role matrix as clients see it. */
function capabilitiesOf({ conversation, participant, tenant_role, blocks_other }: ConversationView): Capabilities {
  if (conversation.type === "direct") return blocks_other ? ["delete_for_everyone"] : ["send", "delete_for_everyone"];
  const everyone: Capabilities = ["send", "leave"];
  const admins: Capabilities = ["update", "add_participants", "remove_participants", "delete_any_message"];
  const { role } = participant;
  return [
    ...everyone,
    ...(role === "member" ? [] : admins),
    ...(role === "owner" ? (["update_participants"] as const) : []),
    ...(mayDeleteForEveryone(role, tenant_role) ? (["delete_for_everyone"] as const) : []),
  ];
}

/**
 * Answers a read position as its user sees it: all that lies before their window counts as read. Others are shown the
 * position without that.
 */
export const ownReadPosition = ({
  last_read_seq,
  visible_from_seq,
}: Pick<ConversationView["participant"], "last_read_seq" | "visible_from_seq">): number =>
  Math.max(last_read_seq, visible_from_seq);

function ownOf(view: ConversationView): Omit<EventData<"conversation.state_updated">, "last_change_seq"> {
  const { participant, unread_count, is_muted } = view;
  return {
    last_read_seq: ownReadPosition(participant),
    unread_count,
    is_muted,
    muted_until: is_muted ? (participant.muted_until?.toISOString() ?? null) : null,
    archived_at: participant.archived_at?.toISOString() ?? null,
    capabilities: capabilitiesOf(view),
  };
}

/** Makes the user state of a conversation. */
export const toOwnState = (view: ConversationView): EventData<"conversation.state_updated"> => ({
  last_change_seq: view.conversation.last_change_seq,
  ...ownOf(view),
});

/** A conversation as one user sees it; the files of its last message have no URLs yet. */
export type StoredConversation = Omit<Conversation, "last_message"> & { last_message: StoredMessage | null };

/** Makes a conversation as one user sees it. */
export function toConversation(
  view: ConversationView,
  previews: readonly PreviewRow[],
  lastMessage: StoredMessage | undefined,
): StoredConversation {
  const { conversation, participant, blocked_pair_ids } = view;
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
    last_receipt_seq: view.last_receipt_seq,
    last_message: lastMessage ?? null,
    participant_count: previews[0]?.participant_count ?? 0,
    participants_preview: [
      ...previews.filter(({ user }) => user.id !== participant.user_id),
      ...previews.filter(({ user }) => user.id === participant.user_id),
    ]
      .slice(0, 5)
      .map(({ user }) => (blocked_pair_ids.includes(user.id) ? withoutPresence(toUser(user)) : toUser(user))),
    me: { role: participant.role, joined_at: participant.joined_at.toISOString(), ...ownOf(view) },
  };
}
