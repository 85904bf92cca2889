import { react } from "../harness/actions.js";
import { anEmail, groupOf, logIn, passphrase, say } from "../harness/people.js";
import { expectOk, upload } from "../roles/fixture.js";
import type { OperationName } from "../roles/roles.js";
import type { Input } from "../roles/transports.js";
import type { Case } from "./blocks.js";
import { canary, type Fixture } from "./fixture.js";

/** The request of a case, and the steps that must have been taken before it. */
export interface Ask {
  /** Before the block, with the fixture's people, conversations and messages. */
  prepare?(fixture: Fixture): Promise<Partial<Fixture>>;
  /** While it lasts, by who is blocked; with no block by the other. */
  meanwhile?(fixture: Fixture): Promise<Partial<Fixture>>;
  input(fixture: Fixture): Input;
  /** Where the call ends the session that makes it. */
  session?(fixture: Fixture): string;
}

const ask = (input: Ask["input"], more: Omit<Ask, "input"> = {}): Ask => ({ input, ...more });
const nothing = ask(() => ({}));
const inGroup = (more: Input = {}): Ask => ask(({ group }) => ({ id: group, ...more }));
const inDirect = (more: Input = {}): Ask => ask(({ direct }) => ({ id: direct, ...more }));
const send = (conversation: "group" | "direct", more: (fixture: Fixture) => Input = () => ({})): Ask =>
  ask((fixture) => ({ conversation_id: fixture[conversation], text: `${canary} sent`, ...more(fixture) }));

const call = async (operation: Promise<unknown>): Promise<Partial<Fixture>> => {
  await operation;
  return {};
};
const first = (noun: "mute" | "archive", conversation: "group" | "direct"): Omit<Ask, "input"> => ({
  prepare: (fixture) =>
    call(expectOk(fixture.actor, `POST /v1/chat/conversations/${fixture[conversation]}/${noun}`, {})),
});
const withSession = {
  async prepare({ actor }: Fixture): Promise<Partial<Fixture>> {
    const session = await logIn(actor);
    return {
      token: session.token,
      session: (await expectOk<{ session_id: string }>(session, "GET /auth/me")).session_id,
    };
  },
};
const meanwhile = {
  meanwhile: async ({ writer, direct }: Fixture): Promise<Partial<Fixture>> => ({
    message: (await say(writer, direct, `${canary} meanwhile`)).id,
  }),
};
const newGroup = {
  prepare: async ({ actor, carol }: Fixture): Promise<Partial<Fixture>> => ({
    group: (await groupOf(actor, [carol])).id,
  }),
};
const withFile = (conversation: "group" | "direct", when: "prepare" | "meanwhile"): Omit<Ask, "input"> => ({
  async [when](fixture: Fixture): Promise<Partial<Fixture>> {
    const media = await upload(fixture.writer);
    await expectOk(fixture.writer, `POST /v1/chat/media/${media}/confirm`, {});
    await say(fixture.writer, fixture[conversation], `${canary} with a file`, { media_ids: [media] });
    return { media };
  },
});

