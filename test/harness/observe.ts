import { type Conversation, type ErrorCode, errorTable, type Message, type Participant } from "@vero/contracts";
import { expect } from "vitest";
import { expectProblem } from "./accounts.js";
import { type Answer, bodyOf } from "./client.js";
import { type Person, say } from "./people.js";
import type { Frame, TestSocket } from "./socket.js";
import type { Stack } from "./stack.js";
import { historyOf, withSockets } from "./workspace.js";

/** Removes presence, which changes by itself as sockets come and go. */
export const withoutPresence = <T>(value: T): T =>
  JSON.parse(JSON.stringify(value), (field, item) =>
    field === "is_online" || field === "last_seen_at" ? undefined : item,
  );

export const conversationOf = async (person: Person, id: string): Promise<Conversation> =>
  withoutPresence(
    bodyOf("getting a conversation", await person.call<Conversation>(`GET /v1/chat/conversations/${id}`)),
  );

export const messageOf = async (person: Person, id: string): Promise<Message> =>
  bodyOf("getting a message", await person.call<Message>(`GET /v1/chat/messages/${id}`));

export const participantsOf = async (person: Person, id: string): Promise<Participant[]> =>
  withoutPresence(
    bodyOf(
      "listing participants",
      await person.call<{ items: Participant[] }>(`GET /v1/chat/conversations/${id}/participants?limit=100`),
    ).items,
  );

/** Lists the ids of the conversations in a user's list. */
export const listedBy = async (person: Person): Promise<string[]> =>
  bodyOf(
    "listing conversations",
    await person.call<{ items: Conversation[] }>("GET /v1/chat/conversations?filter=all&limit=100"),
  ).items.map(({ id }) => id);

/** Reads everything that a participant can read of a conversation. */
export const stateOf = async (person: Person, id: string): Promise<object> => ({
  conversation: await conversationOf(person, id),
  participants: await participantsOf(person, id),
  messages: await historyOf(person, id),
});

/** Sends a message, and returns the events that each socket has received before it. */
export async function receivedUntilNow(by: Person, id: string, sockets: readonly TestSocket[]): Promise<Frame[][]> {
  const last = await say(by, id, "after it");
  const isLast = (frame: Frame): boolean => frame["type"] === "message.created" && frame["data"].message.id === last.id;
  for (const socket of sockets) await socket.until(isLast, "the message after it");
  return withoutPresence(sockets.map((socket) => socket.events().filter((frame) => !isLast(frame))));
}

/** Reduces events to their types and numbers. */
export const outlineOf = (frames: readonly Frame[]): [string, number | undefined][] =>
  frames.map((frame) => [frame["type"], frame["change_seq"]]);

/**
 * Expects that the work changes nothing in the conversation, takes no number, and that no listener receives an event.
 */
export async function changesNothing(
  stack: Stack,
  by: Person,
  id: string,
  listeners: readonly Person[],
  work: () => Promise<void>,
): Promise<void> {
  await withSockets(stack, listeners, async (...sockets) => {
    const before = await stateOf(by, id);
    await work();
    expect(await stateOf(by, id)).toEqual(before);
    for (const received of await receivedUntilNow(by, id, sockets)) expect(received).toEqual([]);
  });
}

/** Expects the same of a call that is refused. */
export const refuses = (
  stack: Stack,
  by: Person,
  id: string,
  listeners: readonly Person[],
  call: () => Promise<Answer<unknown>>,
  code: ErrorCode,
): Promise<void> =>
  changesNothing(stack, by, id, listeners, async () => {
    // biome-ignore lint/suspicious/noExplicitAny: a problem, whatever it would be otherwise
    expectProblem((await call()) as Answer<any>, errorTable[code].status, code);
  });
