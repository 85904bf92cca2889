import type { Message } from "@vero/sdk";
import { useStore } from "@vero/sdk/react";
import { SmilePlus } from "lucide-react";
import { useNameOf } from "../app/use-name-of.js";
import { EmojiPopover } from "../emoji/EmojiPopover.js";
import { listText } from "../ui/list-text.js";
import { attempt } from "../ui/toast.js";
import styles from "./Reactions.module.css";

export function Reactions({ message }: { message: Message }) {
  const store = useStore();
  const nameOf = useNameOf();
  if (message.reactions.length === 0) return null;
  const react = (emoji: string) => void attempt(store.react(message, emoji));
  return (
    <ul className={styles.reactions} aria-label="Reactions">
      {message.reactions.map(({ emoji, count, reacted, user_ids }) => {
        const others = count - user_ids.length;
        const people = listText([...user_ids.map(nameOf), ...(others > 0 ? [`${others} more`] : [])]);
        return (
          <li key={emoji}>
            <button
              type="button"
              aria-pressed={reacted}
              aria-label={`${emoji} ${count}: ${people}`}
              title={people}
              className={styles.reaction}
              onClick={() => react(emoji)}
            >
              <span>{emoji}</span> {count}
            </button>
          </li>
        );
      })}
      <li>
        <EmojiPopover
          onPick={react}
          trigger={
            <button type="button" aria-label="Add a reaction" className={styles.add}>
              <SmilePlus aria-hidden="true" />
            </button>
          }
        />
      </li>
    </ul>
  );
}
