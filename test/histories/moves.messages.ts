import type { Message } from "@vero/contracts";
import type { Kind, Maker } from "./moves.kinds.js";
import type { Move, World } from "./world.js";

const emojis = ["👍", "❤️", "😂", "🎉", "🧑🏽‍🚀"];

const send: Maker = (world) => {
  const { dice } = world;
  const picked = world.pick();
  if (picked === undefined) return undefined;
  const { by, known } = picked;
  const replied = dice.chance(0.25) ? dice.oneOf(known.messages) : undefined;
  const mentions = dice.chance(0.15) ? dice.some([...known.roles.keys()], 3) : undefined;
  const body = {
    conversation_id: known.id,
    text: world.text(),
    client_message_id: `c-${world.words}`,
    ...(replied && { reply_to_message_id: replied.id }),
    ...(mentions && { mentions }),
  };
  return {
    by,
    operation: "POST /v1/chat/messages/send",
    body,
    done: (message: Message) => world.noteMessage(message),
  };
};

/** Picks a message and the user who acts on it: its sender with the given chance, else any participant. */
function pickMessage(world: World, bySender: number) {
  const picked = world.pick(({ messages }) => messages.length > 0);
  const message = picked && world.dice.oneOf(picked.known.messages);
  if (message === undefined) return undefined;
  const sender = world.person(message.by);
  return { message, by: world.dice.chance(bySender) && sender ? sender : (picked?.by ?? world.people[0]) };
}

const ofMessage =
  (
    bySender: number,
    more: (world: World, path: `/v1/chat/messages/${string}`) => Pick<Move, "operation" | "body">,
  ): Maker =>
  (world) => {
    const picked = pickMessage(world, bySender);
    if (picked?.by === undefined) return undefined;
    return { by: picked.by, ...more(world, `/v1/chat/messages/${picked.message.id}`) };
  };

const forward: Maker = (world) => {
  const { dice } = world;
  const picked = world.pick(({ messages }) => messages.length > 0);
  if (picked === undefined) return undefined;
  const { by, known } = picked;
  return {
    by,
    operation: "POST /v1/chat/messages/forward",
    body: {
      message_ids: dice.some(known.messages, 3).map(({ id }) => id),
      conversation_ids: dice.some([...world.conversations.keys()], 2),
    },
    done: ({ results }: { results: { messages?: Message[] }[] }) => {
      for (const { messages = [] } of results) for (const message of messages) world.noteMessage(message);
    },
  };
};

export const messageKinds: readonly Kind[] = [
  { operation: "messages.send", weight: 24, make: send },
  {
    operation: "messages.edit",
    weight: 8,
    make: ofMessage(0.9, (world, path) => ({ operation: `PATCH ${path}`, body: { text: world.text() } })),
  },
  {
    operation: "messages.delete",
    weight: 5,
    make: ofMessage(0.8, (_, path) => ({ operation: `DELETE ${path}?scope=for_everyone` })),
  },
  {
    operation: "messages.delete",
    weight: 6,
    make: ofMessage(0.2, (_, path) => ({ operation: `DELETE ${path}?scope=for_me` })),
  },
  {
    operation: "messages.react",
    weight: 11,
    make: ofMessage(0.2, ({ dice }, path) => ({
      operation: `POST ${path}/reactions`,
      body: { emoji: dice.oneOf(emojis), action: dice.oneOf(["toggle", "add", "remove"]) },
    })),
  },
  { operation: "messages.forward", weight: 5, make: forward },
];
