import type { Message } from "@vero/sdk";
import { useStore } from "@vero/sdk/react";
import { Button } from "../ui/Button.js";
import { Dialog } from "../ui/Dialog.js";
import { attempt } from "../ui/toast.js";

interface DeleteDialogProps {
  message: Message;
  mayDeleteForEveryone: boolean;
  onClose: () => void;
}

export function DeleteDialog({ message, mayDeleteForEveryone, onClose }: DeleteDialogProps) {
  const store = useStore();
  const remove = (scope: "for_me" | "for_everyone"): void => {
    onClose();
    void attempt(store.remove(message, scope));
  };
  return (
    <Dialog
      title="Delete this message?"
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button look={mayDeleteForEveryone ? "quiet" : "danger"} onClick={() => remove("for_me")}>
            Delete for me
          </Button>
          {mayDeleteForEveryone && (
            <Button look="danger" onClick={() => remove("for_everyone")}>
              Delete for everyone
            </Button>
          )}
        </>
      }
    >
      <p>
        {mayDeleteForEveryone
          ? "For everyone, its text and files are gone for good, and a note stays in its place."
          : "The others keep it."}
      </p>
    </Dialog>
  );
}
