import { anEmail, logIn, passphrase } from "../harness/people.js";
import type { Fixture } from "./fixture.js";
import type { Player, RoleWorkspace } from "./role-workspace.js";
import type { Case, OperationName } from "./roles.js";
import type { Input } from "./transports.js";

export interface Asking {
  fixture: Fixture;
  /** Nobody when the caller is anonymous. */
  player: Player | undefined;
  workspace: RoleWorkspace;
}

export interface Request {
  input: Input;
  /** Where the call ends the session that makes it. */
  token?: string;
}

type Ask = (asking: Asking) => Request | Promise<Request>;

const plain =
  (inputOf: (asking: Asking) => Input | Promise<Input>): Ask =>
  async (asking) => ({ input: await inputOf(asking) });

const nothing = plain(() => ({}));
const group = (more: Input = {}): Ask => plain(({ fixture }) => ({ id: fixture.group, ...more }));
const direct = (more: Input = {}): Ask => plain(({ fixture }) => ({ id: fixture.direct, ...more }));
const message = (more: Input = {}): Ask => plain(({ fixture }) => ({ id: fixture.message, ...more }));
const ownMessage = (more: Input = {}): Ask =>
  plain(async ({ fixture, player }) => ({ id: await fixture.own(player), ...more }));
const personIn = ({ player, workspace }: Asking) => player?.person ?? workspace.target;

