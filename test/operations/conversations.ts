import { randomUUID } from "node:crypto";
import {
  always,
  effects,
  exceptFromBlocked,
  never,
  ok,
  onlyUnblocked,
  sentToDirect,
  shared,
  unlessBlockedPair,
  unnoticed,
} from "../blocks/policies.js";
import { hasOwnState } from "../blocks/steps.js";
import { type Fixture as EventsFixture, must } from "../events/fixture.js";
import { deleteForMe, pathOfGroup } from "../events/steps.js";
import { say } from "../harness/people.js";
import { expectOk } from "../roles/fixture.js";
import { inDirect, inGroup, notPlain, signedIn, takingPart } from "../roles/roles.js";
import type { RowsOf } from "./row.js";
import { ofDirect } from "./subjects.js";

/** A change of the member's own state, which is delivered to the member's sessions only. */
const ownState = {
  by: "member",
  again: 204,
  refused: { by: "guest", status: 404 },
  receives: { participants: [], member: ["conversation.state_updated"] },
} as const;
const has = (noun: "mute" | "archive") => (fixture: EventsFixture) =>
  must(fixture, { by: "member", operation: `POST ${pathOfGroup(fixture)}/${noun}`, body: {} });
const unread = ({ owner, group }: EventsFixture) => say(owner, group.id, "unread");

