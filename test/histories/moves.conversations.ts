import type { Conversation } from "@vero/contracts";
import { type Kind, type Maker, ofConversation, ofGroup, pathOf } from "./moves.kinds.js";

export const createGroup: Maker = (world) => {
  const [by, ...others] = world.dice.shuffled(world.people);
  if (by === undefined) return undefined;
  const ids = others.slice(0, world.dice.below(others.length + 1)).map(({ id }) => id);
  return {
    by,
    operation: "POST /v1/chat/conversations",
    body: { type: "group", name: world.text(), participant_ids: ids },
    done: (body: Conversation) => world.note(body, [by.id, ...ids], by.id),
  };
};

const createDirect: Maker = (world) => {
  const [by, other] = world.dice.shuffled(world.people);
  if (by === undefined || other === undefined) return undefined;
  return {
    by,
    operation: "POST /v1/chat/conversations",
    body: { type: "direct", participant_ids: [other.id] },
    done: (body: Conversation) => world.note(body, [by.id, other.id]),
  };
};

export const conversationKinds: readonly Kind[] = [
  { operation: "conversations.create", weight: 2, make: createGroup },
  { operation: "conversations.create", weight: 4, make: createDirect },
  {
    operation: "conversations.mark_read",
    weight: 10,
    make: ofConversation(({ dice }, known) => ({
      operation: `POST ${pathOf(known)}/read`,
      body: { seq: dice.below((known.messages.at(-1)?.seq ?? 0) + 2) },
    })),
  },
  {
    operation: "conversations.mute",
    weight: 3,
    make: ofConversation(({ dice }, known) => ({
      operation: `POST ${pathOf(known)}/mute`,
      body: dice.chance(0.5) ? {} : { until: "2900-01-01T00:00:00Z" },
    })),
  },
  {
    operation: "conversations.unmute",
    weight: 1,
    make: ofConversation((_, known) => ({ operation: `DELETE ${pathOf(known)}/mute` })),
  },
  {
    operation: "conversations.archive",
    weight: 3,
    make: ofConversation((_, known) => ({ operation: `POST ${pathOf(known)}/archive` })),
  },
  {
    operation: "conversations.unarchive",
    weight: 1,
    make: ofConversation((_, known) => ({ operation: `DELETE ${pathOf(known)}/archive` })),
  },
  {
    operation: "conversations.update",
    weight: 6,
    make: ofGroup((world, known) => ({
      operation: `PATCH ${pathOf(known)}`,
      body: world.dice.chance(0.6)
        ? { name: world.text() }
        : { description: world.text(), metadata: { words: world.words } },
    })),
  },
  {
    operation: "conversations.delete",
    weight: 5,
    make: ofConversation((_, known) => ({ operation: `DELETE ${pathOf(known)}?scope=for_me` })),
  },
  {
    operation: "conversations.delete",
    weight: 1,
    make: (world) => {
      const picked = world.pick();
      if (picked === undefined) return undefined;
      const { by, known } = picked;
      return {
        by,
        operation: `DELETE ${pathOf(known)}?scope=for_everyone`,
        done: () => void world.conversations.delete(known.id),
      };
    },
  },
];
