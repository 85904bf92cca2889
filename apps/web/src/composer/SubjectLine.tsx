import { Pencil, Reply, X } from "lucide-react";
import { useNameOf } from "../app/use-name-of.js";
import { contentOf } from "../conversations/summary.js";
import { IconButton } from "../ui/Button.js";
import styles from "./Composer.module.css";
import type { ComposerSubject } from "./subject.js";

interface SubjectLineProps {
  subject: NonNullable<ComposerSubject>;
  onCancel: () => void;
}

/** Says above the field what is replied to, or edited. */
export function SubjectLine({ subject: { kind, message }, onCancel }: SubjectLineProps) {
  const nameOf = useNameOf();
  return (
    <div className={styles.subject}>
      {kind === "reply" ? <Reply aria-hidden="true" /> : <Pencil aria-hidden="true" />}
      <span>
        <strong dir="auto">{kind === "edit" ? "Edit message" : `Reply to ${nameOf(message.sender_id)}`}</strong>
        <span dir="auto">{contentOf(message)}</span>
      </span>
      <IconButton label="Cancel" onClick={onCancel}>
        <X />
      </IconButton>
    </div>
  );
}
