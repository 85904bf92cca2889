import { vero } from "../app/session.js";
import { Button } from "../ui/Button.js";
import form from "../ui/Form.module.css";
import { fullTime } from "../ui/time.js";
import { browserName } from "./browser-name.js";
import { useList } from "./use-list.js";

const read = () => vero.auth.listSessions({ limit: 100 });

/** Where the user is signed in. */
export function Sessions() {
  const { items, change } = useList(read);
  return (
    <ul aria-label="Sessions">
      {items?.map(({ id, is_current, user_agent, ip, last_used_at }) => (
        <li key={id} className={form.item}>
          <span>
            <strong>{browserName(user_agent)}</strong>
            <span>
              {[ip, is_current ? "this one" : `last used ${fullTime(last_used_at)}`].filter(Boolean).join(" · ")}
            </span>
          </span>
          {!is_current && <Button onClick={() => change(vero.auth.revokeSession({ id }))}>Sign out</Button>}
        </li>
      ))}
    </ul>
  );
}
