import type { ReactNode } from "react";
import { emojiCount } from "../emoji/emoji.js";
import { classNames } from "../ui/class-names.js";
import styles from "./MessageText.module.css";
import { textParts } from "./text-parts.js";

interface MessageTextProps {
  text: string;
  /** The names of those who are mentioned. */
  names: readonly string[];
  /** Stands behind the text. */
  note?: ReactNode;
}

/** The text of a message, as it was written; emojis alone are large. */
export function MessageText({ text, names, note }: MessageTextProps) {
  const emojis = emojiCount(text);
  if (emojis > 0) {
    return (
      <p className={classNames(styles.text, emojis <= 3 ? styles.huge : styles.large)} dir="auto">
        {text} {note}
      </p>
    );
  }
  return (
    <p className={styles.text} dir="auto">
      {textParts(text, names).map((part, index) => {
        // A text never changes its parts but as a whole.
        const key = `${index}-${part.kind}`;
        switch (part.kind) {
          case "link":
            return (
              <a key={key} href={part.href} target="_blank" rel="noopener noreferrer nofollow ugc">
                {part.text}
              </a>
            );
          case "mention":
            return (
              <span key={key} className={styles.mention}>
                {part.text}
              </span>
            );
          case "code":
            return (
              <code key={key} className={part.text.includes("\n") ? styles.block : styles.code}>
                {part.text}
              </code>
            );
          default:
            return part.text;
        }
      })}{" "}
      {note}
    </p>
  );
}
