import type { msgsrvContract, User } from "@vero/contracts";
import { bodyOf } from "./client.js";
import type { Person } from "./people.js";
import type { Stack } from "./stack.js";

type Agents = (typeof msgsrvContract.users)["list_agents"]["output"]["_output"];
export type Agent = Agents["items"][number];

export interface Page<T> {
  items: T[];
  next_cursor: string | null;
}

type Path = `/v1/chat/${string}`;

const withQuery = (path: Path, query: Record<string, string | number>): Path => {
  const text = new URLSearchParams(
    Object.entries(query).map(([name, value]) => [name, String(value)] as [string, string]),
  );
  return `${path}?${text}`;
};

/** Reads a page of a list; anything but success fails. */
export async function pageOf<T>(by: Person, path: Path, query: Record<string, string | number> = {}): Promise<Page<T>> {
  return bodyOf(`a page of ${path}`, await by.call<Page<T>>(`GET ${withQuery(path, query)}`));
}

export const usersOf = async (by: Person, query: Record<string, string | number> = {}): Promise<User[]> =>
  (await pageOf<User>(by, "/v1/chat/users", { limit: 100, ...query })).items;

export const found = async (by: Person, q: string): Promise<User[]> =>
  (await pageOf<User>(by, "/v1/chat/users/search", { limit: 100, q })).items;

export const agentsOf = async (by: Person): Promise<Agent[]> =>
  (await pageOf<Agent>(by, "/v1/chat/agents", { limit: 100 })).items;

export const namesOf = (users: readonly User[]): string[] => users.map(({ display_name }) => display_name);

/** Inserts a block directly into the database. */
export async function blockBetween(stack: Stack, blocker: Person, blocked: Person): Promise<void> {
  await stack.database.sql`
    insert into blocks (tenant_id, blocker_id, blocked_id, state_seq)
    values (${blocker.me.tenant.id}, ${blocker.id}, ${blocked.id}, 1)`;
}

/** Reads all pages, with a step between each two of them. */
export async function walk<T>(
  by: Person,
  path: Path,
  query: Record<string, string | number>,
  between: () => Promise<unknown> = async () => {},
): Promise<T[]> {
  const all: T[] = [];
  let cursor: string | null = null;
  do {
    const page: Page<T> = await pageOf<T>(by, path, { ...query, ...(cursor === null ? {} : { cursor }) });
    all.push(...page.items);
    cursor = page.next_cursor;
    if (cursor !== null) await between();
  } while (cursor !== null);
  return all;
}
