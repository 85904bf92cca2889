import type { ReplyPreview } from "@vero/sdk";
import { useNameOf } from "../app/use-name-of.js";
import styles from "./ReplyQuote.module.css";

interface ReplyQuoteProps {
  reply: ReplyPreview;
  onOpen?: () => void;
}

/** The message that another one replies to; a click leads there. */
export function ReplyQuote({ reply, onOpen }: ReplyQuoteProps) {
  const nameOf = useNameOf();
  const content = (
    <>
      <strong dir="auto">{nameOf(reply.sender_id)}</strong>
      <span dir="auto">{reply.text ?? "Message"}</span>
    </>
  );
  if (onOpen === undefined) return <div className={styles.quote}>{content}</div>;
  return (
    <button type="button" className={styles.quote} onClick={onOpen}>
      <span className="hidden">Reply to </span>
      {content}
    </button>
  );
}
