import { useConversations } from "@vero/sdk/react";
import { useRoute } from "../app/route.js";
import { ConversationItem } from "./ConversationItem.js";
import styles from "./ConversationList.module.css";

interface ConversationListProps {
  filter: "active" | "archived";
  onNew: () => void;
}

export function ConversationList({ filter, onNew }: ConversationListProps) {
  const { items, isLoading } = useConversations(filter);
  const route = useRoute();
  if (items.length === 0) {
    if (isLoading) return <Skeleton />;
    return (
      <div className={styles.empty}>
        {filter === "archived" ? (
          <p>Nothing is archived.</p>
        ) : (
          <>
            <p>No conversations yet.</p>
            <button type="button" className={styles.link} onClick={onNew}>
              Write to somebody
            </button>
          </>
        )}
      </div>
    );
  }
  return (
    <ul className={styles.list} aria-label={filter === "archived" ? "Archived conversations" : "Conversations"}>
      {items.map((conversation) => (
        <li key={conversation.id}>
          <ConversationItem
            conversation={conversation}
            isOpen={route.name === "conversation" && route.id === conversation.id}
          />
        </li>
      ))}
    </ul>
  );
}

const places = ["a", "b", "c", "d", "e", "f"];

/** Stands where conversations will be, while they are loaded. */
const Skeleton = () => (
  <div className={styles.list} aria-busy="true">
    {places.map((place) => (
      <div key={place} className={styles.bone} />
    ))}
  </div>
);
