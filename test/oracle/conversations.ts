import type { Conversation } from "@vero/contracts";
import type { OperationName } from "../operations/contract.js";
import { type Game, type Kind, type Move, quiet, someConversation } from "./game.js";
import type { OConversation, OUser } from "./state.js";
import { differences } from "./views.js";

/** Enough for histories to cross, few enough to look at all of them. */
const mostConversations = 10;

const at = ({ id }: OConversation): `/v1/chat/conversations/${string}` => `/v1/chat/conversations/${id}`;

/** Makes a kind of move in an existing conversation. */
const inConversation = (
  of: OperationName,
  weight: number,
  make: (game: Game, by: OUser, conversation: OConversation) => Move,
): Kind => ({
  of,
  weight,
  make(game, by) {
    const conversation = someConversation(game, by);
    if (conversation === undefined) return undefined;
    const { type, name, id } = conversation;
    const move = make(game, by, conversation);
    return { ...move, what: `${move.what}: ${type} ${name ?? ""} ${id}` };
  },
});

export const conversationMoves: Kind[] = [
  {
    of: "conversations.create",
    weight: 2,
    make({ oracle, random }, by) {
      if (oracle.conversations.length >= mostConversations) return undefined;
      const other = random.pick(oracle.users.filter((user) => user !== by));
      return {
        what: `create a direct conversation with ${other.name}`,
        expect() {
          const conversation = oracle.createDirect(by, other);
          const known = conversation.id;
          return (body) => {
            conversation.id = (body as Conversation).id;
            return known === "" ? [] : differences(known, conversation.id, "the id");
          };
        },
        operation: "POST /v1/chat/conversations",
        body: { type: "direct", participant_ids: [other.id] },
      };
    },
  },
  {
    of: "conversations.create",
    weight: 3,
    make({ oracle, random }, by) {
      if (oracle.conversations.length >= mostConversations) return undefined;
      const others = random.some(
        oracle.users.filter((user) => user !== by),
        4,
      );
      const name = `Group ${random.below(1_000)}`;
      return {
        what: `create ${name} with ${others.map((user) => user.name)}`,
        expect() {
          const conversation = oracle.createGroup(by, name, others);
          return (body) => {
            conversation.id = (body as Conversation).id;
            return [];
          };
        },
        operation: "POST /v1/chat/conversations",
        body: { type: "group", name, participant_ids: others.map(({ id }) => id) },
      };
    },
  },
  inConversation("conversations.update", 2, ({ oracle, random }, by, conversation) => {
    const name =
      random.chance(0.2) && conversation.name !== null ? conversation.name : `Renamed ${random.below(1_000)}`;
    return {
      what: `rename to ${name}`,
      expect: quiet(() => oracle.rename(by, conversation, name)),
      operation: `PATCH ${at(conversation)}`,
      body: { name },
    };
  }),
  inConversation("conversations.delete", 3, ({ oracle }, by, conversation) => ({
    what: "delete for me",
    expect: quiet(() => oracle.deleteConversation(by, conversation, "for_me")),
    operation: `DELETE ${at(conversation)}`,
  })),
  inConversation("conversations.delete", 1, ({ oracle }, by, conversation) => ({
    what: "delete for everyone",
    expect: quiet(() => oracle.deleteConversation(by, conversation, "for_everyone")),
    operation: `DELETE ${at(conversation)}?scope=for_everyone`,
  })),
  inConversation("conversations.mark_read", 12, ({ oracle, random }, by, conversation) => {
    const last = conversation.messages.length;
    const seq = random.chance(0.05) ? last + 1 : random.chance(0.5) ? last : random.below(last + 1);
    return {
      what: `read up to ${seq} of ${last}`,
      expect() {
        oracle.markRead(by, conversation, seq);
        const expected = {
          last_read_seq: oracle.ownRead(by, conversation),
          unread_count: oracle.unread(by, conversation),
        };
        return (body) => differences(expected, body, "the answer");
      },
      operation: `POST ${at(conversation)}/read`,
      body: { seq },
    };
  }),
  inConversation("conversations.mute", 2, ({ oracle }, by, conversation) => ({
    what: "mute",
    expect: quiet(() => oracle.setMuted(by, conversation, true)),
    operation: `POST ${at(conversation)}/mute`,
    body: {},
  })),
  inConversation("conversations.unmute", 1, ({ oracle }, by, conversation) => ({
    what: "unmute",
    expect: quiet(() => oracle.setMuted(by, conversation, false)),
    operation: `DELETE ${at(conversation)}/mute`,
  })),
  inConversation("conversations.archive", 2, ({ oracle }, by, conversation) => ({
    what: "archive",
    expect: quiet(() => oracle.setArchived(by, conversation, true)),
    operation: `POST ${at(conversation)}/archive`,
    body: {},
  })),
  inConversation("conversations.unarchive", 2, ({ oracle }, by, conversation) => ({
    what: "unarchive",
    expect: quiet(() => oracle.setArchived(by, conversation, false)),
    operation: `DELETE ${at(conversation)}/archive`,
  })),
  inConversation("participants.add", 6, ({ oracle, random }, by, conversation) => {
    const users = random.some(oracle.users, 3);
    const history = random.pick(["all", "from_join"] as const);
    return {
      what: `add ${users.map(({ name }) => name)} (${history})`,
      expect() {
        const { added, skipped } = oracle.add(by, conversation, users, history);
        const expected = { added: added.map(({ id }) => id).sort(), skipped: skipped.map(({ id }) => id).sort() };
        return (body) => {
          const answer = body as { added: { user: { id: string } }[]; skipped: string[] };
          const said = { added: answer.added.map(({ user }) => user.id).sort(), skipped: [...answer.skipped].sort() };
          return differences(expected, said, "the answer");
        };
      },
      operation: `POST ${at(conversation)}/participants`,
      body: { user_ids: users.map(({ id }) => id), history },
    };
  }),
  inConversation("participants.remove", 4, ({ oracle, random }, by, conversation) => {
    const user = random.chance(0.3) ? by : random.pick(oracle.users);
    return {
      what: user === by ? "leave" : `remove ${user.name}`,
      expect: quiet(() => oracle.remove(by, conversation, user)),
      operation: `DELETE ${at(conversation)}/participants/${user.id}`,
    };
  }),
  inConversation("participants.update", 5, ({ oracle, random }, by, conversation) => {
    const user = random.pick(oracle.users);
    const role = random.pick(["owner", "admin", "admin", "member"] as const);
    return {
      what: `make ${user.name} ${role}`,
      expect() {
        oracle.setRole(by, conversation, user, role);
        return (body) => differences(role, (body as { role: string }).role, "the role");
      },
      operation: `PATCH ${at(conversation)}/participants/${user.id}`,
      body: { role },
    };
  }),
];