export const conversations: RowsOf<"conversations"> = {
  list: {
    request: () => ({ limit: 100, filter: "all" }),
    roles: { all: { answers: signedIn() } },
    blocks: { all: { effects: unnoticed, with: { limit: 2 } } },
  },
  create: {
    request: ({ user }) => ({ type: "group", participant_ids: [user] }),
    roles: {
      "a group with somebody of the workspace": { answers: signedIn({ other_tenant: "unknown_users" }) },
      "a direct one with somebody of the workspace": {
        answers: signedIn({ other_tenant: "unknown_users" }),
        with: { type: "direct" },
      },
    },
    received: {
      "a group": {
        by: "owner",
        with: (_, { workspace: { players } }) => ({
          participant_ids: [players.member, players.workspace_admin, players.admin].map(({ person }) => person.id),
        }),
        receivers: { "conversation.created": takingPart },
      },
    },
    blocks: {
      "a group with the other": {
        effects: effects(ok("delivered"), ok("delivered"), ok("nothing")),
        with: (_, { other, carol }) => ({ participant_ids: [other.id, carol.id] }),
        events: { "conversation.created": exceptFromBlocked },
      },
      "the direct one that there is": { effects: unnoticed, with: { type: "direct" } },
      "a new direct one": {
        effects: sentToDirect,
        with: { type: "direct" },
        async prepare({ actor, direct }) {
          await expectOk(actor, `DELETE /v1/chat/conversations/${direct}?scope=for_everyone`);
          return {};
        },
        events: { "conversation.created": onlyUnblocked },
      },
    },
    events: {
      "a group": {
        by: "owner",
        with: (_, { admin, member }) => ({ name: "Another", participant_ids: [admin.id, member.id] }),
        refused: { by: "owner", with: () => ({ participant_ids: [randomUUID()] }), status: 400 },
        receives: { participants: ["conversation.created"] },
      },
      "a direct conversation": {
        by: "owner",
        with: (_, { guest }) => ({ type: "direct", participant_ids: [guest.id] }),
        again: 200,
        refused: { by: "owner", with: (_, { owner }) => ({ participant_ids: [owner.id] }), status: 400 },
        receives: { owner: ["conversation.created"], guest: ["conversation.created"] },
      },
    },
  },
  get: {
    request: ({ conversation }) => ({ id: conversation }),
    roles: { "the group": { answers: inGroup() }, "the direct one": { answers: inDirect("ok"), on: ofDirect } },
    blocks: { "a group": { effects: unnoticed }, "the direct one": { effects: unnoticed, on: ofDirect } },
  },
  update: {
    request: ({ conversation }) => ({ id: conversation, name: "Another name" }),
    roles: {
      "the group": { answers: inGroup(notPlain) },
      "the direct one": { answers: inDirect("direct_conversation_immutable"), on: ofDirect },
    },
    received: { "a new name": { by: "admin", receivers: { "conversation.updated": takingPart } } },
    blocks: { "the name of a group": { effects: shared, events: { "conversation.updated": always } } },
    events: {
      "the name": {
        by: "admin",
        again: 200,
        refused: { by: "member", with: { name: "Mine" }, status: 403 },
        receives: { participants: ["message.created", "conversation.updated"] },
      },
      "description, avatar and metadata": {
        by: "owner",
        with: {
          name: undefined,
          description: "About",
          avatar_url: "https://example.com/a.png",
          metadata: { a: [1] },
        },
        again: 200,
        refused: { by: "guest", status: 404 },
        receives: { participants: ["conversation.updated"] },
      },
      "the name, for somebody who has deleted the conversation for themselves": {
        by: "owner",
        prepare: deleteForMe,
        again: 200,
        refused: { by: "member", with: { name: "Mine" }, status: 403 },
      },
    },
  },
  delete: {
    request: ({ conversation }) => ({ id: conversation, scope: "for_me" }),
    roles: {
      "the group for me": { answers: inGroup() },
      "the group for everyone": {
        answers: inGroup({ member: "forbidden", admin: "forbidden" }),
        with: { scope: "for_everyone" },
      },
      "the direct one for me": { answers: inDirect("ok"), on: ofDirect },
      "the direct one for everyone": { answers: inDirect("ok"), on: ofDirect, with: { scope: "for_everyone" } },
    },
    received: {
      "for everyone": {
        by: "owner",
        with: { scope: "for_everyone" },
        receivers: { "conversation.deleted": takingPart },
      },
      "for me": { by: "member", receivers: { "conversation.deleted": ["member"] } },
    },
    blocks: {
      "a group for me": { effects: unnoticed },
      "a group for everyone": {
        effects: shared,
        with: { scope: "for_everyone" },
        events: { "conversation.deleted": always },
      },
      "the direct one for me": { effects: unnoticed, on: ofDirect, events: { "conversation.deleted": never } },
      "the direct one for everyone": {
        effects: shared,
        on: ofDirect,
        with: { scope: "for_everyone" },
        events: { "conversation.deleted": always },
      },
    },
    events: {
      "for me: with something unread": {
        by: "member",
        prepare: unread,
        again: 204,
        refused: { by: "member", with: { scope: "for_everyone" }, status: 403 },
        receives: { participants: [], member: ["conversation.deleted"] },
      },
      "for everyone": {
        by: "owner",
        with: { scope: "for_everyone" },
        again: 404,
        refused: { by: "guest", status: 404 },
        receives: { participants: ["conversation.deleted"] },
      },
      "a direct one for everyone": {
        by: "member",
        on: ({ direct }) => ({ conversation: direct.id }),
        with: { scope: "for_everyone" },
        again: 404,
        refused: { by: "guest", status: 404 },
        receives: { owner: ["conversation.deleted"], member: ["conversation.deleted"] },
      },
    },
  },
  mark_read: {
    request: ({ conversation }) => ({ id: conversation, seq: 1 }),
    roles: { "in the group": { answers: inGroup() }, "in the direct one": { answers: inDirect("ok"), on: ofDirect } },
    received: {
      "a new position": {
        by: "member",
        receivers: { "conversation.read": takingPart, "conversation.state_updated": ["member"] },
      },
    },
    blocks: {
      "in a group": {
        effects: unlessBlockedPair,
        with: { seq: 3 },
        events: { "conversation.read": onlyUnblocked },
      },
      "in the direct one": {
        effects: unlessBlockedPair,
        on: ofDirect,
        with: { seq: 3 },
        events: { "conversation.read": onlyUnblocked },
      },
    },
    events: {
      "up to the newest message": {
        by: "member",
        prepare: unread,
        with: { seq: 3 },
        again: 200,
        refused: { by: "member", with: { seq: 1_000 }, status: 400 },
        receives: {
          participants: ["conversation.read"],
          member: ["conversation.read", "conversation.state_updated"],
        },
      },
    },
  },
  set_typing: {
    request: ({ conversation }) => ({ id: conversation }),
    roles: { "in the group": { answers: inGroup() }, "in the direct one": { answers: inDirect("ok"), on: ofDirect } },
    received: { "by a member": { by: "member", receivers: { typing: ["workspace_admin", "admin", "owner"] } } },
    blocks: {
      "in a group": { effects: unlessBlockedPair, events: { typing: onlyUnblocked } },
      "in the direct one": { effects: unlessBlockedPair, on: ofDirect, events: { typing: onlyUnblocked } },
    },
    events: {
      "to the others": {
        by: "member",
        refused: { by: "guest", status: 404 },
        receives: { participants: ["typing"], member: [] },
      },
    },
  },
  mute: {
    request: ({ conversation }) => ({ id: conversation }),
    roles: { "the group": { answers: inGroup() } },
    received: { "a mute": { by: "member", receivers: { "conversation.state_updated": ["member"] } } },
    blocks: {
      "a group": { effects: unnoticed, events: { "conversation.state_updated": never } },
      "the direct one": { effects: unnoticed, on: ofDirect, events: { "conversation.state_updated": never } },
    },
    events: { "without an end": ownState, "until some day": { ...ownState, with: { until: "2900-01-01T00:00:00Z" } } },
  },
  unmute: {
    request: ({ conversation }) => ({ id: conversation }),
    roles: { "the group": { answers: inGroup() } },
    blocks: {
      "a group": { effects: unnoticed, prepare: hasOwnState("mute", "group") },
      "the direct one": { effects: unnoticed, on: ofDirect, prepare: hasOwnState("mute", "direct") },
    },
    events: { "what is muted": { ...ownState, prepare: has("mute") } },
  },
  archive: {
    request: ({ conversation }) => ({ id: conversation }),
    roles: { "the group": { answers: inGroup() } },
    received: { "an archive": { by: "admin", receivers: { "conversation.state_updated": ["admin"] } } },
    blocks: { "a group": { effects: unnoticed }, "the direct one": { effects: unnoticed, on: ofDirect } },
    events: { "for oneself": ownState },
  },
  unarchive: {
    request: ({ conversation }) => ({ id: conversation }),
    roles: { "the group": { answers: inGroup() } },
    blocks: {
      "a group": { effects: unnoticed, prepare: hasOwnState("archive", "group") },
      "the direct one": { effects: unnoticed, on: ofDirect, prepare: hasOwnState("archive", "direct") },
    },
    events: { "what is archived": { ...ownState, prepare: has("archive") } },
  },
  list_unread: {
    request: () => ({}),
    roles: { all: { answers: signedIn() } },
    blocks: { all: { effects: unnoticed } },
  },
};
