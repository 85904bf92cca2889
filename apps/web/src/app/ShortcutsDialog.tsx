import { Dialog } from "../ui/Dialog.js";
import styles from "./ShortcutsDialog.module.css";
import { isMac, shortcuts } from "./shortcuts.js";

const names: Record<string, string> = {
  mod: isMac ? "⌘" : "Ctrl",
  shift: "Shift",
  alt: isMac ? "⌥" : "Alt",
  arrowup: "↑",
  arrowdown: "↓",
  enter: "Enter",
  escape: "Esc",
};

export const ShortcutsDialog = ({ onClose }: { onClose: () => void }) => (
  <Dialog title="Keyboard shortcuts" onClose={onClose}>
    <dl className={styles.list}>
      {shortcuts.map(({ keys, does }) => (
        <div key={keys}>
          <dt>{does}</dt>
          <dd>
            {keys.split("+").map((key) => (
              <kbd key={key}>{names[key] ?? key.toUpperCase()}</kbd>
            ))}
          </dd>
        </div>
      ))}
    </dl>
  </Dialog>
);
