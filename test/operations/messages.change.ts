import {
  always,
  effects,
  exceptFromBlocked,
  never,
  ofWithheldMessage,
  ok,
  onlyUnblocked,
  refused,
  sentToDirect,
  shared,
  unnoticed,
} from "../blocks/policies.js";
import {
  canary,
  ofActorsDirectMessage,
  ofActorsGroupMessage,
  ofDirectMessage,
  reacts,
  saysMeanwhile,
} from "../blocks/steps.js";
import type { Fixture as EventsFixture } from "../events/fixture.js";
import { addFile, hideFromOwner, reactBy, reply } from "../events/steps.js";
import { nobody, notPlain, ofMessage, takingPart } from "../roles/roles.js";
import type { RowsOf, Subject } from "./row.js";

const ofOwner = ({ owners }: EventsFixture): Partial<Subject> => ({ message: owners.id });

export const messagesChange: Pick<RowsOf<"messages">, "edit" | "delete" | "react"> = {
  edit: {
    request: ({ message }) => ({ id: message, text: "edited" }),
    roles: {
      "their own": { answers: ofMessage(), on: async ({ own, player }) => ({ message: await own(player) }) },
      "somebody else's": { answers: ofMessage(nobody) },
    },
    received: {
      "an edit": {
        by: "member",
        on: async ({ own, player }) => ({ message: await own(player) }),
        receivers: { "message.updated": takingPart },
      },
    },
    blocks: {
      "their own in a group": {
        effects: shared,
        on: ofActorsGroupMessage,
        with: { text: `${canary} edited` },
        events: { "message.updated": always },
      },
      "their own in the direct one": {
        effects: effects(ok("delivered"), ok("delivered"), ok("gone")),
        on: ofActorsDirectMessage,
        with: { text: `${canary} edited` },
        events: {
          "message.updated": exceptFromBlocked,
          // For the other alone.
          "message.deleted": { unblocked: false, blocker: false, blocked: true },
        },
      },
    },
    events: {
      "a text": {
        by: "member",
        again: 200,
        refused: { by: "owner", with: { text: "Mine" }, status: 403 },
        receives: { participants: ["message.updated"] },
      },
      "what somebody has replied to, and has got a file meanwhile": {
        by: "member",
        prepare: async (fixture) => {
          await reply(fixture);
          await addFile(fixture);
        },
        again: 200,
        refused: { by: "guest", with: { text: "Mine" }, status: 404 },
        receives: { participants: ["message.updated"] },
      },
      "what somebody has deleted for themselves": {
        by: "member",
        prepare: hideFromOwner,
        again: 200,
        refused: { by: "owner", with: { text: "Mine" }, status: 404 },
        receives: { participants: ["message.updated"], owner: [] },
      },
    },
  },
  delete: {
    request: ({ message }) => ({ id: message, scope: "for_me" }),
    roles: {
      "somebody else's for me": { answers: ofMessage() },
      "their own for everyone": {
        answers: ofMessage(),
        on: async ({ own, player }) => ({ message: await own(player) }),
        with: { scope: "for_everyone" },
      },
      "somebody else's for everyone": { answers: ofMessage(notPlain), with: { scope: "for_everyone" } },
      "a system message for everyone": {
        answers: ofMessage(nobody),
        on: ({ system }) => ({ message: system }),
        with: { scope: "for_everyone" },
      },
    },
    received: {
      "for everyone": { by: "admin", with: { scope: "for_everyone" }, receivers: { "message.deleted": takingPart } },
      "for me": { by: "admin", receivers: { "message.deleted": ["admin"] } },
    },
    blocks: {
      "for me": { effects: unnoticed, on: ofDirectMessage, events: { "message.deleted": never } },
      "for me, withheld": { effects: ofWithheldMessage("message_not_found"), meanwhile: saysMeanwhile },
      "their own in a group": {
        effects: shared,
        on: ofActorsGroupMessage,
        with: { scope: "for_everyone" },
        events: { "message.deleted": always },
      },
      "their own in the direct one": {
        effects: shared,
        on: ofActorsDirectMessage,
        with: { scope: "for_everyone" },
        events: { "message.deleted": always },
      },
    },
    events: {
      "for everyone, by the sender": {
        by: "member",
        with: { scope: "for_everyone" },
        again: 204,
        refused: { by: "guest", status: 404 },
        receives: { participants: ["message.deleted"] },
      },
      "for everyone: what carries a file": {
        by: "member",
        prepare: addFile,
        with: { scope: "for_everyone" },
        again: 204,
        refused: { by: "guest", status: 404 },
        receives: { participants: ["message.deleted"] },
      },
      "for everyone, by an owner: what has a reply and reactions, and was unread": {
        by: "owner",
        prepare: async (fixture) => {
          await reactBy("admin")(fixture);
          await reply(fixture);
        },
        with: { scope: "for_everyone" },
        again: 204,
        refused: { by: "member", on: ofOwner, status: 403 },
        receives: { participants: ["message.deleted"] },
      },
      "for me: what has a reply": {
        by: "member",
        prepare: reply,
        again: 204,
        refused: { by: "guest", status: 404 },
        receives: { participants: [], member: ["message.deleted"] },
      },
      "for me: the newest, unread": {
        by: "owner",
        again: 204,
        refused: { by: "guest", status: 404 },
        receives: { participants: [], owner: ["message.deleted", "conversation.state_updated"] },
      },
      "for everyone: what somebody has deleted for themselves": {
        by: "member",
        prepare: hideFromOwner,
        with: { scope: "for_everyone" },
        again: 204,
        refused: { by: "guest", status: 404 },
        receives: { participants: ["message.deleted"], owner: [] },
      },
    },
  },
  react: {
    request: ({ message }) => ({ id: message, emoji: "👍", action: "add" }),
    roles: { "to a message in the group": { answers: ofMessage() } },
    received: { "a reaction": { by: "member", receivers: { "reaction.updated": takingPart } } },
    blocks: {
      "in a group": { effects: shared, events: { "reaction.updated": always } },
      "in the direct one": {
        effects: sentToDirect,
        on: ofDirectMessage,
        events: { "reaction.updated": onlyUnblocked },
      },
      "in the direct one, taking back": {
        effects: effects(ok("delivered"), refused("you_blocked_user"), ok("gone")),
        on: ofDirectMessage,
        with: { emoji: "🎉", action: "remove" },
        prepare: reacts("🎉"),
      },
      "to a withheld message": {
        effects: effects(ok("delivered"), refused("message_not_found"), ok("nothing")),
        meanwhile: saysMeanwhile,
      },
    },
    events: {
      add: {
        by: "owner",
        again: 200,
        refused: { by: "owner", with: { emoji: "no emoji" }, status: 400 },
        receives: { participants: ["reaction.updated"] },
      },
      remove: {
        by: "member",
        prepare: async (fixture) => {
          await reactBy("member")(fixture);
          await reactBy("owner")(fixture);
        },
        with: { action: "remove" },
        again: 200,
        refused: { by: "guest", status: 404 },
        receives: { participants: ["reaction.updated"] },
      },
      toggle: {
        by: "member",
        with: { action: "toggle" },
        refused: { by: "guest", status: 404 },
        receives: { participants: ["reaction.updated"] },
      },
      "to what somebody has deleted for themselves": {
        by: "member",
        prepare: hideFromOwner,
        again: 200,
        refused: { by: "owner", status: 404 },
        receives: { participants: ["reaction.updated"], owner: [] },
      },
    },
  },
};
