import type { Conversation } from "@vero/sdk";
import { useTyping } from "@vero/sdk/react";
import { BellOff } from "lucide-react";
import { hashOf } from "../app/route.js";
import { useMe } from "../app/use-me.js";
import { useNameOf } from "../app/use-name-of.js";
import { conversationName } from "../people/names.js";
import { classNames } from "../ui/class-names.js";
import { shortTime } from "../ui/time.js";
import styles from "./ConversationItem.module.css";
import { ConversationPicture } from "./ConversationPicture.js";
import { summaryOf } from "./summary.js";

export function ConversationItem({ conversation, isOpen }: { conversation: Conversation; isOpen: boolean }) {
  const me = useMe();
  const nameOf = useNameOf();
  const { userIds } = useTyping(conversation.id);
  const { unread_count, is_muted } = conversation.me;
  const name = conversationName(conversation, me?.id);
  const [typing] = userIds;
  return (
    <a
      href={hashOf({ name: "conversation", id: conversation.id })}
      aria-current={isOpen ? "page" : undefined}
      className={classNames(styles.item, unread_count > 0 && !is_muted && styles.unread)}
    >
      <ConversationPicture conversation={conversation} myId={me?.id} />
      <span className={styles.lines}>
        <span className={styles.line}>
          <span className={styles.name} dir="auto">
            {name}
          </span>
          {is_muted && (
            <span className={styles.muted}>
              <BellOff aria-hidden="true" />
              <span className="hidden">muted</span>
            </span>
          )}
          <time className={styles.time}>
            {shortTime(conversation.last_message?.created_at ?? conversation.created_at)}
          </time>
        </span>
        <span className={styles.line}>
          <span className={classNames(styles.summary, typing !== undefined && styles.typing)} dir="auto">
            {typing === undefined
              ? summaryOf(conversation, { myId: me?.id, nameOf })
              : `${conversation.type === "group" ? `${nameOf(typing)} is ` : ""}typing…`}
          </span>
          {unread_count > 0 && (
            <span className={classNames(styles.badge, is_muted && styles.quiet)}>
              {unread_count > 99 ? "99+" : unread_count}
              <span className="hidden"> unread</span>
            </span>
          )}
        </span>
      </span>
    </a>
  );
}
