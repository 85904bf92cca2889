import { useConversations, useSearch } from "@vero/sdk/react";
import { useMemo } from "react";
import { useRoute } from "../app/route.js";
import { useMe } from "../app/use-me.js";
import type { Search } from "../app/workspace-context.js";
import { ConversationItem } from "../conversations/ConversationItem.js";
import { conversationName } from "../people/names.js";
import { Button } from "../ui/Button.js";
import { describeError } from "../ui/describe-error.js";
import { SearchHitItem } from "./SearchHitItem.js";
import styles from "./SearchResults.module.css";

const maxConversations = 5;

/** What a search has found: conversations by their names, and messages by their words. */
export function SearchResults({ search: { q, conversationId } }: { search: Search }) {
  const me = useMe();
  const route = useRoute();
  const { items: conversations } = useConversations("all");
  const { items, isLoading, error, hasMore, loadMore } = useSearch(
    q,
    conversationId === undefined ? undefined : { conversation_id: conversationId },
  );
  const named = useMemo(() => {
    if (conversationId !== undefined) return [];
    const wanted = q.trim().toLocaleLowerCase();
    return conversations
      .filter((conversation) => conversationName(conversation, me?.id).toLocaleLowerCase().includes(wanted))
      .slice(0, maxConversations);
  }, [conversations, conversationId, q, me?.id]);

  return (
    <div className={styles.results}>
      {named.length > 0 && (
        <section>
          <h2>Conversations</h2>
          <ul>
            {named.map((conversation) => (
              <li key={conversation.id}>
                <ConversationItem
                  conversation={conversation}
                  isOpen={route.name === "conversation" && route.id === conversation.id}
                />
              </li>
            ))}
          </ul>
        </section>
      )}
      <section>
        <h2>Messages</h2>
        <p role="status" className={styles.note}>
          {statusText({ q, isLoading, error, count: items.length })}
        </p>
        <ul>
          {items.map((hit) => (
            <li key={hit.message.id}>
              <SearchHitItem hit={hit} />
            </li>
          ))}
        </ul>
        {hasMore && (
          <Button className={styles.more ?? ""} onClick={() => void loadMore()} disabled={isLoading}>
            Show more
          </Button>
        )}
      </section>
    </div>
  );
}

interface Status {
  q: string;
  isLoading: boolean;
  error: unknown;
  count: number;
}

function statusText({ q, isLoading, error, count }: Status): string {
  if (error !== undefined) return describeError(error);
  if (q.trim() === "") return "Write what you are looking for.";
  if (count > 0) return "";
  return isLoading ? "Searching…" : "No messages found.";
}
