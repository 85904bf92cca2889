import { useConversations } from "@vero/sdk/react";
import { go, useRoute } from "./route.js";
import { useShortcut } from "./shortcuts.js";

/** Goes to the conversation above or below the open one by the keyboard. */
export function useNeighbours(): void {
  const { items } = useConversations("active");
  const route = useRoute();
  const current = route.name === "conversation" ? items.findIndex(({ id }) => id === route.id) : -1;
  const move = (by: number) => () => {
    const next = items[current === -1 ? 0 : current + by];
    if (next !== undefined) go({ name: "conversation", id: next.id });
  };
  useShortcut("alt+arrowdown", move(1));
  useShortcut("alt+arrowup", move(-1));
}
