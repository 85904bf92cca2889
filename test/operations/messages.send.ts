import { randomUUID } from "node:crypto";
import {
  always,
  effects,
  ofWithheldMessage,
  ok,
  onlyUnblocked,
  refused,
  sentToDirect,
  sentToGroup,
  unnoticed,
} from "../blocks/policies.js";
import { canary, saysMeanwhile } from "../blocks/steps.js";
import { addFile, deleteForMe } from "../events/steps.js";
import { ready } from "../harness/files.js";
import { inDirect, inGroup, ofMessage, onlyParticipants, takingPart } from "../roles/roles.js";
import type { RowsOf } from "./row.js";
import { ofDirect } from "./subjects.js";

/** What the other side of a block can be searched for. */
const text = `${canary} sent`;
const keyed = { client_message_id: "c-1" };

export const messagesSend: Pick<RowsOf<"messages">, "send" | "forward"> = {
  send: {
    request: ({ conversation }) => ({ conversation_id: conversation, text: "sent" }),
    roles: { "to the group": { answers: inGroup() }, "to the direct one": { answers: inDirect("ok"), on: ofDirect } },
    received: { "a message": { by: "member", receivers: { "message.created": takingPart } } },
    blocks: {
      "to a group": { effects: sentToGroup, with: { text }, events: { "message.created": always } },
      "to a group, mentioning the other": { effects: sentToGroup, with: ({ user }) => ({ text, mentions: [user] }) },
      "to a group, in reply to the other": {
        effects: sentToGroup,
        with: ({ message }) => ({ text, reply_to_message_id: message }),
      },
      "to the direct one": {
        effects: sentToDirect,
        on: ofDirect,
        with: (_, { directMessages }) => ({ text, reply_to_message_id: directMessages.other.id }),
        events: { "message.created": onlyUnblocked },
      },
      "again, what the direct one has": {
        effects: unnoticed,
        on: ofDirect,
        with: { text: `${canary} once`, client_message_id: "once" },
      },
    },
    events: {
      "a text": {
        by: "member",
        with: (_, { owner }) => ({ ...keyed, mentions: [owner.id], metadata: { a: 1 } }),
        again: 200,
        refused: { by: "guest", with: { mentions: undefined }, status: 404 },
        receives: { participants: ["message.created"] },
      },
      "files without a text": {
        by: "member",
        prepare: async (fixture) => {
          fixture.files = [await ready(fixture.member), await ready(fixture.member)];
        },
        with: (_, { files }) => ({ ...keyed, text: undefined, media_ids: files?.map(({ id }) => id) }),
        again: 200,
        refused: { by: "owner", status: 404 },
        receives: { participants: ["message.created"], member: ["message.created"] },
      },
      "a reply": {
        by: "owner",
        with: ({ message }) => ({ ...keyed, reply_to_message_id: message }),
        again: 200,
        refused: { by: "owner", with: { text: "other content" }, status: 409 },
        receives: { participants: ["message.created"] },
      },
      "to somebody who has deleted the conversation for themselves": {
        by: "owner",
        prepare: deleteForMe,
        with: keyed,
        again: 200,
        refused: { by: "guest", status: 404 },
        receives: { participants: ["message.created"], member: ["conversation.created", "message.created"] },
      },
      "by somebody who has deleted the conversation for themselves": {
        by: "member",
        prepare: deleteForMe,
        with: keyed,
        again: 200,
        refused: { by: "guest", status: 404 },
        receives: { participants: ["message.created"], member: ["conversation.created", "message.created"] },
      },
    },
  },
  forward: {
    request: ({ message, conversation }) => ({ message_ids: [message], conversation_ids: [conversation] }),
    roles: {
      "from the group": {
        answers: ofMessage(),
        on: ({ player, group }) => ({ conversation: player?.home ?? group }),
      },
      "to the group": {
        answers: onlyParticipants("failed conversation_not_found"),
        on: ({ player, message }) => ({ message: player?.homeMessage ?? message }),
      },
    },
    blocks: {
      "to a group": {
        effects: sentToGroup,
        on: ({ directMessages }) => ({ message: directMessages.actor.id }),
        events: { "message.created": always },
      },
      "to the direct one": {
        effects: effects(ok("delivered"), refused("failed you_blocked_user"), ok("nothing")),
        on: ({ groupMessages, direct }) => ({ message: groupMessages.actor.id, conversation: direct }),
        events: { "message.created": onlyUnblocked },
      },
      "elsewhere, from before the block": {
        effects: unnoticed,
        on: ({ directMessages, actorsHome }) => ({ message: directMessages.other.id, conversation: actorsHome }),
      },
      "elsewhere, withheld": {
        effects: ofWithheldMessage("message_not_found"),
        on: ({ actorsHome }) => ({ conversation: actorsHome }),
        meanwhile: saysMeanwhile,
      },
    },
    events: {
      "a message with a file": {
        by: "owner",
        prepare: addFile,
        with: (_, { direct, group }) => ({ conversation_ids: [direct.id, group.id], client_forward_id: "f-1" }),
        again: 200,
        refused: { by: "guest", with: { client_forward_id: "f-2" }, status: 404 },
        receives: {
          owner: ["message.created", "message.created"],
          member: ["message.created", "message.created"],
          admin: ["message.created"],
        },
      },
      "two messages to two conversations": {
        by: "owner",
        with: (_, { owners, members, direct, group }) => ({
          message_ids: [owners.id, members.id],
          conversation_ids: [direct.id, group.id],
          client_forward_id: "two-1",
        }),
        again: 200,
        refused: {
          by: "owner",
          with: () => ({ message_ids: [randomUUID()], client_forward_id: "two-2" }),
          status: 404,
        },
        receives: {
          owner: ["message.created", "message.created", "message.created", "message.created"],
          member: ["message.created", "message.created", "message.created", "message.created"],
          admin: ["message.created", "message.created"],
        },
      },
    },
  },
};
