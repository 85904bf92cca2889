import type { User } from "@vero/sdk";
import { useVero } from "@vero/sdk/react";
import { useState } from "react";
import { go } from "../app/route.js";
import { PersonPicker } from "../people/PersonPicker.js";
import { Button } from "../ui/Button.js";
import { Dialog } from "../ui/Dialog.js";
import { Field } from "../ui/Field.js";
import { attempt } from "../ui/toast.js";

/** Begins a conversation: with one person, or as a group with a name. */
export function NewConversation({ onClose }: { onClose: () => void }) {
  const vero = useVero();
  const [chosen, setChosen] = useState<readonly User[]>([]);
  const [name, setName] = useState("");
  const [isBusy, setBusy] = useState(false);
  const isGroup = chosen.length > 1 || name.trim() !== "";

  async function create(): Promise<void> {
    setBusy(true);
    const participant_ids = chosen.map(({ id }) => id);
    const isDone = await attempt(
      (async () => {
        const named = name.trim() === "" ? {} : { name: name.trim() };
        const { id } = isGroup
          ? await vero.conversations.create({ type: "group", participant_ids, ...named })
          : await vero.conversations.create({ type: "direct", participant_ids });
        go({ name: "conversation", id });
      })(),
    );
    setBusy(false);
    if (isDone) onClose();
  }

  return (
    <Dialog
      title="New conversation"
      onClose={onClose}
      footer={
        <Button look="primary" disabled={chosen.length === 0 || isBusy} onClick={create}>
          {isGroup ? "Create group" : "Write"}
        </Button>
      }
    >
      <PersonPicker chosen={chosen} onChange={setChosen} />
      <Field
        label="Name of the group"
        hint="Two or more people are a group; so is one person, with a name."
        value={name}
        maxLength={100}
        onChange={(event) => setName(event.target.value)}
      />
    </Dialog>
  );
}
