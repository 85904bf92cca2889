import { useStore } from "@vero/sdk/react";
import { Copy, Ellipsis, Forward, Link, Pencil, Reply, SmilePlus, Trash2 } from "lucide-react";
import { useState } from "react";
import { hashOf } from "../app/route.js";
import { useWorkspace } from "../app/workspace-context.js";
import { EmojiPopover } from "../emoji/EmojiPopover.js";
import { recentEmojis } from "../emoji/emoji.js";
import { IconButton } from "../ui/Button.js";
import { copyText } from "../ui/copy-text.js";
import { Menu, MenuItem, MenuLine } from "../ui/Menu.js";
import { attempt } from "../ui/toast.js";
import styles from "./MessageActions.module.css";
import type { MessageRowProps } from "./message-row-props.js";

type MessageActionsProps = Pick<MessageRowProps, "message" | "mayDeleteAny" | "onReply" | "onEdit"> & {
  isOwn: boolean;
};

/** What can be done with a message: shown where the pointer or the focus is, and on a touch of the message. */
export function MessageActions({ message, isOwn, mayDeleteAny, onReply, onEdit }: MessageActionsProps) {
  const store = useStore();
  const { openDialog } = useWorkspace();
  const [isOpen, setOpen] = useState(false);
  const { text, conversation_id: id, seq } = message;
  const react = (emoji: string) => void attempt(store.react(message, emoji));
  const link = new URL(hashOf({ name: "conversation", id, seq }), document.baseURI).href;
  return (
    <div className={styles.actions} data-open={isOpen} role="toolbar" aria-label="Actions for this message">
      {recentEmojis()
        .slice(0, 3)
        .map((emoji) => (
          <IconButton key={emoji} label={`React with ${emoji}`} className={styles.emoji} onClick={() => react(emoji)}>
            {emoji}
          </IconButton>
        ))}
      <EmojiPopover
        onPick={react}
        onOpenChange={setOpen}
        trigger={
          <IconButton label="React">
            <SmilePlus />
          </IconButton>
        }
      />
      <IconButton label="Reply" onClick={() => onReply(message)}>
        <Reply />
      </IconButton>
      <Menu
        onOpenChange={setOpen}
        trigger={
          <IconButton label="More">
            <Ellipsis />
          </IconButton>
        }
      >
        {isOwn && text !== null && (
          <MenuItem icon={<Pencil />} onSelect={() => onEdit(message)}>
            Edit
          </MenuItem>
        )}
        <MenuItem icon={<Forward />} onSelect={() => openDialog({ name: "forward", message })}>
          Forward
        </MenuItem>
        {text !== null && (
          <MenuItem icon={<Copy />} onSelect={() => void copyText(text)}>
            Copy text
          </MenuItem>
        )}
        <MenuItem icon={<Link />} onSelect={() => void copyText(link)}>
          Copy link
        </MenuItem>
        <MenuLine />
        <MenuItem
          icon={<Trash2 />}
          isDanger
          onSelect={() => openDialog({ name: "delete", message, mayDeleteForEveryone: isOwn || mayDeleteAny })}
        >
          Delete
        </MenuItem>
      </Menu>
    </div>
  );
}
