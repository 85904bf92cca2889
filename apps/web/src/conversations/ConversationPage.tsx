import type { Message } from "@vero/sdk";
import { useConversation, useMessages, useSendMessage, useStoreStatus } from "@vero/sdk/react";
import { type DragEvent, useCallback, useState } from "react";
import { useMe } from "../app/use-me.js";
import { useWorkspace } from "../app/workspace-context.js";
import { Composer } from "../composer/Composer.js";
import type { ComposerSubject } from "../composer/subject.js";
import { DetailsPanel } from "../details/DetailsPanel.js";
import { MessageList } from "../messages/MessageList.js";
import { TypingLine } from "../messages/TypingLine.js";
import { ConversationHeader } from "./ConversationHeader.js";
import styles from "./ConversationPage.module.css";
import { GonePage } from "./GonePage.js";

interface ConversationPageProps {
  id: string;
  /** The message to go to. */
  target: number | undefined;
}

/** The open conversation: its messages, the field to write in, and its details beside them. */
export function ConversationPage({ id, target }: ConversationPageProps) {
  const conversation = useConversation(id);
  const { phase } = useStoreStatus();
  const me = useMe();
  const { items } = useMessages(id);
  const { unsent } = useSendMessage(id);
  const { isDetailsOpen } = useWorkspace();
  const [subject, setSubject] = useState<ComposerSubject>();
  const [files, setFiles] = useState<readonly File[]>([]);
  const [isDragged, setDragged] = useState(false);
  const onReply = useCallback((message: Message) => setSubject({ kind: "reply", message }), []);
  const onEdit = useCallback((message: Message) => setSubject({ kind: "edit", message }), []);

  if (conversation === undefined) return phase === "live" ? <GonePage /> : <main />;

  function editLast(): void {
    // The one that is still on its way is meant, and never an older one.
    if (unsent.length > 0) return;
    const last = items.findLast(
      (message) => message.sender_id === me?.id && message.text !== null && message.type !== "system",
    );
    if (last !== undefined) setSubject({ kind: "edit", message: last });
  }

  function onDrop(event: DragEvent): void {
    event.preventDefault();
    setDragged(false);
    setFiles([...files, ...event.dataTransfer.files]);
  }

  const { capabilities } = conversation.me;
  return (
    <div className={styles.columns} data-details={isDetailsOpen}>
      <main
        className={styles.page}
        onDragOver={(event) => {
          if (!event.dataTransfer.types.includes("Files")) return;
          event.preventDefault();
          setDragged(true);
        }}
        onDragLeave={(event) => event.currentTarget.contains(event.relatedTarget as Node) || setDragged(false)}
        onDrop={onDrop}
      >
        <ConversationHeader conversation={conversation} />
        <MessageList
          id={id}
          target={target}
          isDirect={conversation.type === "direct"}
          mayDeleteAny={capabilities.includes("delete_any_message")}
          onReply={onReply}
          onEdit={onEdit}
        />
        <TypingLine id={id} />
        {capabilities.includes("send") && (
          <Composer
            id={id}
            subject={subject}
            setSubject={setSubject}
            files={files}
            setFiles={setFiles}
            onEditLast={editLast}
          />
        )}
        {isDragged && <p className={styles.drop}>Drop files to send them</p>}
      </main>
      {isDetailsOpen && <DetailsPanel conversation={conversation} />}
    </div>
  );
}
