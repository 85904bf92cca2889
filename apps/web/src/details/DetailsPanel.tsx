import type { Conversation } from "@vero/sdk";
import { useParticipants } from "@vero/sdk/react";
import { Pencil, UserPlus, X } from "lucide-react";
import { useState } from "react";
import { useMe } from "../app/use-me.js";
import { useWorkspace } from "../app/workspace-context.js";
import { ConversationPicture } from "../conversations/ConversationPicture.js";
import { conversationName, otherOf } from "../people/names.js";
import { PersonActions } from "../people/PersonActions.js";
import { Button, IconButton } from "../ui/Button.js";
import { AddPeople } from "./AddPeople.js";
import styles from "./DetailsPanel.module.css";
import { EditConversation } from "./EditConversation.js";
import { ParticipantItem } from "./ParticipantItem.js";

/** The details of a conversation: who is in it, what it is called, and what may be changed. */
export function DetailsPanel({ conversation }: { conversation: Conversation }) {
  const me = useMe();
  const { setDetailsOpen } = useWorkspace();
  const { items } = useParticipants(conversation.id);
  const [dialog, setDialog] = useState<"edit" | "add">();
  const { capabilities } = conversation.me;
  const other = conversation.type === "direct" ? otherOf(conversation, me?.id) : undefined;
  return (
    <aside className={styles.panel} aria-label="Details">
      <header className={styles.header}>
        <h2>Details</h2>
        <IconButton label="Close details" onClick={() => setDetailsOpen(false)}>
          <X />
        </IconButton>
      </header>
      <div className={styles.scroll}>
        <div className={styles.about}>
          <ConversationPicture conversation={conversation} myId={me?.id} size="large" />
          <h3 dir="auto">{conversationName(conversation, me?.id)}</h3>
          {conversation.description !== null && <p dir="auto">{conversation.description}</p>}
          <div className={styles.actions}>
            {capabilities.includes("update") && (
              <Button onClick={() => setDialog("edit")}>
                <Pencil aria-hidden="true" /> Edit
              </Button>
            )}
            {capabilities.includes("add_participants") && (
              <Button onClick={() => setDialog("add")}>
                <UserPlus aria-hidden="true" /> Add people
              </Button>
            )}
            {other !== undefined && other.id !== me?.id && <PersonActions user={other} onDone={() => {}} />}
          </div>
        </div>
        <h3 className={styles.heading}>
          {conversation.participant_count} {conversation.participant_count === 1 ? "person" : "people"}
        </h3>
        <ul aria-label="Participants">
          {items.map((participant) => (
            <ParticipantItem key={participant.user.id} conversation={conversation} participant={participant} />
          ))}
        </ul>
      </div>
      {dialog === "edit" && <EditConversation conversation={conversation} onClose={() => setDialog(undefined)} />}
      {dialog === "add" && (
        <AddPeople
          id={conversation.id}
          present={items.map(({ user }) => user.id)}
          onClose={() => setDialog(undefined)}
        />
      )}
    </aside>
  );
}
