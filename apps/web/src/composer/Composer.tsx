import { useParticipants, useSendMessage, useStore, useTyping } from "@vero/sdk/react";
import { SendHorizontal, Smile } from "lucide-react";
import { useLayoutEffect, useMemo, useRef } from "react";
import { useMe } from "../app/use-me.js";
import { EmojiPopover } from "../emoji/EmojiPopover.js";
import { IconButton } from "../ui/Button.js";
import { attempt } from "../ui/toast.js";
import { AttachButton } from "./AttachButton.js";
import { Attachments } from "./Attachments.js";
import styles from "./Composer.module.css";
import { hasKeyboard, MessageField } from "./MessageField.js";
import { mentionedIn } from "./mentions.js";
import { SubjectLine } from "./SubjectLine.js";
import { type ComposerSubject, editedOf } from "./subject.js";
import { useDraft } from "./use-draft.js";

interface ComposerProps {
  id: string;
  subject: ComposerSubject;
  setSubject: (subject: ComposerSubject) => void;
  files: readonly File[];
  setFiles: (files: readonly File[]) => void;
  /** Begins to edit the newest own message; asked for by a key. */
  onEditLast: () => void;
}

/** Writes messages, with files, and edits them. */
export function Composer({ id, subject, setSubject, files, setFiles, onEditLast }: ComposerProps) {
  const store = useStore();
  const me = useMe();
  const { send } = useSendMessage(id);
  const { setTyping } = useTyping(id);
  const { items: participants } = useParticipants(id);
  const users = useMemo(
    () => participants.map(({ user }) => user).filter((user) => user.id !== me?.id),
    [participants, me?.id],
  );
  const field = useRef<HTMLTextAreaElement>(null);
  const { text, setText } = useDraft(id, subject);
  const edited = editedOf(subject);
  const said = text.trim();
  const isEmpty = said === "" && (edited !== undefined || files.length === 0);

  useLayoutEffect(() => {
    if (hasKeyboard.matches || subject !== undefined) field.current?.focus();
  }, [subject]);

  function write(next: string): void {
    setText(next);
    if (edited === undefined) setTyping(next !== "");
  }

  function submit(): void {
    if (isEmpty) return;
    if (edited !== undefined) {
      if (said !== edited.text) void attempt(store.edit(edited, said));
    } else {
      send({
        ...(said !== "" && { text: said }),
        ...(files.length > 0 && { files }),
        ...(subject !== undefined && { reply_to: subject.message }),
        mentions: mentionedIn(said, users),
      });
      write("");
      setFiles([]);
    }
    setSubject(undefined);
  }

  function insert(emoji: string): void {
    const { selectionStart = text.length, selectionEnd = text.length } = field.current ?? {};
    write(text.slice(0, selectionStart) + emoji + text.slice(selectionEnd));
    field.current?.focus();
  }

  return (
    <form
      className={styles.composer}
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <div className={styles.box}>
        {subject !== undefined && <SubjectLine subject={subject} onCancel={() => setSubject(undefined)} />}
        {files.length > 0 && (
          <Attachments files={files} onRemove={(file) => setFiles(files.filter((other) => other !== file))} />
        )}
        <div className={styles.line}>
          <AttachButton isDisabled={edited !== undefined} onFiles={(more) => setFiles([...files, ...more])} />
          <MessageField
            field={field}
            text={text}
            setText={write}
            users={users}
            onSubmit={submit}
            onCancel={() => setSubject(undefined)}
            onEditLast={subject === undefined ? onEditLast : () => {}}
            onFiles={(more) => setFiles([...files, ...more])}
          />
          <EmojiPopover
            onPick={insert}
            trigger={
              <IconButton label="Emojis">
                <Smile />
              </IconButton>
            }
          />
          <button
            type="submit"
            aria-label={edited === undefined ? "Send" : "Save"}
            className={styles.send}
            disabled={isEmpty}
          >
            <SendHorizontal aria-hidden="true" />
          </button>
        </div>
      </div>
    </form>
  );
}
