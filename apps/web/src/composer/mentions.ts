import type { User } from "@vero/sdk";

/** The word with an @ that is being written at the cursor. */
export interface MentionQuery {
  start: number;
  q: string;
}

export function mentionAt(text: string, cursor: number): MentionQuery | undefined {
  const match = /(?:^|\s)@([^\s@]{0,40})$/u.exec(text.slice(0, cursor));
  return match === null ? undefined : { start: cursor - (match[1]?.length ?? 0) - 1, q: match[1] ?? "" };
}

const folded = (text: string): string => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

/** Finds those of whose names a word begins with the query, whatever the accents. */
export function usersMatching(users: readonly User[], q: string): User[] {
  const wanted = folded(q);
  return users
    .filter(({ display_name }) =>
      [display_name, ...display_name.split(/\s+/)].some((word) => folded(word).startsWith(wanted)),
    )
    .slice(0, 6);
}

/** Lists the ids of those whose names stand in the text behind an @. */
export const mentionedIn = (text: string, users: readonly User[]): string[] =>
  users.filter(({ display_name }) => text.includes(`@${display_name}`)).map(({ id }) => id);
