import type { User } from "@vero/sdk";
import { usePresence } from "@vero/sdk/react";
import { useState } from "react";
import { classNames } from "../ui/class-names.js";
import styles from "./Avatar.module.css";

const hues = 8;

/** Picks one of the colours by id, the same everywhere. */
const hueOf = (id: string): number =>
  [...id].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 9973, 7) % hues;

/** The first letters of the first and last word, as readers of any script see them. */
function initialsOf(name: string): string {
  const words = name.trim().split(/\s+/);
  const first = (word = ""): string => [...new Intl.Segmenter().segment(word)][0]?.segment ?? "";
  return (words.length > 1 ? first(words[0]) + first(words.at(-1)) : first(words[0])).toUpperCase();
}

export type AvatarSize = "tiny" | "small" | "medium" | "large";

interface PictureProps {
  id: string;
  name: string;
  url: string | null;
  size?: AvatarSize;
}

/** The picture of a person or group, or the initials where there is none. */
export function Picture({ id, name, url, size = "medium" }: PictureProps) {
  const [failedUrl, setFailedUrl] = useState<string>();
  return (
    <span aria-hidden="true" className={classNames(styles.picture, styles[size], styles[`hue${hueOf(id)}`])}>
      {url === null || url === failedUrl ? (
        initialsOf(name)
      ) : (
        <img src={url} alt="" referrerPolicy="no-referrer" loading="lazy" onError={() => setFailedUrl(url)} />
      )}
    </span>
  );
}

interface AvatarProps {
  user: User;
  size?: AvatarSize;
  withPresence?: boolean;
}

export function Avatar({ user, size = "medium", withPresence = false }: AvatarProps) {
  const presence = usePresence(user.id);
  const isOnline = presence?.is_online ?? user.is_online;
  const status = isOnline && presence?.availability === "busy" ? "busy" : "online";
  return (
    <span className={styles.avatar}>
      <Picture id={user.id} name={user.display_name} url={user.avatar_url} size={size} />
      {withPresence && isOnline && (
        <span className={classNames(styles.dot, styles[status])}>
          <span className="hidden">{status}</span>
        </span>
      )}
    </span>
  );
}
