import type { User } from "@vero/sdk";
import { vero } from "../app/session.js";
import { useAccount } from "../app/use-account.js";
import { PersonRow } from "../people/PersonRow.js";
import { ConfirmButton } from "../ui/ConfirmButton.js";
import styles from "./Members.module.css";
import { useList } from "./use-list.js";

const read = () => vero.users.list({ limit: 100 });
const roles: readonly User["role"][] = ["owner", "admin", "agent", "member"];

/** The people of the workspace, with their roles; whoever is deactivated is signed out, and does not come in again. */
export function Members() {
  const { me } = useAccount();
  const { items, change } = useList(read);
  const offered = roles.filter((role) => role !== "owner" || me?.role === "owner");
  return (
    <ul aria-label="Members">
      {items?.map((user) => (
        <PersonRow key={user.id} user={user}>
          <select
            aria-label={`Role of ${user.display_name}`}
            className={styles.role}
            value={user.role}
            disabled={!offered.includes(user.role)}
            onChange={({ target }) =>
              change(vero.auth.updateMember({ userId: user.id, role: target.value as User["role"] }))
            }
          >
            {(offered.includes(user.role) ? offered : roles).map((role) => (
              <option key={role}>{role}</option>
            ))}
          </select>
          <ConfirmButton
            question="Really?"
            onConfirm={() => change(vero.auth.updateMember({ userId: user.id, deactivated: true }))}
          >
            Deactivate
          </ConfirmButton>
        </PersonRow>
      ))}
    </ul>
  );
}
