import { randomUUID } from "node:crypto";
import { confirm, ready } from "../harness/files.js";
import { say } from "../harness/people.js";
import { type Attempt, type CasesOf, must, type Role, type Scene } from "./scene.js";

const path = ({ members }: Scene) => `/v1/chat/messages/${members.id}` as const;

const send = (scene: Scene, by: Role, more: object = {}): Attempt => ({
  by,
  operation: "POST /v1/chat/messages/send",
  body: { conversation_id: scene.group.id, client_message_id: "c-1", text: "Hello", ...more },
});
const edit = (scene: Scene, by: Role, text = "Edited"): Attempt => ({
  by,
  operation: `PATCH ${path(scene)}`,
  body: { text },
});
const remove = (scene: Scene, by: Role, scope: "for_me" | "for_everyone"): Attempt => ({
  by,
  operation: `DELETE ${path(scene)}?scope=${scope}`,
});
const react = (scene: Scene, by: Role, action: string, emoji = "👍"): Attempt => ({
  by,
  operation: `POST ${path(scene)}/reactions`,
  body: { emoji, action },
});
const forward = (scene: Scene, by: Role, more: object = {}): Attempt => ({
  by,
  operation: "POST /v1/chat/messages/forward",
  body: {
    message_ids: [scene.owners.id, scene.members.id],
    conversation_ids: [scene.direct.id, scene.group.id],
    client_forward_id: "f-1",
    ...more,
  },
});
const sync = (body: object): Attempt => ({ by: "member", operation: "POST /v1/chat/messages/sync", body });

const reply = (scene: Scene) => say(scene.owner, scene.group.id, "a reply", { reply_to_message_id: scene.members.id });
/** Adds a file to what the member has said. */
const withFile = async (scene: Scene): Promise<void> => {
  const { id } = await ready(scene.member);
  await confirm(scene.member, id, { message_id: scene.members.id });
};
const hideGroup = (scene: Scene) =>
  must(scene, { by: "member", operation: `DELETE /v1/chat/conversations/${scene.group.id}` });

