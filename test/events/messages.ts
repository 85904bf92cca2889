import { randomUUID } from "node:crypto";
import { confirm, ready } from "../harness/files.js";
import { say } from "../harness/people.js";
import { type Attempt, type CasesOf, type Fixture, must, type Role } from "./fixture.js";

const path = ({ members }: Fixture) => `/v1/chat/messages/${members.id}` as const;

const send = (fixture: Fixture, by: Role, more: object = {}): Attempt => ({
  by,
  operation: "POST /v1/chat/messages/send",
  body: { conversation_id: fixture.group.id, client_message_id: "c-1", text: "Hello", ...more },
});
const edit = (fixture: Fixture, by: Role, text = "Edited"): Attempt => ({
  by,
  operation: `PATCH ${path(fixture)}`,
  body: { text },
});
const remove = (fixture: Fixture, by: Role, scope: "for_me" | "for_everyone"): Attempt => ({
  by,
  operation: `DELETE ${path(fixture)}?scope=${scope}`,
});
const react = (fixture: Fixture, by: Role, action: string, emoji = "👍"): Attempt => ({
  by,
  operation: `POST ${path(fixture)}/reactions`,
  body: { emoji, action },
});
const forward = (fixture: Fixture, by: Role, more: object = {}): Attempt => ({
  by,
  operation: "POST /v1/chat/messages/forward",
  body: {
    message_ids: [fixture.owners.id, fixture.members.id],
    conversation_ids: [fixture.direct.id, fixture.group.id],
    client_forward_id: "f-1",
    ...more,
  },
});
const sync = (body: object): Attempt => ({ by: "member", operation: "POST /v1/chat/messages/sync", body });

const reply = (fixture: Fixture) =>
  say(fixture.owner, fixture.group.id, "a reply", { reply_to_message_id: fixture.members.id });
/** Adds a file to what the member has said. */
const withFile = async (fixture: Fixture): Promise<void> => {
  const { id } = await ready(fixture.member);
  await confirm(fixture.member, id, { message_id: fixture.members.id });
};
const hideGroup = (fixture: Fixture) =>
  must(fixture, { by: "member", operation: `DELETE /v1/chat/conversations/${fixture.group.id}` });

