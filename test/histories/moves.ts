import type { Conversation, Message } from "@vero/contracts";
import type { OperationName } from "../events/fixture.js";
import type { Known, Move, World } from "./world.js";

type Maker = (world: World) => Move | undefined;
interface Kind {
  operation: OperationName | "auth.update_profile" | "auth.update_member";
  weight: number;
  make: Maker;
}

const emojis = ["👍", "❤️", "😂", "🎉", "🧑🏽‍🚀"];
const pathOf = ({ id }: Known) => `/v1/chat/conversations/${id}` as const;
const isGroup = ({ type }: Known): boolean => type === "group";

const createGroup: Maker = (world) => {
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

/** A message, and the one who does something with it: mostly its sender, where only the sender may. */
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

const ofConversation =
  (more: (world: World, known: Known) => Pick<Move, "operation" | "body">, fits?: (known: Known) => boolean): Maker =>
  (world) => {
    const picked = world.pick(fits);
    return picked && { by: picked.by, ...more(world, picked.known) };
  };

/** In a group; mostly by the owner or an admin, if there is one. */
const ofGroup =
  (more: (world: World, known: Known, by: string) => Pick<Move, "operation" | "body">): Maker =>
  (world) => {
    const picked = world.pick(isGroup);
    if (picked === undefined) return undefined;
    const { known } = picked;
    const ruling = [...known.roles].filter(([, role]) => role !== "member").map(([id]) => id);
    const by = world.dice.chance(0.85) ? (world.person(world.dice.oneOf(ruling)) ?? picked.by) : picked.by;
    return { by, ...more(world, known, by.id), done: () => world.noteRoles(known) };
  };

const towards =
  (method: "POST" | "DELETE"): Maker =>
  ({ dice, people }) => {
    const [by, other] = dice.shuffled(people);
    return by && other && { by, operation: `${method} /v1/chat/users/${other.id}/block` };
  };

const changeProfile: Maker = (world) => {
  const { dice } = world;
  const by = dice.oneOf(world.people);
  const name = `${by?.me.display_name} ${world.text()}`;
  const body = dice.oneOf([
    { display_name: name },
    { avatar_url: `https://example.com/${world.words}.png` },
    { timezone: dice.oneOf(["Europe/Berlin", "Asia/Tokyo", null]) },
  ]);
  return by && body && { by, operation: "PATCH /auth/profile", body };
};

const changeTenantRole: Maker = ({ dice, people, founder }) => {
  const member = dice.oneOf(people);
  const role = dice.oneOf(["admin", "agent", "member"]);
  return member && { by: founder, operation: `PATCH /auth/members/${member.id}`, body: { role } };
};

const kinds: readonly Kind[] = [
  { operation: "auth.update_profile", weight: 4, make: changeProfile },
  { operation: "auth.update_member", weight: 2, make: changeTenantRole },
  { operation: "users.block", weight: 4, make: towards("POST") },
  { operation: "users.unblock", weight: 5, make: towards("DELETE") },
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
  {
    operation: "participants.add",
    weight: 8,
    make: ofGroup(({ dice, people }, known) => ({
      operation: `POST ${pathOf(known)}/participants`,
      body: {
        user_ids: dice.some(people, 2).map(({ id }) => id),
        history: dice.oneOf(["all", "from_join"]),
        role: dice.chance(0.8) ? "member" : "admin",
      },
    })),
  },
  {
    operation: "participants.remove",
    weight: 4,
    make: ofGroup(({ dice }, known) => ({
      operation: `DELETE ${pathOf(known)}/participants/${dice.oneOf([...known.roles.keys()])}`,
    })),
  },
  {
    operation: "participants.remove",
    weight: 3,
    make: (world) => {
      const picked = world.pick(isGroup);
      if (picked === undefined) return undefined;
      const { by, known } = picked;
      return {
        by,
        operation: `DELETE ${pathOf(known)}/participants/${by.id}`,
        done: () => world.noteRoles(known),
      };
    },
  },
  {
    operation: "participants.update",
    weight: 4,
    make: ofGroup(({ dice }, known) => ({
      operation: `PATCH ${pathOf(known)}/participants/${dice.oneOf([...known.roles.keys()])}`,
      body: { role: dice.oneOf(["admin", "admin", "member", "member", "owner"]) },
    })),
  },
];

/** Something that one of the people might do now. */
export function nextMove(world: World): Move | undefined {
  const { conversations, dice } = world;
  // Without a conversation there is little to do.
  if (conversations.size < 2) return createGroup(world);
  let left = dice.next() * kinds.reduce((sum, { weight }) => sum + weight, 0);
  for (const { weight, make } of kinds) {
    left -= weight;
    if (left < 0) return make(world);
  }
  return undefined;
}
