import type { OutboxItem } from "@vero/sdk/store";
import { Clock3, TriangleAlert } from "lucide-react";
import { useMe } from "../app/use-me.js";
import { fileSize } from "../media/file-size.js";
import { Avatar } from "../people/Avatar.js";
import { Button } from "../ui/Button.js";
import { classNames } from "../ui/class-names.js";
import { timeOfDay } from "../ui/time.js";
import row from "./MessageRow.module.css";
import { MessageText } from "./MessageText.js";
import { ReplyQuote } from "./ReplyQuote.js";
import styles from "./UnsentRow.module.css";

interface UnsentRowProps {
  item: OutboxItem;
  isFirst: boolean;
  onRetry: () => void;
  onDiscard: () => void;
}

/** A message that is not sent yet: on its way, waiting for the network, or refused. */
export function UnsentRow({ item, isFirst, onRetry, onDiscard }: UnsentRowProps) {
  const me = useMe();
  const { status, progress, error, reply_to } = item;
  return (
    <article className={classNames(row.row, isFirst && row.first, styles.unsent)} aria-label="Not sent yet">
      <div className={row.gutter}>{isFirst && me !== undefined && <Avatar user={me} />}</div>
      <div className={row.content}>
        {isFirst && (
          <div className={row.heading}>
            <strong dir="auto">{me?.display_name}</strong>
            <time>{timeOfDay(item.created_at)}</time>
          </div>
        )}
        {reply_to !== undefined && <ReplyQuote reply={reply_to} />}
        {item.text !== undefined && <MessageText text={item.text} names={[]} />}
        {item.files.map((file) => (
          <p key={file.name} className={styles.file} dir="auto">
            {file.name} <span>{fileSize(file.size)}</span>
          </p>
        ))}
        {status === "uploading" && (
          <progress className={styles.progress} value={progress ?? 0} aria-label="Uploading" />
        )}
        {status === "failed" && (
          <div className={styles.failed} role="alert">
            <TriangleAlert aria-hidden="true" />
            <span dir="auto">Not sent. {error?.detail}</span>
            <Button onClick={onRetry}>Try again</Button>
            <Button onClick={onDiscard}>Discard</Button>
          </div>
        )}
      </div>
      <div className={row.marks}>
        {status !== "failed" && (
          <span className={styles.clock} title="Sending">
            <Clock3 aria-hidden="true" />
            <span className="hidden">Sending</span>
          </span>
        )}
      </div>
    </article>
  );
}
