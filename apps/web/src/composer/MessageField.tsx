import type { User } from "@vero/sdk";
import { type ClipboardEvent, type KeyboardEvent, type RefObject, useLayoutEffect } from "react";
import { MentionList } from "./MentionList.js";
import { useMentionList } from "./use-mention-list.js";

interface MessageFieldProps {
  field: RefObject<HTMLTextAreaElement | null>;
  text: string;
  setText: (text: string) => void;
  /** Those who can be mentioned. */
  users: readonly User[];
  onSubmit: () => void;
  onCancel: () => void;
  onEditLast: () => void;
  onFiles: (files: readonly File[]) => void;
}

const maxTextLength = 10_000;

/** On a screen keyboard, Enter is a new line: there is a button to send. */
export const hasKeyboard = matchMedia("(hover: hover) and (pointer: fine)");

/** The field in which a message is written; it grows with its text, and offers people after an @. */
export function MessageField({ field, text, setText, users, ...props }: MessageFieldProps) {
  const mentions = useMentionList({ field, text, setText, users });
  const isOpen = mentions.found.length > 0;

  // biome-ignore lint/correctness/useExhaustiveDependencies: the height follows the text
  useLayoutEffect(() => {
    const element = field.current;
    if (element === null) return;
    element.style.height = "auto";
    element.style.height = `${element.scrollHeight}px`;
  }, [text, field]);

  function onKeyDown(event: KeyboardEvent): void {
    if (event.nativeEvent.isComposing) return;
    if (mentions.onKey(event)) event.preventDefault();
    else if (event.key === "Enter" && !event.shiftKey && hasKeyboard.matches) {
      event.preventDefault();
      props.onSubmit();
    } else if (event.key === "Escape") props.onCancel();
    else if (event.key === "ArrowUp" && text === "") {
      event.preventDefault();
      props.onEditLast();
    }
  }

  function onPaste(event: ClipboardEvent): void {
    const { files } = event.clipboardData;
    if (files.length === 0) return;
    event.preventDefault();
    props.onFiles([...files]);
  }

  return (
    <>
      {isOpen && (
        <MentionList id={mentions.id} users={mentions.found} selected={mentions.active} onPick={mentions.pick} />
      )}
      <textarea
        ref={field}
        rows={1}
        dir="auto"
        aria-label="Message"
        placeholder="Message"
        maxLength={maxTextLength}
        value={text}
        aria-controls={isOpen ? mentions.id : undefined}
        aria-activedescendant={isOpen ? `${mentions.id}-${mentions.active}` : undefined}
        onChange={(event) => {
          setText(event.target.value);
          mentions.noteCursor();
        }}
        onSelect={mentions.noteCursor}
        onKeyDown={onKeyDown}
        onPaste={onPaste}
      />
    </>
  );
}
