import type { Conversation } from "@vero/sdk";
import { useStore, useVero } from "@vero/sdk/react";
import { go } from "../app/route.js";
import { Button } from "../ui/Button.js";
import { Dialog } from "../ui/Dialog.js";
import { attempt } from "../ui/toast.js";

interface LeaveDialogProps {
  conversation: Conversation;
  kind: "leave" | "delete";
  onClose: () => void;
}

/** Asks before a conversation is left or deleted. */
export function LeaveDialog({ conversation, kind, onClose }: LeaveDialogProps) {
  const vero = useVero();
  const store = useStore();
  const { id, me } = conversation;
  async function end(work: Promise<unknown>): Promise<void> {
    onClose();
    if (await attempt(work)) go({ name: "home" });
  }
  const remove = (scope: "for_me" | "for_everyone") => end(vero.conversations.delete({ id, scope }));
  const leave = () => end(vero.participants.remove({ id, userId: store.status.userId ?? "" }));
  return (
    <Dialog
      title={kind === "leave" ? "Leave this conversation?" : "Delete this conversation?"}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          {kind === "leave" ? (
            <Button look="danger" onClick={leave}>
              Leave
            </Button>
          ) : (
            <>
              <Button look="danger" onClick={() => remove("for_me")}>
                Delete for me
              </Button>
              {me.capabilities.includes("delete_for_everyone") && (
                <Button look="danger" onClick={() => remove("for_everyone")}>
                  Delete for everyone
                </Button>
              )}
            </>
          )}
        </>
      }
    >
      <p>
        {kind === "leave"
          ? "You will not read it any more, until somebody adds you again."
          : "For you it leaves the list with all that was said so far; a new message brings it back. For everyone, it is gone for good."}
      </p>
    </Dialog>
  );
}
