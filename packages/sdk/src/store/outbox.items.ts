import type { MessagesSendInput } from "../generated/client.js";
import { uuid } from "../uuid.js";
import type { Draft, OutboxFile, OutboxItem } from "./types.js";

const fileOf = (blob: Blob): OutboxFile => ({
  name: "name" in blob && typeof blob.name === "string" ? blob.name : "file",
  content_type: blob.type,
  size: blob.size,
  blob,
  media_id: undefined,
});

/** Makes the item of a draft. */
export function itemOf(draft: Draft): OutboxItem {
  const { reply_to: quoted } = draft;
  return {
    client_message_id: uuid(),
    conversation_id: draft.conversation_id,
    text: draft.text,
    files: (draft.files ?? []).map(fileOf),
    media_ids: draft.media_ids ?? [],
    reply_to: quoted && { message_id: quoted.id, seq: quoted.seq, sender_id: quoted.sender_id, text: quoted.text },
    mentions: draft.mentions ?? [],
    metadata: draft.metadata,
    created_at: new Date().toISOString(),
    status: "queued",
    progress: undefined,
    error: undefined,
  };
}

/** Answers the call that sends an item whose files are uploaded. */
export function inputOf({ client_message_id, conversation_id, text, ...item }: OutboxItem): MessagesSendInput {
  const media_ids = [...item.files.flatMap(({ media_id }) => media_id ?? []), ...item.media_ids];
  return {
    client_message_id,
    conversation_id,
    ...(text !== undefined && { text }),
    ...(media_ids.length > 0 && { media_ids }),
    ...(item.reply_to && { reply_to_message_id: item.reply_to.message_id }),
    ...(item.mentions.length > 0 && { mentions: [...item.mentions] }),
    ...(item.metadata && { metadata: item.metadata }),
  } as MessagesSendInput;
}
