import { memo, useDeferredValue, useEffect, useMemo, useState } from "react";
import styles from "./EmojiPicker.module.css";
import { recentEmojis } from "./emoji.js";
import { type Emoji, groups, loadEmojis, searchEmojis } from "./emoji-data.js";

type Pick = (emoji: string) => void;

export default function EmojiPicker({ onPick }: { onPick: Pick }) {
  const [emojis, setEmojis] = useState<readonly Emoji[]>([]);
  const [q, setQ] = useState("");
  const wanted = useDeferredValue(q);
  const found = useMemo(() => searchEmojis(emojis, wanted), [emojis, wanted]);
  const [recent] = useState(() => recentEmojis().map((unicode) => ({ unicode, label: unicode })));
  useEffect(() => {
    loadEmojis().then(setEmojis, () => {});
  }, []);
  return (
    <div className={styles.picker}>
      <input
        type="text"
        aria-label="Search emojis"
        placeholder="Search"
        // biome-ignore lint/a11y/noAutofocus: the popover was opened to choose one
        autoFocus
        value={q}
        onChange={(event) => setQ(event.target.value)}
        onKeyDown={(event) => event.key === "Enter" && found[0] !== undefined && q !== "" && onPick(found[0].unicode)}
      />
      <div className={styles.scroll}>
        {wanted.trim() === "" ? (
          <>
            <Group name="Recent" emojis={recent} onPick={onPick} />
            {groups.map(({ group, name }) => (
              <Group key={group} name={name} emojis={emojis.filter((one) => one.group === group)} onPick={onPick} />
            ))}
          </>
        ) : (
          <Group name={found.length === 0 ? "Nothing found" : "Found"} emojis={found} onPick={onPick} />
        )}
      </div>
    </div>
  );
}

const Group = memo(({ name, emojis, onPick }: { name: string; emojis: readonly Emoji[]; onPick: Pick }) => (
  <section className={styles.group}>
    <h3>{name}</h3>
    <div className={styles.grid}>
      {emojis.map(({ unicode, label }) => (
        <button key={unicode} type="button" aria-label={label} title={label} onClick={() => onPick(unicode)}>
          {unicode}
        </button>
      ))}
    </div>
  </section>
));