/** The requests of the cases. The target signs in, whichever role asks: signing in is open to everybody. */
const requests: { [O in OperationName]: { [C in Case<O>]: Ask } } = {
  "auth.signup": {
    "a new workspace": plain(() => ({
      email: anEmail(),
      password: passphrase,
      display_name: "New",
      tenant_name: "New",
    })),
  },
  "auth.login": {
    "with credentials": plain(({ workspace: { target } }) => ({ email: target.email, password: target.password })),
  },
  "auth.refresh": {
    "with a refresh token": plain(async ({ workspace }) => ({
      refresh_token: (await logIn(workspace.target)).refresh_token,
    })),
  },
  "auth.logout": {
    "of a session of their own": async ({ player }) =>
      player === undefined ? { input: {} } : { input: {}, token: (await logIn(player.person)).token },
  },
  "auth.me": { themselves: nothing },
  "auth.update_profile": { "their own": plain(() => ({ timezone: "Europe/Berlin" })) },
  "auth.change_password": {
    "with a wrong password": plain(() => ({ current_password: "not the password", new_password: passphrase })),
  },
  "auth.create_invite": { "of a member": plain(() => ({ role: "member" })) },
  "auth.list_invites": { "of their workspace": nothing },
  "auth.revoke_invite": { "of the workspace": plain(async ({ fixture }) => ({ id: await fixture.invite() })) },
  "auth.list_sessions": { "their own": nothing },
  "auth.revoke_session": {
    "one of their own": plain(async (asking) => ({ id: await asking.fixture.session(personIn(asking)) })),
    "somebody else's": plain(async ({ workspace, fixture }) => ({ id: await fixture.session(workspace.target) })),
  },
  "auth.update_member": { "of the workspace": plain(({ fixture }) => ({ userId: fixture.target, role: "member" })) },
  "messaging.token": { "their own": nothing },

  "conversations.list": { all: plain(() => ({ limit: 100, filter: "all" })) },
  "conversations.create": {
    "a group with somebody of the workspace": plain(({ fixture }) => ({
      type: "group",
      participant_ids: [fixture.target],
    })),
    "a direct one with somebody of the workspace": plain(({ fixture }) => ({
      type: "direct",
      participant_ids: [fixture.target],
    })),
  },
  "conversations.get": { "the group": group(), "the direct one": direct() },
  "conversations.update": {
    "the group": group({ name: "Another name" }),
    "the direct one": direct({ name: "Another name" }),
  },
  "conversations.delete": {
    "the group for me": group({ scope: "for_me" }),
    "the group for everyone": group({ scope: "for_everyone" }),
    "the direct one for me": direct({ scope: "for_me" }),
    "the direct one for everyone": direct({ scope: "for_everyone" }),
  },
  "conversations.mark_read": { "in the group": group({ seq: 1 }), "in the direct one": direct({ seq: 1 }) },
  "conversations.set_typing": { "in the group": group(), "in the direct one": direct() },
  "conversations.mute": { "the group": group() },
  "conversations.unmute": { "the group": group() },
  "conversations.archive": { "the group": group() },
  "conversations.unarchive": { "the group": group() },
  "conversations.list_unread": { all: nothing },

  "participants.list": { "of the group": group(), "of the direct one": direct() },
  "participants.add": {
    "to the group": plain(({ fixture }) => ({ id: fixture.group, user_ids: [fixture.absent] })),
    "to the direct one": plain(({ fixture }) => ({ id: fixture.direct, user_ids: [fixture.absent] })),
  },
  "participants.remove": {
    "a member": plain(({ fixture }) => ({ id: fixture.group, userId: fixture.target })),
    "an admin": plain(({ fixture }) => ({ id: fixture.group, userId: fixture.peer })),
    "the owner": plain(({ fixture }) => ({ id: fixture.group, userId: fixture.owner })),
    themselves: plain((asking) => ({ id: asking.fixture.group, userId: personIn(asking).id })),
    "somebody who is not in it": plain(({ fixture }) => ({ id: fixture.group, userId: fixture.absent })),
    "a side of the direct one": plain(({ fixture }) => ({ id: fixture.direct, userId: fixture.side })),
  },
  "participants.update": {
    "a member to admin": plain(({ fixture }) => ({ id: fixture.group, userId: fixture.target, role: "admin" })),
    "a member to owner": plain(({ fixture }) => ({ id: fixture.group, userId: fixture.target, role: "owner" })),
    "an admin to member": plain(({ fixture }) => ({ id: fixture.group, userId: fixture.peer, role: "member" })),
    "the owner to admin": plain(({ fixture }) => ({ id: fixture.group, userId: fixture.owner, role: "admin" })),
    "somebody who is not in it": plain(({ fixture }) => ({ id: fixture.group, userId: fixture.absent, role: "admin" })),
    "a side of the direct one": plain(({ fixture }) => ({ id: fixture.direct, userId: fixture.side, role: "admin" })),
  },

  "messages.send": {
    "to the group": plain(({ fixture }) => ({ conversation_id: fixture.group, text: "sent" })),
    "to the direct one": plain(({ fixture }) => ({ conversation_id: fixture.direct, text: "sent" })),
  },
  "messages.list": { "of the group": group() },
  "messages.sync": {
    "of the group": plain(({ fixture }) => ({
      conversations: [{ conversation_id: fixture.group, last_seq: 0, last_change_seq: 0 }],
    })),
  },
  "messages.get": { "of the group": message() },
  "messages.list_edits": { "of a message in the group": message() },
  "messages.edit": { "their own": ownMessage({ text: "edited" }), "somebody else's": message({ text: "edited" }) },
  "messages.delete": {
    "somebody else's for me": message({ scope: "for_me" }),
    "their own for everyone": ownMessage({ scope: "for_everyone" }),
    "somebody else's for everyone": message({ scope: "for_everyone" }),
    "a system message for everyone": plain(({ fixture }) => ({ id: fixture.system, scope: "for_everyone" })),
  },
  "messages.react": { "to a message in the group": message({ emoji: "👍", action: "add" }) },
  "messages.forward": {
    "from the group": plain(({ fixture, player }) => ({
      message_ids: [fixture.message],
      conversation_ids: [player?.home ?? fixture.group],
    })),
    "to the group": plain(({ fixture, player }) => ({
      message_ids: [player?.homeMessage ?? fixture.message],
      conversation_ids: [fixture.group],
    })),
  },
  "messages.search": {
    everywhere: plain(() => ({ q: "canary" })),
    "in the group": plain(({ fixture }) => ({ q: "canary", conversation_id: fixture.group })),
  },

  "users.list": { all: nothing },
  "users.search": { "by name": plain(() => ({ q: "Target" })) },
  "users.list_agents": { all: nothing },
  "users.block": { "somebody of the workspace": plain(({ fixture }) => ({ id: fixture.peer })) },
  "users.unblock": { "somebody of the workspace": plain(({ fixture }) => ({ id: fixture.peer })) },
  "users.list_blocks": { "their own": nothing },

  "media.create_upload_url": {
    "for a file": plain(() => ({ file_name: "notes.txt", content_type: "text/plain", size_bytes: 11 })),
  },
  "media.confirm": {
    "their own": plain(async (asking) => ({ id: await asking.fixture.upload(personIn(asking)) })),
    "somebody else's": plain(async ({ fixture }) => ({ id: await fixture.uploadOfPeer() })),
  },
  "media.get": { "of a message in the group": plain(async ({ fixture }) => ({ id: await fixture.media() })) },
};

export const askOf = (operation: OperationName, name: string): Ask => {
  const ask = (requests[operation] as Record<string, Ask>)[name];
  if (ask === undefined) throw new Error(`${operation} has no case ${name}`);
  return ask;
};
