import type { Conversation } from "@vero/sdk";
import { usePresence } from "@vero/sdk/react";
import { ArrowLeft, Info, Search } from "lucide-react";
import { go } from "../app/route.js";
import { useMe } from "../app/use-me.js";
import { useWorkspace } from "../app/workspace-context.js";
import { conversationName, otherOf } from "../people/names.js";
import { presenceText } from "../people/presence-text.js";
import { IconButton } from "../ui/Button.js";
import styles from "./ConversationHeader.module.css";
import { ConversationMenu } from "./ConversationMenu.js";
import { ConversationPicture } from "./ConversationPicture.js";

export function ConversationHeader({ conversation }: { conversation: Conversation }) {
  const me = useMe();
  const { search, setSearch, isDetailsOpen, setDetailsOpen } = useWorkspace();
  const other = conversation.type === "direct" ? otherOf(conversation, me?.id) : undefined;
  const presence = usePresence(other?.id ?? "");
  const { id, participant_count: count, description } = conversation;
  const people = `${count} ${count === 1 ? "person" : "people"}`;
  const status = other === undefined ? [people, description].filter(Boolean).join(" · ") : presenceText(presence);
  return (
    <header className={styles.header}>
      <IconButton label="Back" className={styles.back} onClick={() => go({ name: "home" })}>
        <ArrowLeft />
      </IconButton>
      <button type="button" className={styles.title} onClick={() => setDetailsOpen(!isDetailsOpen)}>
        <ConversationPicture conversation={conversation} myId={me?.id} />
        <span className={styles.names}>
          <h1 dir="auto">{conversationName(conversation, me?.id)}</h1>
          <span dir="auto">{status}</span>
        </span>
      </button>
      <IconButton
        label="Search in this conversation"
        onClick={() => {
          setSearch({ q: search.q, conversationId: id });
          if (matchMedia("(max-width: 720px)").matches) go({ name: "home" });
        }}
      >
        <Search />
      </IconButton>
      <IconButton label="Details" aria-pressed={isDetailsOpen} onClick={() => setDetailsOpen(!isDetailsOpen)}>
        <Info />
      </IconButton>
      <ConversationMenu conversation={conversation} />
    </header>
  );
}