export const messagesCases: CasesOf<"messages"> = {
  send: [
    {
      name: "a text",
      change: (scene) => send(scene, "member", { mentions: [scene.owner.id], metadata: { a: 1 } }),
      again: 200,
      refused: (scene) => ({ ...send(scene, "guest"), status: 404 }),
      hears: { participants: ["message.created"] },
    },
    {
      name: "files without a text",
      prepare: async (scene) => {
        scene.files = [await ready(scene.member), await ready(scene.member)];
      },
      change: (scene) => send(scene, "member", { text: undefined, media_ids: scene.files?.map(({ id }) => id) }),
      again: 200,
      refused: (scene) => ({ ...send(scene, "owner", { media_ids: scene.files?.map(({ id }) => id) }), status: 404 }),
      hears: { participants: ["message.created"], member: ["message.created"] },
    },
    {
      name: "a reply",
      change: (scene) => send(scene, "owner", { reply_to_message_id: scene.members.id }),
      again: 200,
      refused: (scene) => ({ ...send(scene, "owner", { text: "other content" }), status: 409 }),
      hears: { participants: ["message.created"] },
    },
    {
      name: "to somebody who has deleted the conversation for themselves",
      prepare: hideGroup,
      change: (scene) => send(scene, "owner"),
      again: 200,
      refused: (scene) => ({ ...send(scene, "guest"), status: 404 }),
      hears: { participants: ["message.created"], member: ["conversation.created", "message.created"] },
    },
    {
      name: "by somebody who has deleted the conversation for themselves",
      prepare: hideGroup,
      change: (scene) => send(scene, "member"),
      again: 200,
      refused: (scene) => ({ ...send(scene, "guest"), status: 404 }),
      hears: { participants: ["message.created"], member: ["conversation.created", "message.created"] },
    },
  ],
  sync: [
    {
      name: "changes nothing",
      change: ({ group }) => sync({ conversations: [{ conversation_id: group.id, last_seq: 0, last_change_seq: 0 }] }),
      again: 200,
      refused: () => ({ ...sync({ conversations: [], user_cursor: "nonsense" }), status: 400 }),
      hears: {},
    },
  ],
  edit: [
    {
      name: "a text",
      change: (scene) => edit(scene, "member"),
      again: 200,
      refused: (scene) => ({ ...edit(scene, "owner", "Mine"), status: 403 }),
      hears: { participants: ["message.updated"] },
    },
    {
      name: "what somebody has replied to, and has got a file meanwhile",
      prepare: async (scene) => {
        await reply(scene);
        await withFile(scene);
      },
      change: (scene) => edit(scene, "member"),
      again: 200,
      refused: (scene) => ({ ...edit(scene, "guest", "Mine"), status: 404 }),
      hears: { participants: ["message.updated"] },
    },
    {
      name: "what somebody has deleted for themselves",
      prepare: (scene) => must(scene, remove(scene, "owner", "for_me")),
      change: (scene) => edit(scene, "member"),
      again: 200,
      refused: (scene) => ({ ...edit(scene, "owner", "Mine"), status: 404 }),
      hears: { participants: ["message.updated"], owner: [] },
    },
  ],
  delete: [
    {
      name: "for everyone, by the sender",
      change: (scene) => remove(scene, "member", "for_everyone"),
      again: 204,
      refused: (scene) => ({ ...remove(scene, "guest", "for_everyone"), status: 404 }),
      hears: { participants: ["message.deleted"] },
    },
    {
      name: "for everyone: what carries a file",
      prepare: withFile,
      change: (scene) => remove(scene, "member", "for_everyone"),
      again: 204,
      refused: (scene) => ({ ...remove(scene, "guest", "for_everyone"), status: 404 }),
      hears: { participants: ["message.deleted"] },
    },
    {
      name: "for everyone, by an owner: what has a reply and reactions, and was unread",
      prepare: async (scene) => {
        await must(scene, react(scene, "admin", "add"));
        await reply(scene);
      },
      change: (scene) => remove(scene, "owner", "for_everyone"),
      again: 204,
      refused: ({ owners }) => ({
        by: "member",
        operation: `DELETE /v1/chat/messages/${owners.id}?scope=for_everyone`,
        status: 403,
      }),
      hears: { participants: ["message.deleted"] },
    },
    {
      name: "for me: what has a reply",
      prepare: reply,
      change: (scene) => remove(scene, "member", "for_me"),
      again: 204,
      refused: (scene) => ({ ...remove(scene, "guest", "for_me"), status: 404 }),
      hears: { participants: [], member: ["message.deleted"] },
    },
    {
      name: "for me: the newest, unread",
      change: (scene) => remove(scene, "owner", "for_me"),
      again: 204,
      refused: (scene) => ({ ...remove(scene, "guest", "for_me"), status: 404 }),
      hears: { participants: [], owner: ["message.deleted", "conversation.state_updated"] },
    },
    {
      name: "for everyone: what somebody has deleted for themselves",
      prepare: (scene) => must(scene, remove(scene, "owner", "for_me")),
      change: (scene) => remove(scene, "member", "for_everyone"),
      again: 204,
      refused: (scene) => ({ ...remove(scene, "guest", "for_everyone"), status: 404 }),
      hears: { participants: ["message.deleted"], owner: [] },
    },
  ],
  react: [
    {
      name: "add",
      change: (scene) => react(scene, "owner", "add"),
      again: 200,
      refused: (scene) => ({ ...react(scene, "owner", "add", "no emoji"), status: 400 }),
      hears: { participants: ["reaction.updated"] },
    },
    {
      name: "remove",
      prepare: async (scene) => {
        await must(scene, react(scene, "member", "add"));
        await must(scene, react(scene, "owner", "add"));
      },
      change: (scene) => react(scene, "member", "remove"),
      again: 200,
      refused: (scene) => ({ ...react(scene, "guest", "remove"), status: 404 }),
      hears: { participants: ["reaction.updated"] },
    },
    {
      name: "toggle",
      change: (scene) => react(scene, "member", "toggle"),
      refused: (scene) => ({ ...react(scene, "guest", "toggle"), status: 404 }),
      hears: { participants: ["reaction.updated"] },
    },
    {
      name: "to what somebody has deleted for themselves",
      prepare: (scene) => must(scene, remove(scene, "owner", "for_me")),
      change: (scene) => react(scene, "member", "add"),
      again: 200,
      refused: (scene) => ({ ...react(scene, "owner", "add"), status: 404 }),
      hears: { participants: ["reaction.updated"], owner: [] },
    },
  ],
  forward: [
    {
      name: "a message with a file",
      prepare: withFile,
      change: (scene) => forward(scene, "owner", { message_ids: [scene.members.id] }),
      again: 200,
      refused: (scene) => ({ ...forward(scene, "guest", { client_forward_id: "f-2" }), status: 404 }),
      hears: {
        owner: ["message.created", "message.created"],
        member: ["message.created", "message.created"],
        admin: ["message.created"],
      },
    },
    {
      name: "two messages to two conversations",
      change: (scene) => forward(scene, "owner"),
      again: 200,
      refused: (scene) => ({
        ...forward(scene, "owner", { message_ids: [randomUUID()], client_forward_id: "f-2" }),
        status: 404,
      }),
      hears: {
        owner: ["message.created", "message.created", "message.created", "message.created"],
        member: ["message.created", "message.created", "message.created", "message.created"],
        admin: ["message.created", "message.created"],
      },
    },
  ],
};
