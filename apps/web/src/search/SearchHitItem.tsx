import type { SearchHit } from "@vero/sdk";
import { useConversation } from "@vero/sdk/react";
import { hashOf } from "../app/route.js";
import { useMe } from "../app/use-me.js";
import { useNameOf } from "../app/use-name-of.js";
import { conversationName } from "../people/names.js";
import { shortTime } from "../ui/time.js";
import styles from "./SearchResults.module.css";
import { Snippet } from "./Snippet.js";

/** A message that was found; a click leads to it. */
export function SearchHitItem({ hit: { message, snippet } }: { hit: SearchHit }) {
  const { conversation_id: id, seq, sender_id, created_at } = message;
  const conversation = useConversation(id);
  const me = useMe();
  const nameOf = useNameOf();
  return (
    <a href={hashOf({ name: "conversation", id, seq })} className={styles.hit}>
      <span className={styles.head}>
        <strong dir="auto">
          {nameOf(sender_id)}
          {conversation !== undefined && <span> in {conversationName(conversation, me?.id)}</span>}
        </strong>
        <time>{shortTime(created_at)}</time>
      </span>
      <span className={styles.text} dir="auto">
        <Snippet snippet={snippet} />
      </span>
    </a>
  );
}
