import type { Message } from "@vero/sdk";
import { useStore, useVero } from "@vero/sdk/react";
import { useEffect, useEffectEvent } from "react";
import { contentOf } from "../conversations/summary.js";
import { conversationName } from "../people/names.js";
import { isNotifying } from "./notifications.js";
import { go } from "./route.js";
import { useNameOf } from "./use-name-of.js";

/** Shows new messages of others outside of the page, while nobody looks at it. */
export function useNotifications(): void {
  const vero = useVero();
  const store = useStore();
  const nameOf = useNameOf();
  const onMessage = useEffectEvent((message: Message) => {
    const { conversation_id: id, sender_id } = message;
    const conversation = store.conversation(id);
    const myId = store.status.userId;
    if (!isNotifying() || document.hasFocus() || sender_id === myId || message.type === "system") return;
    if (conversation === undefined || conversation.me.is_muted || message.from_blocked_user) return;
    const body = conversation.type === "group" ? `${nameOf(sender_id)}: ${contentOf(message)}` : contentOf(message);
    const notification = new Notification(conversationName(conversation, myId), { body, tag: id });
    notification.onclick = () => {
      focus();
      go({ name: "conversation", id });
      notification.close();
    };
  });
  useEffect(() => vero.realtime.on("message.created", ({ data }) => onMessage(data.message)), [vero]);
}
