import dataUrl from "emojibase-data/en/compact.json?url";

export interface Emoji {
  unicode: string;
  label: string;
  tags?: string[];
  group?: number;
}

/** The groups of the Unicode list; 2 are the parts of other emojis. */
export const groups: readonly { group: number; name: string }[] = [
  { group: 0, name: "Smileys" },
  { group: 1, name: "People" },
  { group: 3, name: "Animals and nature" },
  { group: 4, name: "Food and drink" },
  { group: 5, name: "Travel and places" },
  { group: 6, name: "Activities" },
  { group: 7, name: "Objects" },
  { group: 8, name: "Symbols" },
  { group: 9, name: "Flags" },
];

let loading: Promise<Emoji[]> | undefined;

/** Loads the emojis with their names, once. */
export function loadEmojis(): Promise<Emoji[]> {
  loading ??= fetch(dataUrl).then(async (answer) => {
    if (!answer.ok) throw new Error(`The emojis were answered ${answer.status}.`);
    return (await answer.json()) as Emoji[];
  });
  loading.catch(() => {
    loading = undefined;
  });
  return loading;
}

/** Finds the emojis whose name or one of whose tags begins with the words. */
export function searchEmojis(emojis: readonly Emoji[], q: string): Emoji[] {
  const wanted = q.toLowerCase().split(/\s+/).filter(Boolean);
  return emojis.filter(({ label, tags = [], group }) => {
    if (group === undefined || group === 2) return false;
    const words = `${label} ${tags.join(" ")}`.toLowerCase().split(/[\s-]+/);
    return wanted.every((word) => words.some((other) => other.startsWith(word)));
  });
}
