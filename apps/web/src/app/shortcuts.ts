import { useEffect, useEffectEvent } from "react";

export const isMac = /Mac|iP(hone|ad)/.test(navigator.platform);

/** The shortcuts of the page, as the dialog lists them. */
export const shortcuts: readonly { keys: string; does: string }[] = [
  { keys: "mod+k", does: "Search, or go to a conversation" },
  { keys: "mod+shift+k", does: "New conversation" },
  { keys: "alt+arrowdown", does: "Next conversation" },
  { keys: "alt+arrowup", does: "Previous conversation" },
  { keys: "mod+/", does: "These shortcuts" },
  { keys: "enter", does: "Send" },
  { keys: "shift+enter", does: "New line" },
  { keys: "arrowup", does: "Edit the last message, where nothing is written" },
  { keys: "escape", does: "Leave a reply, an edit or a search" },
];

function matches(event: KeyboardEvent, keys: string): boolean {
  const parts = keys.split("+");
  const isMod = isMac ? event.metaKey : event.ctrlKey;
  return (
    event.key.toLowerCase() === parts.at(-1) &&
    isMod === parts.includes("mod") &&
    event.shiftKey === parts.includes("shift") &&
    event.altKey === parts.includes("alt")
  );
}

/** Calls the function when the keys are pressed, wherever the focus is, unless a dialog is open. */
export function useShortcut(keys: string, act: () => void): void {
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (!matches(event, keys) || document.querySelector("dialog[open]") !== null) return;
    event.preventDefault();
    act();
  });
  useEffect(() => {
    const listener = (event: KeyboardEvent): void => onKey(event);
    addEventListener("keydown", listener);
    return () => removeEventListener("keydown", listener);
  }, []);
}
