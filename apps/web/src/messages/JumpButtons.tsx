import { useConversation } from "@vero/sdk/react";
import { ArrowDown, ArrowUp } from "lucide-react";
import styles from "./JumpButtons.module.css";
import type { JumpTarget } from "./use-jump.js";

interface JumpButtonsProps {
  id: string;
  isAtEnd: boolean;
  /** Whether the first unread message is among those that are held. */
  isUnreadHeld: boolean;
  onJump: (to: JumpTarget) => void;
}

/** Leads to what is new, where it begins further up, and to the newest message, where that is not in sight. */
export function JumpButtons({ id, isAtEnd, isUnreadHeld, onJump }: JumpButtonsProps) {
  const unreadCount = useConversation(id)?.me.unread_count ?? 0;
  return (
    <>
      {unreadCount > 0 && !isUnreadHeld && (
        <button type="button" className={styles.unread} onClick={() => onJump("first_unread")}>
          <ArrowUp aria-hidden="true" /> {unreadCount} new
        </button>
      )}
      {!isAtEnd && (
        <button
          type="button"
          className={styles.down}
          aria-label="To the newest message"
          onClick={() => onJump("latest")}
        >
          <ArrowDown aria-hidden="true" />
          {unreadCount > 0 && <span className={styles.count}>{unreadCount}</span>}
        </button>
      )}
    </>
  );
}
