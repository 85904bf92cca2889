import { randomUUID } from "node:crypto";
import { invite, type Operation, type Person } from "../harness/people.js";
import { connect } from "../harness/socket.js";
import { withSockets } from "../harness/workspace.js";
import type { Cast } from "./cast.js";
import type { eventRows } from "./roles.js";
import { expectOk, type Scene } from "./scene.js";

interface Staged {
  cast: Cast;
  scene: Scene;
}
type Cause = (staged: Staged) => Promise<unknown>;

type EventRows = typeof eventRows;

const inGroup = (scene: Scene, rest = ""): `/v1/chat/conversations/${string}` =>
  `/v1/chat/conversations/${scene.group}${rest}`;
const idOf = (cast: Cast, role: keyof Cast["players"]): string => cast.players[role].person.id;

/** One call, by somebody in a role. */
const calls =
  (
    role: keyof Cast["players"],
    operationOf: (staged: Staged) => Operation | Promise<Operation>,
    body?: (staged: Staged) => object,
  ): Cause =>
  async (staged) =>
    expectOk(staged.cast.players[role].person, await operationOf(staged), body?.(staged));

const removesMember = calls(
  "owner",
  ({ cast, scene }) => `DELETE ${inGroup(scene, `/participants/${idOf(cast, "member")}`)}`,
);
const adminLeaves = calls(
  "admin",
  ({ cast, scene }) => `DELETE ${inGroup(scene, `/participants/${idOf(cast, "admin")}`)}`,
);
const renames = calls(
  "admin",
  ({ scene }) => `PATCH ${inGroup(scene)}`,
  () => ({ name: "Another name" }),
);
const reads = calls(
  "member",
  ({ scene }) => `POST ${inGroup(scene, "/read")}`,
  () => ({ seq: 1 }),
);
const deletesMessage = (scope: string): Cause =>
  calls("admin", ({ scene }) => `DELETE /v1/chat/messages/${scene.message}?scope=${scope}`);

async function newcomer({ stack, players }: Cast): Promise<Person> {
  return invite(stack, players.workspace_owner.person, "Newcomer");
}
const adds: Cause = async ({ cast, scene }) =>
  expectOk(cast.players.owner.person, `POST ${inGroup(scene, "/participants")}`, {
    user_ids: [(await newcomer(cast)).id],
  });

/** A file whose bytes are what they claim to be, or are not. */
const uploads =
  (content_type: string): Cause =>
  async ({ cast, scene }) => {
    const { person } = cast.players.member;
    const id = await scene.upload(person, content_type);
    return person.call(`POST /v1/chat/media/${id}/confirm`, { body: {} });
  };

const blocks = calls("member", ({ scene }) => `POST /v1/chat/users/${scene.absent}/block`);

/** What makes each event happen. */
export const causes: { [E in keyof EventRows]: { [C in keyof EventRows[E]]: Cause } } = {
  "message.created": {
    "a message": calls(
      "member",
      () => "POST /v1/chat/messages/send",
      ({ scene }) => ({ conversation_id: scene.group, text: "sent" }),
    ),
  },
  "message.updated": {
    "an edit": calls(
      "member",
      async ({ cast, scene }) => `PATCH /v1/chat/messages/${await scene.own(cast.players.member)}`,
      () => ({ text: "edited" }),
    ),
    "a file": async ({ cast, scene }) => {
      const { person } = cast.players.member;
      const [id, message_id] = [await scene.upload(person), await scene.own(cast.players.member)];
      await expectOk(person, `POST /v1/chat/media/${id}/confirm`, { message_id });
    },
  },
  "message.deleted": { "for everyone": deletesMessage("for_everyone"), "for me": deletesMessage("for_me") },
  "reaction.updated": {
    "a reaction": calls(
      "member",
      ({ scene }) => `POST /v1/chat/messages/${scene.message}/reactions`,
      () => ({ emoji: "👍" }),
    ),
  },
  "conversation.created": {
    "a group": calls(
      "owner",
      () => "POST /v1/chat/conversations",
      ({ cast }) => ({
        type: "group",
        participant_ids: (["member", "workspace_admin", "admin"] as const).map((role) => idOf(cast, role)),
      }),
    ),
    "a group they are added to": async ({ cast, scene }) => {
      const person = await newcomer(cast);
      await withSockets(cast.stack, [person], async (socket) => {
        await expectOk(cast.players.owner.person, `POST ${inGroup(scene, "/participants")}`, { user_ids: [person.id] });
        await socket.event("conversation.created", (frame) => frame["conversation_id"] === scene.group);
      });
    },
  },
  "conversation.updated": { "a new name": renames, "somebody added": adds, "somebody removed": removesMember },
  "conversation.deleted": {
    "for everyone": calls("owner", ({ scene }) => `DELETE ${inGroup(scene, "?scope=for_everyone")}`),
    "for me": calls("member", ({ scene }) => `DELETE ${inGroup(scene, "?scope=for_me")}`),
  },
  "conversation.removed": { "removed by the owner": removesMember, "left by themselves": adminLeaves },
  "conversation.read": { "a new position": reads },
  "conversation.state_updated": {
    "a mute": calls(
      "member",
      ({ scene }) => `POST ${inGroup(scene, "/mute")}`,
      () => ({}),
    ),
    "an archive": calls(
      "admin",
      ({ scene }) => `POST ${inGroup(scene, "/archive")}`,
      () => ({}),
    ),
    "a new position": reads,
  },
  typing: {
    "by a member": calls(
      "member",
      ({ scene }) => `POST ${inGroup(scene, "/typing")}`,
      () => ({}),
    ),
  },
  "participant.added": { "somebody new": adds },
  "participant.updated": {
    "another role": calls(
      "owner",
      ({ scene }) => `PATCH ${inGroup(scene, `/participants/${scene.target}`)}`,
      () => ({ role: "admin" }),
    ),
  },
  "participant.removed": { "removed by the owner": removesMember, "left by themselves": adminLeaves },
  "user.updated": {
    "a new name": calls(
      "member",
      () => "PATCH /auth/profile",
      () => ({ display_name: `Member ${randomUUID()}` }),
    ),
  },
  "block.created": { "a block": blocks },
  "block.removed": {
    "an unblock": async (staged) => {
      await blocks(staged);
      await calls("member", ({ scene }) => `DELETE /v1/chat/users/${scene.absent}/block`)(staged);
    },
  },
  "presence.changed": {
    // Somebody whom all in the group share it with, and nobody else.
    "somebody comes": async ({ cast }) => (await connect(cast.stack, cast.target)).close(),
    "another availability": calls(
      "member",
      () => "PATCH /auth/profile",
      () => ({ availability: "busy" }),
    ),
  },
  "media.ready": { "an upload": uploads("text/plain") },
  "media.rejected": { "an upload": uploads("image/png") },
};

export const causeOf = (type: keyof EventRows, name: string): Cause => {
  const cause = (causes[type] as Record<string, Cause>)[name];
  if (cause === undefined) throw new Error(`${type} has no case ${name}`);
  return cause;
};
