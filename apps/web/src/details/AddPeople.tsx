import type { User } from "@vero/sdk";
import { useVero } from "@vero/sdk/react";
import { useState } from "react";
import { PersonPicker } from "../people/PersonPicker.js";
import { Button } from "../ui/Button.js";
import { Dialog } from "../ui/Dialog.js";
import { attempt } from "../ui/toast.js";
import styles from "./AddPeople.module.css";

interface AddPeopleProps {
  id: string;
  present: readonly string[];
  onClose: () => void;
}

export function AddPeople({ id, present, onClose }: AddPeopleProps) {
  const vero = useVero();
  const [chosen, setChosen] = useState<readonly User[]>([]);
  const [withHistory, setWithHistory] = useState(true);
  function add(): void {
    onClose();
    const user_ids = chosen.map((user) => user.id);
    void attempt(vero.participants.add({ id, user_ids, history: withHistory ? "all" : "from_join" }));
  }
  return (
    <Dialog
      title="Add people"
      onClose={onClose}
      footer={
        <Button look="primary" disabled={chosen.length === 0} onClick={add}>
          Add
        </Button>
      }
    >
      <PersonPicker chosen={chosen} onChange={setChosen} without={present} />
      <label className={styles.check}>
        <input type="checkbox" checked={withHistory} onChange={({ target }) => setWithHistory(target.checked)} />
        They can read what was said before
      </label>
    </Dialog>
  );
}
