import { useStore } from "@vero/sdk/react";
import { useSyncExternalStore } from "react";
import { PersonRow } from "../people/PersonRow.js";
import { Button } from "../ui/Button.js";
import form from "../ui/Form.module.css";
import { attempt } from "../ui/toast.js";

/** Those whom the user has blocked. */
export function Blocked() {
  const store = useStore();
  const blocks = useSyncExternalStore(store.subscribe, () => store.blocks());
  return (
    <>
      <p className={form.note}>
        Their direct messages do not reach you, and they are not told. In groups their messages are folded.
      </p>
      <ul aria-label="Blocked people">
        {blocks.map(({ user }) => (
          <PersonRow key={user.id} user={user}>
            <Button onClick={() => void attempt(store.unblock(user.id))}>Unblock</Button>
          </PersonRow>
        ))}
      </ul>
      {blocks.length === 0 && <p>You have blocked nobody.</p>}
    </>
  );
}
