import type { User } from "@vero/sdk";
import { Search } from "lucide-react";
import { useState } from "react";
import { Avatar } from "./Avatar.js";
import styles from "./PersonPicker.module.css";
import { usePeople } from "./use-people.js";

interface PersonPickerProps {
  chosen: readonly User[];
  onChange: (chosen: readonly User[]) => void;
  /** Those who cannot be chosen: they are there already. */
  without?: readonly string[];
}

/** Chooses people of the workspace. */
export function PersonPicker({ chosen, onChange, without = [] }: PersonPickerProps) {
  const [q, setQ] = useState("");
  const { people, isLoading } = usePeople(q);
  const offered = people.filter(({ id }) => !without.includes(id));
  const isChosen = (user: User): boolean => chosen.some(({ id }) => id === user.id);
  return (
    <div className={styles.picker}>
      <div className={styles.search}>
        <Search aria-hidden="true" />
        <input
          type="text"
          dir="auto"
          aria-label="Search people"
          placeholder="Search people"
          // biome-ignore lint/a11y/noAutofocus: the first field of a dialog
          autoFocus
          value={q}
          onChange={(event) => setQ(event.target.value)}
        />
      </div>
      {chosen.length > 0 && (
        <ul className={styles.chosen} aria-label="Chosen">
          {chosen.map((user) => (
            <li key={user.id}>
              <button type="button" onClick={() => onChange(chosen.filter(({ id }) => id !== user.id))}>
                {user.display_name} <span aria-hidden="true">×</span>
                <span className="hidden"> take out</span>
              </button>
            </li>
          ))}
        </ul>
      )}
      <ul className={styles.list} aria-label="People">
        {offered.map((user) => (
          <li key={user.id}>
            <label className={styles.person}>
              <input
                type="checkbox"
                checked={isChosen(user)}
                onChange={() =>
                  onChange(isChosen(user) ? chosen.filter(({ id }) => id !== user.id) : [...chosen, user])
                }
              />
              <Avatar user={user} size="small" withPresence />
              <span dir="auto">{user.display_name}</span>
            </label>
          </li>
        ))}
      </ul>
      {offered.length === 0 && !isLoading && <p className={styles.none}>Nobody found.</p>}
    </div>
  );
}
