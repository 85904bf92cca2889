import { memo, useState } from "react";
import { useMe, useUser } from "../app/use-me.js";
import { useNameOf } from "../app/use-name-of.js";
import { useWorkspace } from "../app/workspace-context.js";
import { Attachments } from "../media/Attachments.js";
import { Avatar } from "../people/Avatar.js";
import { classNames } from "../ui/class-names.js";
import { fullTime, timeOfDay } from "../ui/time.js";
import { MessageActions } from "./MessageActions.js";
import styles from "./MessageRow.module.css";
import { MessageText } from "./MessageText.js";
import type { MessageRowProps } from "./message-row-props.js";
import { Reactions } from "./Reactions.js";
import { ReadMarks, SentMark } from "./ReadMarks.js";
import { ReplyQuote } from "./ReplyQuote.js";

export const MessageRow = memo(function MessageRow(props: MessageRowProps) {
  const { message, isFirst, isTarget, readers, sentMark, onJump } = props;
  const me = useMe();
  const nameOf = useNameOf();
  const sender = useUser(message.sender_id);
  const [isShown, setShown] = useState(false);
  const { reply_to } = message;
  const isMention = me !== undefined && message.mentions.includes(me.id);
  const names = message.mentions.map((id) => (id === me?.id ? me.display_name : nameOf(id)));
  const isHidden = message.from_blocked_user && !isShown;
  return (
    <article
      className={classNames(styles.row, isFirst && styles.first, isMention && styles.mentioned)}
      data-target={isTarget}
      aria-label={`${nameOf(message.sender_id)}, ${timeOfDay(message.created_at)}`}
    >
      <div className={styles.gutter}>
        {isFirst && sender !== undefined ? (
          <Avatar user={sender} />
        ) : (
          <time className={styles.gutterTime}>{timeOfDay(message.created_at)}</time>
        )}
      </div>
      <div className={styles.content}>
        {isFirst && (
          <div className={styles.heading}>
            <strong dir="auto">{sender?.display_name ?? "Somebody"}</strong>
            <time dateTime={message.created_at} title={fullTime(message.created_at)}>
              {timeOfDay(message.created_at)}
            </time>
          </div>
        )}
        {message.forwarded_from !== null && (
          <p className={styles.origin} dir="auto">
            Forwarded from {message.forwarded_from.sender_name}
          </p>
        )}
        {reply_to !== null && <ReplyQuote reply={reply_to} onOpen={() => onJump(reply_to.seq)} />}
        {message.deleted_at !== null ? (
          <p className={styles.deleted}>Message deleted</p>
        ) : isHidden ? (
          <button type="button" className={styles.blocked} onClick={() => setShown(true)}>
            Message of somebody you have blocked. Show
          </button>
        ) : (
          <>
            {message.text !== null && (
              <MessageText text={message.text} names={names} note={<Edited message={message} />} />
            )}
            {message.attachments.length > 0 && <Attachments files={message.attachments} />}
            <Reactions message={message} />
          </>
        )}
      </div>
      <div className={styles.marks}>
        {sentMark !== undefined && <SentMark mark={sentMark} />}
        {readers.length > 0 && <ReadMarks readers={readers} />}
      </div>
      {message.deleted_at === null && <MessageActions {...props} isOwn={message.sender_id === me?.id} />}
    </article>
  );
});

function Edited({ message }: Pick<MessageRowProps, "message">) {
  const { openDialog } = useWorkspace();
  const { edited_at } = message;
  if (edited_at === null) return null;
  return (
    <button
      type="button"
      className={styles.edited}
      title={fullTime(edited_at)}
      onClick={() => openDialog({ name: "edits", message })}
    >
      (edited)
    </button>
  );
}
