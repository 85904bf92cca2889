import { useNameOf } from "../app/use-name-of.js";
import { classNames } from "../ui/class-names.js";
import { dayName } from "../ui/time.js";
import styles from "./MessageList.module.css";
import { MessageRow } from "./MessageRow.js";
import type { MessageRowProps } from "./message-row-props.js";
import type { ReadMarks } from "./read-marks.js";
import type { Row } from "./rows.js";
import { systemSentence } from "./system-sentence.js";
import { UnsentRow } from "./UnsentRow.js";

interface MessageListRowProps extends Pick<MessageRowProps, "mayDeleteAny" | "onReply" | "onEdit" | "onJump"> {
  row: Row;
  marks: ReadMarks;
  targetSeq: number | undefined;
  onRetry: (clientMessageId: string) => void;
  onDiscard: (clientMessageId: string) => void;
}

const nobody: MessageRowProps["readers"] = [];

export function MessageListRow({ row, marks, targetSeq, onRetry, onDiscard, ...actions }: MessageListRowProps) {
  const nameOf = useNameOf();
  switch (row.kind) {
    case "day":
      return (
        <h2 className={styles.day}>
          <time dateTime={row.time}>{dayName(row.time)}</time>
        </h2>
      );
    case "unread":
      return <h2 className={classNames(styles.day, styles.unread)}>New</h2>;
    case "unsent": {
      const { item, isFirst } = row;
      const { client_message_id: id } = item;
      return <UnsentRow item={item} isFirst={isFirst} onRetry={() => onRetry(id)} onDiscard={() => onDiscard(id)} />;
    }
    case "message": {
      const { message, isFirst } = row;
      if (message.type === "system") {
        return (
          <p className={styles.system} dir="auto">
            {systemSentence(message, nameOf)}
          </p>
        );
      }
      return (
        <MessageRow
          {...actions}
          message={message}
          isFirst={isFirst}
          isTarget={message.seq === targetSeq}
          readers={marks.readers.get(message.seq) ?? nobody}
          sentMark={message.seq === marks.ownSeq ? marks.ownMark : undefined}
        />
      );
    }
  }
}
