import { Popover } from "radix-ui";
import { lazy, type ReactNode, Suspense, useState } from "react";
import styles from "./EmojiPopover.module.css";
import { rememberEmoji } from "./emoji.js";

const EmojiPicker = lazy(() => import("./EmojiPicker.js"));

interface EmojiPopoverProps {
  trigger: ReactNode;
  onPick: (emoji: string) => void;
  onOpenChange?: (isOpen: boolean) => void;
}

/** Offers all emojis at its trigger. */
export function EmojiPopover({ trigger, onPick, onOpenChange }: EmojiPopoverProps) {
  const [isOpen, setOpen] = useState(false);
  const changeOpen = (next: boolean): void => {
    setOpen(next);
    onOpenChange?.(next);
  };
  return (
    <Popover.Root open={isOpen} onOpenChange={changeOpen}>
      <Popover.Trigger asChild>{trigger}</Popover.Trigger>
      <Popover.Portal>
        <Popover.Content className={styles.popover} aria-label="Emojis" sideOffset={6} collisionPadding={8}>
          <Suspense fallback={<p className={styles.wait}>…</p>}>
            <EmojiPicker
              onPick={(emoji) => {
                rememberEmoji(emoji);
                changeOpen(false);
                onPick(emoji);
              }}
            />
          </Suspense>
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
