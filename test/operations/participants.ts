import { randomUUID } from "node:crypto";
import { always, effects, exceptFromBlocked, ok, shared, unnoticed } from "../blocks/policies.js";
import { hasGroupWithoutOther } from "../blocks/steps.js";
import { must } from "../events/fixture.js";
import { pathOfGroup } from "../events/steps.js";
import { withSockets } from "../harness/workspace.js";
import { expectOk, newcomer, personIn } from "../roles/fixture.js";
import { inDirect, inGroup, nobody, notPlain, onlyOwner, takingPart } from "../roles/roles.js";
import type { RowsOf } from "./row.js";
import { ofDirect } from "./subjects.js";

const joined = ["participant.added", "message.created", "conversation.updated"] as const;
const left = ["participant.removed", "message.created", "conversation.updated"] as const;

export const participants: RowsOf<"participants"> = {
  list: {
    request: ({ conversation }) => ({ id: conversation }),
    roles: { "of the group": { answers: inGroup() }, "of the direct one": { answers: inDirect("ok"), on: ofDirect } },
    blocks: { "of a group": { effects: unnoticed }, "of the direct one": { effects: unnoticed, on: ofDirect } },
  },
  add: {
    request: ({ conversation, user }) => ({ id: conversation, user_ids: [user] }),
    roles: {
      "to the group": { answers: inGroup(notPlain), on: ({ absent }) => ({ user: absent }) },
      "to the direct one": {
        answers: inDirect("direct_conversation_immutable"),
        on: ({ direct, absent }) => ({ conversation: direct, user: absent }),
      },
    },
    received: {
      "somebody new": {
        by: "owner",
        on: async ({ workspace }) => ({ user: (await newcomer(workspace)).id }),
        receivers: { "participant.added": takingPart, "conversation.updated": takingPart },
      },
      // The one who was added receives it, and nobody else.
      "a group they are added to": {
        async cause({ workspace, group }) {
          const person = await newcomer(workspace);
          await withSockets(workspace.stack, [person], async (socket) => {
            await expectOk(workspace.players.owner.person, `POST /v1/chat/conversations/${group}/participants`, {
              user_ids: [person.id],
            });
            await socket.event("conversation.created", (frame) => frame["conversation_id"] === group);
          });
        },
        receivers: { "conversation.created": [] },
      },
    },
    blocks: {
      "the other to a group": {
        effects: effects(ok("delivered"), ok("delivered"), ok("nothing")),
        prepare: hasGroupWithoutOther,
        events: { "conversation.created": exceptFromBlocked },
      },
      "somebody else to a group": {
        effects: shared,
        on: ({ dave }) => ({ user: dave.id }),
        events: { "participant.added": always },
      },
    },
    events: {
      "with the history": {
        by: "admin",
        again: 200,
        refused: { by: "member", status: 403 },
        receives: { participants: joined, guest: ["conversation.created"] },
      },
      "from now on": {
        by: "owner",
        with: { history: "from_join", role: "admin" },
        again: 200,
        refused: { by: "owner", on: () => ({ user: randomUUID() }), status: 400 },
        receives: { participants: joined, guest: ["conversation.created"] },
      },
      "somebody who was removed before": {
        by: "owner",
        prepare: (fixture) =>
          must(fixture, { by: "owner", operation: `DELETE ${pathOfGroup(fixture)}/participants/${fixture.member.id}` }),
        on: ({ member }) => ({ user: member.id }),
        with: { history: "from_join" },
        again: 200,
        refused: { by: "guest", status: 404 },
        receives: { participants: joined, member: ["conversation.created"] },
      },
    },
  },
  remove: {
    request: ({ conversation, user }) => ({ id: conversation, userId: user }),
    roles: {
      "a member": { answers: inGroup(notPlain) },
      "an admin": { answers: inGroup(onlyOwner), on: ({ peer }) => ({ user: peer }) },
      // The owner leaves by doing so.
      "the owner": { answers: inGroup(onlyOwner), on: ({ owner }) => ({ user: owner }) },
      themselves: { answers: inGroup(), on: (staged) => ({ user: personIn(staged).id }) },
      "somebody who is not in it": { answers: inGroup(notPlain), on: ({ absent }) => ({ user: absent }) },
      "a side of the direct one": {
        answers: inDirect("direct_conversation_immutable"),
        on: ({ direct, side }) => ({ conversation: direct, user: side }),
      },
    },
    received: {
      "removed by the owner": {
        by: "owner",
        on: ({ workspace }) => ({ user: workspace.players.member.person.id }),
        receivers: {
          "participant.removed": ["workspace_admin", "admin", "owner"],
          "conversation.updated": ["workspace_admin", "admin", "owner"],
          "conversation.removed": ["member"],
        },
      },
      "left by themselves": {
        by: "admin",
        on: (staged) => ({ user: personIn(staged).id }),
        receivers: {
          "participant.removed": ["member", "workspace_admin", "owner"],
          "conversation.removed": ["admin"],
        },
      },
    },
    blocks: {
      "the other": { effects: shared, events: { "conversation.removed": always } },
      themselves: {
        effects: shared,
        on: ({ actor }) => ({ user: actor.id }),
        events: { "participant.removed": always },
      },
    },
    events: {
      "a member": {
        by: "owner",
        on: ({ member }) => ({ user: member.id }),
        again: 204,
        refused: { by: "member", on: ({ admin }) => ({ user: admin.id }), status: 404 },
        receives: { participants: left, member: ["conversation.removed"] },
      },
      oneself: {
        by: "member",
        on: ({ member }) => ({ user: member.id }),
        again: 404,
        refused: { by: "guest", on: ({ guest }) => ({ user: guest.id }), status: 404 },
        receives: { participants: left, member: ["conversation.removed"] },
      },
      "oneself, as the owner": {
        by: "owner",
        on: ({ owner }) => ({ user: owner.id }),
        again: 404,
        refused: { by: "member", on: ({ admin }) => ({ user: admin.id }), status: 403 },
        receives: {
          participants: ["participant.removed", "participant.updated", "message.created", "conversation.updated"],
          owner: ["conversation.removed"],
        },
      },
    },
  },
  update: {
    request: ({ conversation, user }) => ({ id: conversation, userId: user, role: "admin" }),
    roles: {
      "a member to admin": { answers: inGroup(onlyOwner) },
      "a member to owner": { answers: inGroup(onlyOwner), with: { role: "owner" } },
      "an admin to member": {
        answers: inGroup(onlyOwner),
        on: ({ peer }) => ({ user: peer }),
        with: { role: "member" },
      },
      "the owner to admin": { answers: inGroup(nobody), on: ({ owner }) => ({ user: owner }) },
      "somebody who is not in it": {
        answers: inGroup({ ...onlyOwner, owner: "participant_not_found" }),
        on: ({ absent }) => ({ user: absent }),
      },
      "a side of the direct one": {
        answers: inDirect("direct_conversation_immutable"),
        on: ({ direct, side }) => ({ conversation: direct, user: side }),
      },
    },
    received: { "another role": { by: "owner", receivers: { "participant.updated": takingPart } } },
    blocks: { "the other's role": { effects: shared, events: { "participant.updated": always } } },
    events: {
      "a role": {
        by: "owner",
        on: ({ member }) => ({ user: member.id }),
        again: 200,
        refused: { by: "admin", status: 403 },
      },
      "a role, to less": {
        by: "owner",
        on: ({ admin }) => ({ user: admin.id }),
        with: { role: "member" },
        again: 200,
        refused: { by: "owner", on: ({ guest }) => ({ user: guest.id }), with: { role: "admin" }, status: 404 },
      },
      "the owner": {
        by: "owner",
        on: ({ member }) => ({ user: member.id }),
        with: { role: "owner" },
        // A user who has handed the ownership over may not do so again.
        again: 403,
        refused: { by: "admin", on: ({ admin }) => ({ user: admin.id }), status: 403 },
        receives: { participants: ["participant.updated", "participant.updated", "conversation.updated"] },
      },
    },
  },
};
