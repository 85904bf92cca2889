import { useVirtualizer } from "@tanstack/react-virtual";
import type { Message } from "@vero/sdk";
import { useMessages, useParticipants, useSendMessage } from "@vero/sdk/react";
import { useMemo, useRef, useState } from "react";
import { useMe } from "../app/use-me.js";
import { describeError } from "../ui/describe-error.js";
import { JumpButtons } from "./JumpButtons.js";
import styles from "./MessageList.module.css";
import { MessageListRow } from "./MessageListRow.js";
import { readMarksOf } from "./read-marks.js";
import { rowsOf } from "./rows.js";
import { useFirstUnread } from "./use-first-unread.js";
import { useJump } from "./use-jump.js";
import { useMarkRead } from "./use-mark-read.js";
import { useScrollStart } from "./use-scroll-start.js";
import { useStickToEnd } from "./use-stick-to-end.js";
import { useWindowEdges } from "./use-window-edges.js";

interface MessageListProps {
  id: string;
  /** The message to go to; undefined for the newest, or the first unread one. */
  target: number | undefined;
  isDirect: boolean;
  mayDeleteAny: boolean;
  onReply: (message: Message) => void;
  onEdit: (message: Message) => void;
}

/** The messages of a conversation: only the rows in sight are in the page, however long it is. */
export function MessageList({ id, target, isDirect, mayDeleteAny, onReply, onEdit }: MessageListProps) {
  const list = useMessages(id);
  const { items: participants } = useParticipants(id);
  const { retry, discard } = useSendMessage(id);
  const me = useMe();
  const firstUnreadSeq = useFirstUnread(list.firstUnreadSeq);
  const { items, hasNewer } = list;
  const unsent = hasNewer ? none : list.unsent;
  const rows = useMemo(
    () => rowsOf({ items, unsent, firstUnreadSeq, myId: me?.id }),
    [items, unsent, firstUnreadSeq, me?.id],
  );
  const marks = useMemo(
    () => readMarksOf({ items, participants, myId: me?.id, isDirect }),
    [items, participants, me?.id, isDirect],
  );

  const scroller = useRef<HTMLDivElement>(null);
  const [isAtEnd, setAtEnd] = useState(true);
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => 56,
    getItemKey: (index) => rows[index]?.key ?? index,
    overscan: 8,
    paddingStart: 12,
    paddingEnd: 12,
    anchorTo: "end",
    followOnAppend: true,
    onChange: (instance) => setAtEnd(instance.isAtEnd(80)),
  });
  const { targetSeq, jumpTo } = useJump({ rows, list, virtualizer, target });
  const isStarted = useScrollStart({ rows, isLoading: list.isLoading, virtualizer, isTargeted: target !== undefined });
  useStickToEnd({ scroller, virtualizer, isAtEnd });
  useWindowEdges({ isStarted, list, virtualizer });
  useMarkRead({ id, rows, virtualizer, markRead: list.markRead });

  return (
    <div className={styles.frame}>
      <div
        ref={scroller}
        className={styles.scroller}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: without it the keyboard cannot scroll
        tabIndex={0}
        role="log"
        aria-label="Messages"
        aria-busy={list.isLoading}
      >
        {rows.length === 0 && <p className={styles.empty}>{emptyText(list)}</p>}
        <div className={styles.rows} style={{ height: virtualizer.getTotalSize() }}>
          {virtualizer.getVirtualItems().map((virtual) => {
            const row = rows[virtual.index];
            if (row === undefined) return null;
            return (
              <div
                key={virtual.key}
                ref={virtualizer.measureElement}
                data-index={virtual.index}
                className={styles.place}
                style={{ transform: `translateY(${virtual.start}px)` }}
              >
                <MessageListRow
                  row={row}
                  marks={marks}
                  targetSeq={targetSeq}
                  mayDeleteAny={mayDeleteAny}
                  onReply={onReply}
                  onEdit={onEdit}
                  onJump={jumpTo}
                  onRetry={retry}
                  onDiscard={discard}
                />
              </div>
            );
          })}
        </div>
      </div>
      {rows.length > 0 && (
        <JumpButtons
          id={id}
          isAtEnd={isAtEnd && !hasNewer}
          isUnreadHeld={firstUnreadSeq !== undefined || list.isLoading}
          onJump={jumpTo}
        />
      )}
    </div>
  );
}

const none: ReturnType<typeof useMessages>["unsent"] = [];

function emptyText({ isLoading, error }: ReturnType<typeof useMessages>): string {
  if (error !== undefined) return describeError(error);
  return isLoading ? "" : "No messages yet. Say hello.";
}
