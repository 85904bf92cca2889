import { X } from "lucide-react";
import { IconButton } from "./Button.js";
import styles from "./Toaster.module.css";
import { dismissToast, useToasts } from "./toast.js";

/** Shows what went wrong or was done, for a few seconds, and has it read aloud. */
export function Toaster() {
  const toasts = useToasts();
  return (
    <div role="status" className={styles.toaster}>
      {toasts.map(({ id, text }) => (
        <div key={id} className={styles.toast}>
          <span dir="auto">{text}</span>
          <IconButton label="Dismiss" onClick={() => dismissToast(id)}>
            <X />
          </IconButton>
        </div>
      ))}
    </div>
  );
}
