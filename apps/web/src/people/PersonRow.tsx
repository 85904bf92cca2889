import type { User } from "@vero/sdk";
import type { ReactNode } from "react";
import { Avatar } from "./Avatar.js";
import styles from "./PersonRow.module.css";

interface PersonRowProps {
  user: User;
  note?: ReactNode;
  children?: ReactNode;
}

/** A person in a list, with what is said about them and what can be done. */
export const PersonRow = ({ user, note, children }: PersonRowProps) => (
  <li className={styles.row}>
    <Avatar user={user} withPresence />
    <span className={styles.names}>
      <strong dir="auto">{user.display_name}</strong>
      {note !== undefined && <span>{note}</span>}
    </span>
    <span className={styles.actions}>{children}</span>
  </li>
);
