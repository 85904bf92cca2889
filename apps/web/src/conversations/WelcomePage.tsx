import { MessagesSquare, UserPlus } from "lucide-react";
import { useAccount } from "../app/use-account.js";
import { useWorkspace } from "../app/workspace-context.js";
import { Button } from "../ui/Button.js";
import styles from "./WelcomePage.module.css";

/** Stands where no conversation is open. */
export function WelcomePage() {
  const { me } = useAccount();
  const { openDialog } = useWorkspace();
  const mayInvite = me?.role === "owner" || me?.role === "admin";
  return (
    <main className={styles.page}>
      <MessagesSquare aria-hidden="true" />
      <h1 dir="auto">{me?.tenant.name ?? "Vero Chat"}</h1>
      <p>Choose a conversation, or begin one.</p>
      <div className={styles.buttons}>
        <Button look="primary" onClick={() => openDialog({ name: "new" })}>
          New conversation
        </Button>
        {mayInvite && (
          <Button onClick={() => openDialog({ name: "settings", tab: "invites" })}>
            <UserPlus aria-hidden="true" /> Invite people
          </Button>
        )}
      </div>
    </main>
  );
}
