import { useTyping } from "@vero/sdk/react";
import { useNameOf } from "../app/use-name-of.js";
import { listText } from "../ui/list-text.js";
import styles from "./TypingLine.module.css";

/** Says who is typing; its place is kept, so that nothing moves. */
export function TypingLine({ id }: { id: string }) {
  const { userIds } = useTyping(id);
  const nameOf = useNameOf();
  const names = userIds.length > 3 ? `${userIds.length} people` : listText(userIds.map(nameOf));
  return (
    <p className={styles.line} aria-live="polite">
      {userIds.length > 0 && (
        <>
          <span className={styles.dots} aria-hidden="true">
            <i />
            <i />
            <i />
          </span>
          <span dir="auto">
            {names} {userIds.length === 1 ? "is" : "are"} typing…
          </span>
        </>
      )}
    </p>
  );
}
