import { anEmail, passphrase } from "../harness/accounts.js";
import { anotherSession, type Cast, type Player } from "./cast.js";
import type { Case, OperationName } from "./roles.js";
import type { Scene } from "./scene.js";
import type { Input } from "./transports.js";

export interface Asking {
  scene: Scene;
  /** Nobody when the caller is anonymous. */
  player: Player | undefined;
  cast: Cast;
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
const group = (more: Input = {}): Ask => plain(({ scene }) => ({ id: scene.group, ...more }));
const direct = (more: Input = {}): Ask => plain(({ scene }) => ({ id: scene.direct, ...more }));
const message = (more: Input = {}): Ask => plain(({ scene }) => ({ id: scene.message, ...more }));
const ownMessage = (more: Input = {}): Ask =>
  plain(async ({ scene, player }) => ({ id: await scene.own(player), ...more }));
const personIn = ({ player, cast }: Asking) => player?.person ?? cast.target;

/** What is asked in each case. Signing in is done by the target, whoever asks: it is open to everybody. */
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
    "with credentials": plain(({ cast: { target } }) => ({ email: target.email, password: target.password })),
  },
  "auth.refresh": {
    "with a refresh token": plain(async ({ cast }) => ({
      refresh_token: (await anotherSession(cast.target)).refresh_token,
    })),
  },
  "auth.logout": {
    "of a session of their own": async ({ player }) =>
      player === undefined ? { input: {} } : { input: {}, token: (await anotherSession(player.person)).token },
  },
  "auth.me": { themselves: nothing },
  "auth.update_profile": { "their own": plain(() => ({ timezone: "Europe/Berlin" })) },
  "auth.change_password": {
    "with a wrong password": plain(() => ({ current_password: "not the password", new_password: passphrase })),
  },
  "auth.create_invite": { "of a member": plain(() => ({ role: "member" })) },
  "auth.list_invites": { "of their workspace": nothing },
  "auth.revoke_invite": { "of the workspace": plain(async ({ scene }) => ({ id: await scene.invite() })) },
  "auth.list_sessions": { "their own": nothing },
  "auth.revoke_session": {
    "one of their own": plain(async (asking) => ({ id: await asking.scene.session(personIn(asking)) })),
    "somebody else's": plain(async ({ cast, scene }) => ({ id: await scene.session(cast.target) })),
  },
  "auth.update_member": { "of the workspace": plain(({ scene }) => ({ userId: scene.target, role: "member" })) },
  "messaging.token": { "their own": nothing },

  "conversations.list": { all: plain(() => ({ limit: 100, filter: "all" })) },
  "conversations.create": {
    "a group with somebody of the workspace": plain(({ scene }) => ({
      type: "group",
      participant_ids: [scene.target],
    })),
    "a direct one with somebody of the workspace": plain(({ scene }) => ({
      type: "direct",
      participant_ids: [scene.target],
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
    "to the group": plain(({ scene }) => ({ id: scene.group, user_ids: [scene.absent] })),
    "to the direct one": plain(({ scene }) => ({ id: scene.direct, user_ids: [scene.absent] })),
  },
  "participants.remove": {
    "a member": plain(({ scene }) => ({ id: scene.group, userId: scene.target })),
    "an admin": plain(({ scene }) => ({ id: scene.group, userId: scene.peer })),
    "the owner": plain(({ scene }) => ({ id: scene.group, userId: scene.owner })),
    themselves: plain((asking) => ({ id: asking.scene.group, userId: personIn(asking).id })),
    "somebody who is not in it": plain(({ scene }) => ({ id: scene.group, userId: scene.absent })),
    "a side of the direct one": plain(({ scene }) => ({ id: scene.direct, userId: scene.side })),
  },
  "participants.update": {
    "a member to admin": plain(({ scene }) => ({ id: scene.group, userId: scene.target, role: "admin" })),
    "a member to owner": plain(({ scene }) => ({ id: scene.group, userId: scene.target, role: "owner" })),
    "an admin to member": plain(({ scene }) => ({ id: scene.group, userId: scene.peer, role: "member" })),
    "the owner to admin": plain(({ scene }) => ({ id: scene.group, userId: scene.owner, role: "admin" })),
    "somebody who is not in it": plain(({ scene }) => ({ id: scene.group, userId: scene.absent, role: "admin" })),
    "a side of the direct one": plain(({ scene }) => ({ id: scene.direct, userId: scene.side, role: "admin" })),
  },

  "messages.send": {
    "to the group": plain(({ scene }) => ({ conversation_id: scene.group, text: "sent" })),
    "to the direct one": plain(({ scene }) => ({ conversation_id: scene.direct, text: "sent" })),
  },
  "messages.list": { "of the group": group() },
  "messages.sync": {
    "of the group": plain(({ scene }) => ({
      conversations: [{ conversation_id: scene.group, last_seq: 0, last_change_seq: 0 }],
    })),
  },
  "messages.get": { "of the group": message() },
  "messages.list_edits": { "of a message in the group": message() },
  "messages.edit": { "their own": ownMessage({ text: "edited" }), "somebody else's": message({ text: "edited" }) },
  "messages.delete": {
    "somebody else's for me": message({ scope: "for_me" }),
    "their own for everyone": ownMessage({ scope: "for_everyone" }),
    "somebody else's for everyone": message({ scope: "for_everyone" }),
    "a system message for everyone": plain(({ scene }) => ({ id: scene.system, scope: "for_everyone" })),
  },
  "messages.react": { "to a message in the group": message({ emoji: "👍", action: "add" }) },
  "messages.forward": {
    "from the group": plain(({ scene, player }) => ({
      message_ids: [scene.message],
      conversation_ids: [player?.home ?? scene.group],
    })),
    "to the group": plain(({ scene, player }) => ({
      message_ids: [player?.homeMessage ?? scene.message],
      conversation_ids: [scene.group],
    })),
  },
  "messages.search": {
    everywhere: plain(() => ({ q: "canary" })),
    "in the group": plain(({ scene }) => ({ q: "canary", conversation_id: scene.group })),
  },

  "users.list": { all: nothing },
  "users.search": { "by name": plain(() => ({ q: "Target" })) },
  "users.list_agents": { all: nothing },
  "users.block": { "somebody of the workspace": plain(({ scene }) => ({ id: scene.peer })) },
  "users.unblock": { "somebody of the workspace": plain(({ scene }) => ({ id: scene.peer })) },
  "users.list_blocks": { "their own": nothing },

  "media.create_upload_url": {
    "for a file": plain(() => ({ file_name: "notes.txt", content_type: "text/plain", size_bytes: 11 })),
  },
  "media.confirm": {
    "their own": plain(async (asking) => ({ id: await asking.scene.upload(personIn(asking)) })),
    "somebody else's": plain(async ({ scene }) => ({ id: await scene.uploadOfPeer() })),
  },
  "media.get": { "of a message in the group": plain(async ({ scene }) => ({ id: await scene.media() })) },
};

export const askOf = (operation: OperationName, name: string): Ask => {
  const ask = (requests[operation] as Record<string, Ask>)[name];
  if (ask === undefined) throw new Error(`${operation} has no case ${name}`);
  return ask;
};