/** The requests of the cases; anybody may sign in. */
const asks: { [O in OperationName]: { [C in Case<O>]: Ask } } = {
  "auth.signup": {
    "a new workspace": ask(() => ({ email: anEmail(), password: passphrase, display_name: "New", tenant_name: "New" })),
  },
  "auth.login": { "with credentials": ask(({ actor }) => ({ email: actor.email, password: actor.password })) },
  "auth.refresh": {
    "with a refresh token": ask(({ token }) => ({ refresh_token: token }), {
      prepare: async ({ actor }) => ({ token: (await logIn(actor)).refresh_token }),
    }),
  },
  "auth.logout": { "of a session of their own": ask(() => ({}), { ...withSession, session: ({ token }) => token }) },
  "auth.me": { themselves: nothing },
  "auth.update_profile": { "their own name": ask(() => ({ display_name: "Actor, renamed" })) },
  "auth.change_password": {
    "their own": ask(({ actor }) => ({ current_password: actor.password, new_password: actor.password })),
  },
  "auth.create_invite": { "of a member": ask(() => ({ role: "member" })) },
  "auth.list_invites": { "of their workspace": nothing },
  "auth.revoke_invite": {
    "of the workspace": ask(({ invite }) => ({ id: invite }), {
      prepare: async ({ actor }) => ({
        invite: (await expectOk<{ id: string }>(actor, "POST /auth/invites", { role: "member" })).id,
      }),
    }),
  },
  "auth.list_sessions": { "their own": nothing },
  "auth.revoke_session": { "one of their own": ask(({ session }) => ({ id: session }), withSession) },
  "auth.update_member": {
    "the other's role": ask(({ other }) => ({ userId: other.id, role: "agent" })),
  },
  "messaging.token": { "their own": nothing },

  "conversations.list": { all: ask(() => ({ limit: 2, filter: "all" })) },
  "conversations.create": {
    "a group with the other": ask(({ other, carol }) => ({ type: "group", participant_ids: [other.id, carol.id] })),
    "the direct one that there is": ask(({ other }) => ({ type: "direct", participant_ids: [other.id] })),
    "a new direct one": ask(({ other }) => ({ type: "direct", participant_ids: [other.id] }), {
      prepare: ({ actor, direct }) =>
        call(expectOk(actor, `DELETE /v1/chat/conversations/${direct}?scope=for_everyone`)),
    }),
  },
  "conversations.get": { "a group": inGroup(), "the direct one": inDirect() },
  "conversations.update": { "the name of a group": inGroup({ name: "Another name" }) },
  "conversations.delete": {
    "a group for me": inGroup({ scope: "for_me" }),
    "a group for everyone": inGroup({ scope: "for_everyone" }),
    "the direct one for me": inDirect({ scope: "for_me" }),
    "the direct one for everyone": inDirect({ scope: "for_everyone" }),
  },
  "conversations.mark_read": { "in a group": inGroup({ seq: 3 }), "in the direct one": inDirect({ seq: 3 }) },
  "conversations.set_typing": { "in a group": inGroup(), "in the direct one": inDirect() },
  "conversations.mute": { "a group": inGroup(), "the direct one": inDirect() },
  "conversations.unmute": {
    "a group": { ...inGroup(), ...first("mute", "group") },
    "the direct one": { ...inDirect(), ...first("mute", "direct") },
  },
  "conversations.archive": { "a group": inGroup(), "the direct one": inDirect() },
  "conversations.unarchive": {
    "a group": { ...inGroup(), ...first("archive", "group") },
    "the direct one": { ...inDirect(), ...first("archive", "direct") },
  },
  "conversations.list_unread": { all: nothing },

  "participants.list": { "of a group": inGroup(), "of the direct one": inDirect() },
  "participants.add": {
    "the other to a group": ask(({ group, other }) => ({ id: group, user_ids: [other.id] }), newGroup),
    "somebody else to a group": ask(({ group, dave }) => ({ id: group, user_ids: [dave.id] })),
  },
  "participants.remove": {
    "the other": ask(({ group, other }) => ({ id: group, userId: other.id })),
    themselves: ask(({ group, actor }) => ({ id: group, userId: actor.id })),
  },
  "participants.update": {
    "the other's role": ask(({ group, other }) => ({ id: group, userId: other.id, role: "admin" })),
  },

  "messages.send": {
    "to a group": send("group"),
    "to a group, mentioning the other": send("group", ({ other }) => ({ mentions: [other.id] })),
    "to a group, in reply to the other": send("group", ({ groupMessages }) => ({
      reply_to_message_id: groupMessages.other.id,
    })),
    "to the direct one": send("direct", ({ directMessages }) => ({ reply_to_message_id: directMessages.other.id })),
    "again, what the direct one has": send("direct", () => ({ text: `${canary} once`, client_message_id: "once" })),
  },
  "messages.list": { "of a group": inGroup(), "of the direct one": inDirect() },
  "messages.sync": {
    "of both": ask(({ group, direct }) => ({
      conversations: [group, direct].map((conversation_id) => ({ conversation_id, last_seq: 0, last_change_seq: 0 })),
    })),
  },
  "messages.get": {
    "from before the block": ask(({ directMessages }) => ({ id: directMessages.other.id })),
    withheld: ask(({ message }) => ({ id: message }), meanwhile),
  },
  "messages.list_edits": {
    "from before the block": ask(({ directMessages }) => ({ id: directMessages.other.id })),
    withheld: ask(({ message }) => ({ id: message }), meanwhile),
  },
  "messages.edit": {
    "their own in a group": ask(({ groupMessages }) => ({ id: groupMessages.actor.id, text: `${canary} edited` })),
    "their own in the direct one": ask(({ directMessages }) => ({
      id: directMessages.actor.id,
      text: `${canary} edited`,
    })),
  },
  "messages.delete": {
    "for me": ask(({ directMessages }) => ({ id: directMessages.other.id, scope: "for_me" })),
    "for me, withheld": ask(({ message }) => ({ id: message, scope: "for_me" }), meanwhile),
    "their own in a group": ask(({ groupMessages }) => ({ id: groupMessages.actor.id, scope: "for_everyone" })),
    "their own in the direct one": ask(({ directMessages }) => ({
      id: directMessages.actor.id,
      scope: "for_everyone",
    })),
  },
  "messages.react": {
    "in a group": ask(({ groupMessages }) => ({ id: groupMessages.other.id, emoji: "👍" })),
    "in the direct one": ask(({ directMessages }) => ({ id: directMessages.other.id, emoji: "👍" })),
    "in the direct one, taking back": ask(
      ({ directMessages }) => ({ id: directMessages.other.id, emoji: "🎉", action: "remove" }),
      { prepare: ({ actor, directMessages }) => call(react(actor, directMessages.other.id, "🎉")) },
    ),
    "to a withheld message": ask(({ message }) => ({ id: message, emoji: "👍" }), meanwhile),
  },
  "messages.forward": {
    "to a group": ask(({ directMessages, group }) => ({
      message_ids: [directMessages.actor.id],
      conversation_ids: [group],
    })),
    "to the direct one": ask(({ groupMessages, direct }) => ({
      message_ids: [groupMessages.actor.id],
      conversation_ids: [direct],
    })),
    "elsewhere, from before the block": ask(({ directMessages, actorsHome }) => ({
      message_ids: [directMessages.other.id],
      conversation_ids: [actorsHome],
    })),
    "elsewhere, withheld": ask(
      ({ message, actorsHome }) => ({ message_ids: [message], conversation_ids: [actorsHome] }),
      meanwhile,
    ),
  },
  "messages.search": { everywhere: ask(({ direct }) => ({ q: canary, conversation_id: direct })) },

  "users.list": { all: ask(() => ({ limit: 100 })) },
  "users.search": { "by name": ask(() => ({ q: "Other" })) },
  "users.list_agents": { all: ask(() => ({ limit: 100 })) },
  "users.block": { "the other": ask(({ other }) => ({ id: other.id })) },
  "users.unblock": { "the other": ask(({ other }) => ({ id: other.id })) },
  "users.list_blocks": { "their own": nothing },

  "media.create_upload_url": {
    "for a file": ask(() => ({ file_name: "notes.txt", content_type: "text/plain", size_bytes: 11 })),
  },
  "media.confirm": {
    "for later": ask(({ media }) => ({ id: media }), {
      prepare: async ({ actor }) => ({ media: await upload(actor) }),
    }),
    "for a message of theirs in the direct one": ask(
      ({ media, directMessages }) => ({ id: media, message_id: directMessages.actor.id }),
      { prepare: async ({ actor }) => ({ media: await upload(actor) }) },
    ),
  },
  "media.get": {
    "from before the block, in the direct one": ask(({ media }) => ({ id: media }), withFile("direct", "prepare")),
    withheld: ask(({ media }) => ({ id: media }), withFile("direct", "meanwhile")),
    "in a group": ask(({ media }) => ({ id: media }), withFile("group", "meanwhile")),
  },
};

export const askOf = (operation: OperationName, name: string): Ask => {
  const found = (asks[operation] as Record<string, Ask>)[name];
  if (found === undefined) throw new Error(`${operation} has no case ${name}`);
  return found;
};
