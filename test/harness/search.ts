import type { Message } from "@vero/contracts";
import { type Answer, bodyOf } from "./client.js";
import { groupOf, type Person, say } from "./people.js";
import type { Workspace } from "./workspace.js";

export interface Hit {
  message: Message;
  snippet: { text: string; ranges: { start: number; length: number }[] };
}
export interface Hits {
  items: Hit[];
  next_cursor: string | null;
}
export type Query = Record<string, string | number>;

export const search = <T = Hits>(by: Person, query: Query): Promise<Answer<T>> => {
  const parameters = new URLSearchParams(
    Object.entries(query).map(([name, value]): [string, string] => [name, String(value)]),
  );
  return by.call<T>(`GET /v1/chat/messages/search?${parameters}`);
};

/** Reads all matches, page by page. */
export async function findAll(by: Person, query: Query): Promise<Hit[]> {
  const all: Hit[] = [];
  for (let cursor: string | null | undefined; cursor !== null; ) {
    const answer = await search(by, { ...query, ...(cursor && { cursor }) });
    const body = bodyOf(`searching for ${JSON.stringify(query)}`, answer);
    all.push(...body.items);
    cursor = body.next_cursor;
  }
  return all;
}

/** Lists the highlighted parts of a snippet. */
export const litIn = ({ snippet: { text, ranges } }: Hit): string[] => {
  const points = [...text];
  return ranges.map(({ start, length }) => points.slice(start, start + length).join(""));
};

/** Lists the texts that a query finds, in the order of finding. */
export const textsFound = async (by: Person, q: string, more: Query = {}): Promise<(string | null)[]> =>
  (await findAll(by, { q, ...more })).map(({ message }) => message.text);

/** Sends the texts to a new conversation, in which to search. */
export async function sendAmong(
  { ada, grace }: Workspace,
  ...texts: string[]
): Promise<{ id: string; sent: Message[] }> {
  const { id } = await groupOf(ada, [grace]);
  const sent: Message[] = [];
  for (const text of texts) sent.push(await say(ada, id, text));
  return { id, sent };
}
