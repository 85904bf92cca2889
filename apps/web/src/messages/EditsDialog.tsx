import type { Message } from "@vero/sdk";
import { useVero } from "@vero/sdk/react";
import { useCallback } from "react";
import { useList } from "../settings/use-list.js";
import { Dialog } from "../ui/Dialog.js";
import form from "../ui/Form.module.css";
import { fullTime } from "../ui/time.js";

/** What a message said before it was edited. */
export function EditsDialog({ message, onClose }: { message: Message; onClose: () => void }) {
  const vero = useVero();
  const read = useCallback(() => vero.messages.listEdits({ id: message.id, limit: 100 }), [vero, message.id]);
  const { items } = useList(read);
  return (
    <Dialog title="Earlier versions" onClose={onClose}>
      <ul aria-label="Earlier versions">
        {items?.map(({ text, replaced_at }) => (
          <li key={replaced_at} className={form.item}>
            <span>
              <strong dir="auto">{text}</strong>
              <span>until {fullTime(replaced_at)}</span>
            </span>
          </li>
        ))}
      </ul>
    </Dialog>
  );
}
