import type { ErrorCode, Message } from "@vero/contracts";
import { type Kind, quiet, someConversation, someMessage } from "./game.js";
import type { Oracle } from "./oracle.js";
import type { OConversation, OMessage, OUser } from "./state.js";
import { actualMessage, differences, expectedMessage } from "./views.js";

const texts = ["hello", "how are you", "fine, thanks", "see you", "100 %", "grüße", "早安", "👋"];
const emojis = ["👍", "❤️", "🎉", "😮"];
const sayWhere = ({ type, name, id }: OConversation): string => `${type} ${name ?? ""} ${id}`;

/** Gives a message of the model the id from the service, and expects the answer to be as its sender sees it. */
const bound =
  (oracle: Oracle, by: OUser, message: OMessage) =>
  (body: unknown): string[] => {
    message.id = (body as Message).id;
    return differences(expectedMessage(oracle, by, message), actualMessage(body as Message), "the answer");
  };

export const messageMoves: Kind[] = [
  {
    of: "messages.send",
    weight: 30,
    make(game, by) {
      const { oracle, random } = game;
      const conversation = someConversation(game, by);
      if (conversation === undefined) return undefined;
      const replyTo = random.chance(0.25) ? (someMessage(game, by) ?? null) : null;
      const text = `${random.pick(texts)} ${100 + random.below(900)}`;
      return {
        what: `send "${text}" to ${sayWhere(conversation)}${replyTo ? ` in reply to ${replyTo.id}` : ""}`,
        expect: () => bound(oracle, by, oracle.send(by, conversation, text, replyTo)),
        operation: "POST /v1/chat/messages/send",
        body: { conversation_id: conversation.id, text, ...(replyTo && { reply_to_message_id: replyTo.id }) },
      };
    },
  },
  {
    of: "messages.edit",
    weight: 8,
    async make(game, by) {
      const { oracle, random, personOf } = game;
      const isRight = (one: OMessage) => one.sender === by && one.system === null;
      const message = someMessage(game, by, random.chance(0.8) ? isRight : undefined);
      if (message === undefined) return undefined;
      const text = random.chance(0.15) && message.text !== null ? message.text : `edited ${100 + random.below(900)}`;
      const version = random.chance(0.5) ? undefined : random.chance(0.7) ? "current" : "other";
      const current =
        version && (await personOf(by).call<Message>(`GET /v1/chat/messages/${message.id}`)).body.change_seq;
      const expected = version === "current" ? current : current === undefined ? undefined : current + 1;
      return {
        what: `edit ${message.id} to "${text}"${version ? `, expecting the ${version} version` : ""}`,
        expect() {
          oracle.edit(by, message, text, expected === undefined || version === "current");
          return bound(oracle, by, message);
        },
        operation: `PATCH /v1/chat/messages/${message.id}`,
        body: { text, ...(expected !== undefined && { expected_change_seq: expected }) },
      };
    },
  },
  {
    of: "messages.delete",
    weight: 9,
    make(game, by) {
      const { oracle, random } = game;
      const scope = random.pick(["for_me", "for_everyone"] as const);
      // Now and then what they have deleted for themselves already.
      const again = oracle.conversations.flatMap(({ messages }) => messages.filter((one) => one.hiddenFor.has(by)));
      const message = again.length > 0 && random.chance(0.1) ? random.pick(again) : someMessage(game, by);
      if (message === undefined) return undefined;
      return {
        what: `delete ${message.id} ${scope}`,
        expect: quiet(() => oracle.deleteMessage(by, message, scope)),
        operation: `DELETE /v1/chat/messages/${message.id}?scope=${scope}`,
      };
    },
  },
  {
    of: "messages.react",
    weight: 12,
    make(game, by) {
      const { oracle, random } = game;
      const message = someMessage(game, by);
      if (message === undefined) return undefined;
      const emoji = random.pick(emojis);
      const action = random.pick(["toggle", "toggle", "add", "remove"] as const);
      return {
        what: `${action} ${emoji} at ${message.id}`,
        expect() {
          const reacted = oracle.react(by, message, emoji, action);
          const { reactions } = expectedMessage(oracle, by, message);
          return (body) => {
            const answer = body as { reacted: boolean; reactions: object[] };
            const said = { reacted: answer.reacted, reactions: answer.reactions };
            return differences({ reacted, reactions }, said, "the answer");
          };
        },
        operation: `POST /v1/chat/messages/${message.id}/reactions`,
        body: { emoji, action },
      };
    },
  },
  {
    of: "messages.forward",
    weight: 4,
    make(game, by) {
      const { oracle, random } = game;
      const isRight = (one: OMessage) => one.system === null && !one.isDeleted;
      const source = random.chance(0.9) ? isRight : undefined;
      const sources = [...new Set([someMessage(game, by, source), someMessage(game, by, isRight)])].filter(
        (one) => one !== undefined,
      );
      if (sources.length === 0) return undefined;
      const targets = random.some(oracle.conversations, 3);
      return {
        what: `forward ${sources.map(({ id }) => id)} to ${targets.map(sayWhere)}`,
        expect() {
          const copies = oracle.forward(by, sources, targets);
          const resultOf = (made: (typeof copies)[number] | undefined) =>
            typeof made === "string"
              ? { code: made, messages: undefined }
              : { code: undefined, messages: made?.map((copy) => expectedMessage(oracle, by, copy)) };
          return (body) => {
            const { results } = body as {
              results: { conversation_id: string; code?: ErrorCode; messages?: Message[] }[];
            };
            for (const [index, made] of copies.entries()) {
              for (const [ordinal, copy] of (typeof made === "string" ? [] : made).entries()) {
                copy.id = results[index]?.messages?.[ordinal]?.id ?? "";
              }
            }
            const said = results.map(({ conversation_id, code, messages }) => ({
              conversation_id,
              code,
              messages: messages?.map(actualMessage),
            }));
            const expected = targets.map(({ id }, index) => ({
              conversation_id: id,
              ...resultOf(copies[index]),
            }));
            return differences(expected, said, "the answer");
          };
        },
        operation: "POST /v1/chat/messages/forward",
        body: { message_ids: sources.map(({ id }) => id), conversation_ids: targets.map(({ id }) => id) },
      };
    },
  },
];