export const messagesCases: CasesOf<"messages"> = {
  send: [
    {
      name: "a text",
      change: (fixture) => send(fixture, "member", { mentions: [fixture.owner.id], metadata: { a: 1 } }),
      again: 200,
      refused: (fixture) => ({ ...send(fixture, "guest"), status: 404 }),
      receives: { participants: ["message.created"] },
    },
    {
      name: "files without a text",
      prepare: async (fixture) => {
        fixture.files = [await ready(fixture.member), await ready(fixture.member)];
      },
      change: (fixture) => send(fixture, "member", { text: undefined, media_ids: fixture.files?.map(({ id }) => id) }),
      again: 200,
      refused: (fixture) => ({
        ...send(fixture, "owner", { media_ids: fixture.files?.map(({ id }) => id) }),
        status: 404,
      }),
      receives: { participants: ["message.created"], member: ["message.created"] },
    },
    {
      name: "a reply",
      change: (fixture) => send(fixture, "owner", { reply_to_message_id: fixture.members.id }),
      again: 200,
      refused: (fixture) => ({ ...send(fixture, "owner", { text: "other content" }), status: 409 }),
      receives: { participants: ["message.created"] },
    },
    {
      name: "to somebody who has deleted the conversation for themselves",
      prepare: hideGroup,
      change: (fixture) => send(fixture, "owner"),
      again: 200,
      refused: (fixture) => ({ ...send(fixture, "guest"), status: 404 }),
      receives: { participants: ["message.created"], member: ["conversation.created", "message.created"] },
    },
    {
      name: "by somebody who has deleted the conversation for themselves",
      prepare: hideGroup,
      change: (fixture) => send(fixture, "member"),
      again: 200,
      refused: (fixture) => ({ ...send(fixture, "guest"), status: 404 }),
      receives: { participants: ["message.created"], member: ["conversation.created", "message.created"] },
    },
  ],
  sync: [
    {
      name: "changes nothing",
      change: ({ group }) => sync({ conversations: [{ conversation_id: group.id, last_seq: 0, last_change_seq: 0 }] }),
      again: 200,
      refused: () => ({ ...sync({ conversations: [], user_cursor: "nonsense" }), status: 400 }),
      receives: {},
    },
  ],
  edit: [
    {
      name: "a text",
      change: (fixture) => edit(fixture, "member"),
      again: 200,
      refused: (fixture) => ({ ...edit(fixture, "owner", "Mine"), status: 403 }),
      receives: { participants: ["message.updated"] },
    },
    {
      name: "what somebody has replied to, and has got a file meanwhile",
      prepare: async (fixture) => {
        await reply(fixture);
        await withFile(fixture);
      },
      change: (fixture) => edit(fixture, "member"),
      again: 200,
      refused: (fixture) => ({ ...edit(fixture, "guest", "Mine"), status: 404 }),
      receives: { participants: ["message.updated"] },
    },
    {
      name: "what somebody has deleted for themselves",
      prepare: (fixture) => must(fixture, remove(fixture, "owner", "for_me")),
      change: (fixture) => edit(fixture, "member"),
      again: 200,
      refused: (fixture) => ({ ...edit(fixture, "owner", "Mine"), status: 404 }),
      receives: { participants: ["message.updated"], owner: [] },
    },
  ],
  delete: [
    {
      name: "for everyone, by the sender",
      change: (fixture) => remove(fixture, "member", "for_everyone"),
      again: 204,
      refused: (fixture) => ({ ...remove(fixture, "guest", "for_everyone"), status: 404 }),
      receives: { participants: ["message.deleted"] },
    },
    {
      name: "for everyone: what carries a file",
      prepare: withFile,
      change: (fixture) => remove(fixture, "member", "for_everyone"),
      again: 204,
      refused: (fixture) => ({ ...remove(fixture, "guest", "for_everyone"), status: 404 }),
      receives: { participants: ["message.deleted"] },
    },
    {
      name: "for everyone, by an owner: what has a reply and reactions, and was unread",
      prepare: async (fixture) => {
        await must(fixture, react(fixture, "admin", "add"));
        await reply(fixture);
      },
      change: (fixture) => remove(fixture, "owner", "for_everyone"),
      again: 204,
      refused: ({ owners }) => ({
        by: "member",
        operation: `DELETE /v1/chat/messages/${owners.id}?scope=for_everyone`,
        status: 403,
      }),
      receives: { participants: ["message.deleted"] },
    },
    {
      name: "for me: what has a reply",
      prepare: reply,
      change: (fixture) => remove(fixture, "member", "for_me"),
      again: 204,
      refused: (fixture) => ({ ...remove(fixture, "guest", "for_me"), status: 404 }),
      receives: { participants: [], member: ["message.deleted"] },
    },
    {
      name: "for me: the newest, unread",
      change: (fixture) => remove(fixture, "owner", "for_me"),
      again: 204,
      refused: (fixture) => ({ ...remove(fixture, "guest", "for_me"), status: 404 }),
      receives: { participants: [], owner: ["message.deleted", "conversation.state_updated"] },
    },
    {
      name: "for everyone: what somebody has deleted for themselves",
      prepare: (fixture) => must(fixture, remove(fixture, "owner", "for_me")),
      change: (fixture) => remove(fixture, "member", "for_everyone"),
      again: 204,
      refused: (fixture) => ({ ...remove(fixture, "guest", "for_everyone"), status: 404 }),
      receives: { participants: ["message.deleted"], owner: [] },
    },
  ],
  react: [
    {
      name: "add",
      change: (fixture) => react(fixture, "owner", "add"),
      again: 200,
      refused: (fixture) => ({ ...react(fixture, "owner", "add", "no emoji"), status: 400 }),
      receives: { participants: ["reaction.updated"] },
    },
    {
      name: "remove",
      prepare: async (fixture) => {
        await must(fixture, react(fixture, "member", "add"));
        await must(fixture, react(fixture, "owner", "add"));
      },
      change: (fixture) => react(fixture, "member", "remove"),
      again: 200,
      refused: (fixture) => ({ ...react(fixture, "guest", "remove"), status: 404 }),
      receives: { participants: ["reaction.updated"] },
    },
    {
      name: "toggle",
      change: (fixture) => react(fixture, "member", "toggle"),
      refused: (fixture) => ({ ...react(fixture, "guest", "toggle"), status: 404 }),
      receives: { participants: ["reaction.updated"] },
    },
    {
      name: "to what somebody has deleted for themselves",
      prepare: (fixture) => must(fixture, remove(fixture, "owner", "for_me")),
      change: (fixture) => react(fixture, "member", "add"),
      again: 200,
      refused: (fixture) => ({ ...react(fixture, "owner", "add"), status: 404 }),
      receives: { participants: ["reaction.updated"], owner: [] },
    },
  ],
  forward: [
    {
      name: "a message with a file",
      prepare: withFile,
      change: (fixture) => forward(fixture, "owner", { message_ids: [fixture.members.id] }),
      again: 200,
      refused: (fixture) => ({ ...forward(fixture, "guest", { client_forward_id: "f-2" }), status: 404 }),
      receives: {
        owner: ["message.created", "message.created"],
        member: ["message.created", "message.created"],
        admin: ["message.created"],
      },
    },
    {
      name: "two messages to two conversations",
      change: (fixture) => forward(fixture, "owner"),
      again: 200,
      refused: (fixture) => ({
        ...forward(fixture, "owner", { message_ids: [randomUUID()], client_forward_id: "f-2" }),
        status: 404,
      }),
      receives: {
        owner: ["message.created", "message.created", "message.created", "message.created"],
        member: ["message.created", "message.created", "message.created", "message.created"],
        admin: ["message.created", "message.created"],
      },
    },
  ],
};
