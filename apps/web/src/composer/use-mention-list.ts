import type { User } from "@vero/sdk";
import { type KeyboardEvent, type RefObject, useId, useState } from "react";
import { mentionAt, usersMatching } from "./mentions.js";

interface MentionListOptions {
  field: RefObject<HTMLTextAreaElement | null>;
  text: string;
  setText: (text: string) => void;
  users: readonly User[];
}

/** The list of people that opens with an @: whom it offers, who is selected, and its keys. */
export function useMentionList({ field, text, setText, users }: MentionListOptions) {
  const id = useId();
  const [cursor, setCursor] = useState(0);
  const [selected, setSelected] = useState(0);
  const [closedAt, setClosedAt] = useState<number>();
  const query = mentionAt(text, cursor);
  const found = query === undefined || query.start === closedAt ? [] : usersMatching(users, query.q);
  const active = Math.min(selected, found.length - 1);

  function pick(user: User): void {
    if (query === undefined) return;
    const name = `@${user.display_name} `;
    setText(text.slice(0, query.start) + name + text.slice(cursor));
    setCursor(query.start + name.length);
    requestAnimationFrame(() => field.current?.setSelectionRange(query.start + name.length, query.start + name.length));
    field.current?.focus();
  }

  /** Answers whether the key was one of the list. */
  function onKey(event: KeyboardEvent): boolean {
    const user = found[active];
    if (user === undefined) return false;
    switch (event.key) {
      case "ArrowDown":
        setSelected((active + 1) % found.length);
        return true;
      case "ArrowUp":
        setSelected((active + found.length - 1) % found.length);
        return true;
      case "Enter":
      case "Tab":
        pick(user);
        return true;
      case "Escape":
        setClosedAt(query?.start);
        return true;
      default:
        return false;
    }
  }

  const noteCursor = (): void => {
    setCursor(field.current?.selectionStart ?? 0);
    setSelected(0);
  };
  return { id, found, active, pick, onKey, noteCursor };
}
