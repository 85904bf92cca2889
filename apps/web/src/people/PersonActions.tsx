import type { User } from "@vero/sdk";
import { useStore, useVero } from "@vero/sdk/react";
import { Ban, MessageSquare } from "lucide-react";
import { useSyncExternalStore } from "react";
import { IconButton } from "../ui/Button.js";
import { attempt } from "../ui/toast.js";
import { writeTo } from "./write-to.js";

/** Answers whether the user has blocked somebody. */
function useIsBlocked(userId: string): boolean {
  const store = useStore();
  return useSyncExternalStore(store.subscribe, () => store.blocks().some(({ user }) => user.id === userId));
}

/** Writes to somebody, and blocks or unblocks them. */
export function PersonActions({ user, onDone }: { user: User; onDone: () => void }) {
  const vero = useVero();
  const store = useStore();
  const isBlocked = useIsBlocked(user.id);
  return (
    <>
      <IconButton
        label={isBlocked ? `Unblock ${user.display_name}` : `Block ${user.display_name}`}
        aria-pressed={isBlocked}
        onClick={() => void attempt(isBlocked ? store.unblock(user.id) : store.block(user.id))}
      >
        <Ban />
      </IconButton>
      <IconButton
        label={`Write to ${user.display_name}`}
        onClick={() => void attempt(writeTo(vero, user.id).then(onDone))}
      >
        <MessageSquare />
      </IconButton>
    </>
  );
}
