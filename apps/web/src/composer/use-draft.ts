import { useState } from "react";
import { type ComposerSubject, editedOf } from "./subject.js";

/** Texts that are being written, by conversation: they are there again when one comes back, and in no other tab. */
const keyOf = (id: string): string => `vero.draft.${id}`;

const draftOf = (id: string): string => sessionStorage.getItem(keyOf(id)) ?? "";

function keepDraft(id: string, text: string): void {
  if (text === "") sessionStorage.removeItem(keyOf(id));
  else sessionStorage.setItem(keyOf(id), text);
}

/** Holds the text that is being written: the draft of the conversation, or the message that is edited. */
export function useDraft(id: string, subject: ComposerSubject) {
  const edited = editedOf(subject);
  const [text, setText] = useState(() => draftOf(id));
  const [editedId, setEditedId] = useState<string>();
  if (edited?.id !== editedId) {
    setEditedId(edited?.id);
    setText(edited === undefined ? draftOf(id) : (edited.text ?? ""));
  }
  return {
    text,
    setText(next: string): void {
      setText(next);
      if (edited === undefined) keepDraft(id, next);
    },
  };
}
