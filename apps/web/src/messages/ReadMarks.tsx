import type { Participant } from "@vero/sdk";
import { Check, CheckCheck } from "lucide-react";
import { Avatar } from "../people/Avatar.js";
import { classNames } from "../ui/class-names.js";
import { listText } from "../ui/list-text.js";
import styles from "./ReadMarks.module.css";

const maxShown = 4;

/** Shows who has read up to here. */
export function ReadMarks({ readers }: { readers: readonly Participant[] }) {
  const names = listText(readers.map(({ user }) => user.display_name));
  const rest = readers.length - maxShown;
  return (
    <span className={styles.readers} title={`Read by ${names}`}>
      <span className="hidden">Read by {names}</span>
      {readers.slice(0, maxShown).map(({ user }) => (
        <Avatar key={user.id} user={user} size="tiny" />
      ))}
      {rest > 0 && <span aria-hidden="true">+{rest}</span>}
    </span>
  );
}

/** Shows of an own message that the server has it, or that the other has read it. */
export const SentMark = ({ mark }: { mark: "sent" | "read" }) => (
  <span className={classNames(styles.sent, mark === "read" && styles.read)} title={mark === "read" ? "Read" : "Sent"}>
    {mark === "read" ? <CheckCheck aria-hidden="true" /> : <Check aria-hidden="true" />}
    <span className="hidden">{mark === "read" ? "Read" : "Sent"}</span>
  </span>
);
