import type { User } from "@vero/sdk";
import { Avatar } from "../people/Avatar.js";
import styles from "./MentionList.module.css";

interface MentionListProps {
  id: string;
  users: readonly User[];
  selected: number;
  onPick: (user: User) => void;
}

/** Offers people to mention, above the field in which the focus stays. */
export const MentionList = ({ id, users, selected, onPick }: MentionListProps) => (
  <div id={id} role="listbox" aria-label="People to mention" className={styles.list}>
    {users.map((user, index) => (
      // biome-ignore lint/a11y/useFocusableInteractive: the field keeps the focus, and names the option that is active
      // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are those of the field
      <div
        key={user.id}
        id={`${id}-${index}`}
        role="option"
        aria-selected={index === selected}
        className={styles.option}
        onMouseDown={(event) => event.preventDefault()}
        onClick={() => onPick(user)}
      >
        <Avatar user={user} size="small" />
        <span dir="auto">{user.display_name}</span>
      </div>
    ))}
  </div>
);
