import { randomUUID } from "node:crypto";
import { invite, type Operation, type Person } from "../harness/people.js";
import { connect } from "../harness/socket.js";
import { withSockets } from "../harness/workspace.js";
import type { eventRows } from "./events.js";
import { expectOk, type Fixture } from "./fixture.js";
import type { RoleWorkspace } from "./role-workspace.js";

interface Staged {
  workspace: RoleWorkspace;
  fixture: Fixture;
}
type Cause = (staged: Staged) => Promise<unknown>;

type EventRows = typeof eventRows;

const inGroup = (fixture: Fixture, rest = ""): `/v1/chat/conversations/${string}` =>
  `/v1/chat/conversations/${fixture.group}${rest}`;
const idOf = (workspace: RoleWorkspace, role: keyof RoleWorkspace["players"]): string =>
  workspace.players[role].person.id;

/** One call, by somebody in a role. */
const calls =
  (
    role: keyof RoleWorkspace["players"],
    operationOf: (staged: Staged) => Operation | Promise<Operation>,
    body?: (staged: Staged) => object,
  ): Cause =>
  async (staged) =>
    expectOk(staged.workspace.players[role].person, await operationOf(staged), body?.(staged));

const removesMember = calls(
  "owner",
  ({ workspace, fixture }) => `DELETE ${inGroup(fixture, `/participants/${idOf(workspace, "member")}`)}`,
);
const adminLeaves = calls(
  "admin",
  ({ workspace, fixture }) => `DELETE ${inGroup(fixture, `/participants/${idOf(workspace, "admin")}`)}`,
);
const renames = calls(
  "admin",
  ({ fixture }) => `PATCH ${inGroup(fixture)}`,
  () => ({ name: "Another name" }),
);
const reads = calls(
  "member",
  ({ fixture }) => `POST ${inGroup(fixture, "/read")}`,
  () => ({ seq: 1 }),
);
const deletesMessage = (scope: string): Cause =>
  calls("admin", ({ fixture }) => `DELETE /v1/chat/messages/${fixture.message}?scope=${scope}`);

async function newcomer({ stack, players }: RoleWorkspace): Promise<Person> {
  return invite(stack, players.workspace_owner.person, "Newcomer");
}
const adds: Cause = async ({ workspace, fixture }) =>
  expectOk(workspace.players.owner.person, `POST ${inGroup(fixture, "/participants")}`, {
    user_ids: [(await newcomer(workspace)).id],
  });

/** A file whose bytes are what they claim to be, or are not. */
const uploads =
  (content_type: string): Cause =>
  async ({ workspace, fixture }) => {
    const { person } = workspace.players.member;
    const id = await fixture.upload(person, content_type);
    return person.call(`POST /v1/chat/media/${id}/confirm`, { body: {} });
  };

const blocks = calls("member", ({ fixture }) => `POST /v1/chat/users/${fixture.absent}/block`);

/** The causes of each event. */
export const causes: { [E in keyof EventRows]: { [C in keyof EventRows[E]]: Cause } } = {
  "message.created": {
    "a message": calls(
      "member",
      () => "POST /v1/chat/messages/send",
      ({ fixture }) => ({ conversation_id: fixture.group, text: "sent" }),
    ),
  },
  "message.updated": {
    "an edit": calls(
      "member",
      async ({ workspace, fixture }) => `PATCH /v1/chat/messages/${await fixture.own(workspace.players.member)}`,
      () => ({ text: "edited" }),
    ),
    "a file": async ({ workspace, fixture }) => {
      const { person } = workspace.players.member;
      const [id, message_id] = [await fixture.upload(person), await fixture.own(workspace.players.member)];
      await expectOk(person, `POST /v1/chat/media/${id}/confirm`, { message_id });
    },
  },
  "message.deleted": { "for everyone": deletesMessage("for_everyone"), "for me": deletesMessage("for_me") },
  "reaction.updated": {
    "a reaction": calls(
      "member",
      ({ fixture }) => `POST /v1/chat/messages/${fixture.message}/reactions`,
      () => ({ emoji: "👍" }),
    ),
  },
  "conversation.created": {
    "a group": calls(
      "owner",
      () => "POST /v1/chat/conversations",
      ({ workspace }) => ({
        type: "group",
        participant_ids: (["member", "workspace_admin", "admin"] as const).map((role) => idOf(workspace, role)),
      }),
    ),
    "a group they are added to": async ({ workspace, fixture }) => {
      const person = await newcomer(workspace);
      await withSockets(workspace.stack, [person], async (socket) => {
        await expectOk(workspace.players.owner.person, `POST ${inGroup(fixture, "/participants")}`, {
          user_ids: [person.id],
        });
        await socket.event("conversation.created", (frame) => frame["conversation_id"] === fixture.group);
      });
    },
  },
  "conversation.updated": { "a new name": renames, "somebody added": adds, "somebody removed": removesMember },
  "conversation.deleted": {
    "for everyone": calls("owner", ({ fixture }) => `DELETE ${inGroup(fixture, "?scope=for_everyone")}`),
    "for me": calls("member", ({ fixture }) => `DELETE ${inGroup(fixture, "?scope=for_me")}`),
  },
  "conversation.removed": { "removed by the owner": removesMember, "left by themselves": adminLeaves },
  "conversation.read": { "a new position": reads },
  "conversation.state_updated": {
    "a mute": calls(
      "member",
      ({ fixture }) => `POST ${inGroup(fixture, "/mute")}`,
      () => ({}),
    ),
    "an archive": calls(
      "admin",
      ({ fixture }) => `POST ${inGroup(fixture, "/archive")}`,
      () => ({}),
    ),
    "a new position": reads,
  },
  typing: {
    "by a member": calls(
      "member",
      ({ fixture }) => `POST ${inGroup(fixture, "/typing")}`,
      () => ({}),
    ),
  },
  "participant.added": { "somebody new": adds },
  "participant.updated": {
    "another role": calls(
      "owner",
      ({ fixture }) => `PATCH ${inGroup(fixture, `/participants/${fixture.target}`)}`,
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
      await calls("member", ({ fixture }) => `DELETE /v1/chat/users/${fixture.absent}/block`)(staged);
    },
  },
  "presence.changed": {
    // Somebody whom all in the group share it with, and nobody else.
    "somebody comes": async ({ workspace }) => (await connect(workspace.stack, workspace.target)).close(),
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
