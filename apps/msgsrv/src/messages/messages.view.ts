import type { Message } from "@vero/contracts";
import type { MessageView } from "@vero/db";

/** How much of the message replied to is shown with the reply, in code points. */
const previewLength = 200;

const shortened = (text: string): string => {
  // One more than is shown: at most two UTF-16 units each.
  const points = [...text.slice(0, (previewLength + 1) * 2)];
  return points.length > previewLength ? `${points.slice(0, previewLength - 1).join("")}…` : text;
};

/** A message row as the API shows it. */
export const toMessage = ({ message, replied }: MessageView): Message => ({
  id: message.id,
  conversation_id: message.conversation_id,
  seq: message.seq,
  change_seq: message.change_seq,
  sender_id: message.sender_id,
  client_message_id: message.client_message_id,
  type: message.type,
  text: message.text,
  attachments: [],
  reply_to: replied && {
    message_id: replied.id,
    seq: replied.seq,
    sender_id: replied.sender_id,
    text: replied.text === null ? null : shortened(replied.text),
  },
  mentions: message.mentions,
  reactions: [],
  forwarded_from: null,
  system: null,
  metadata: message.metadata,
  created_at: message.created_at.toISOString(),
  edited_at: message.edited_at?.toISOString() ?? null,
  deleted_at: message.deleted_at?.toISOString() ?? null,
  from_blocked_user: false,
});
