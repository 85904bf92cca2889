import type { Message } from "@vero/sdk";
import { listText } from "../ui/list-text.js";

/** Says what has happened to the conversation. */
export function systemSentence({ system, sender_id }: Message, nameOf: (userId: string) => string): string {
  if (system === null) return "";
  const by = nameOf(sender_id);
  const people = listText(system.user_ids.map(nameOf));
  switch (system.kind) {
    case "participants_added":
      return `${by} added ${people}`;
    case "participant_removed":
      return `${by} removed ${people}`;
    case "participant_left":
      return `${people || by} left`;
    case "conversation_renamed":
      return system.name === null ? `${by} removed the name` : `${by} renamed the conversation to “${system.name}”`;
  }
}
