import { randomUUID } from "node:crypto";
import { effects, never, ok, onlyUnblocked, unnoticed } from "../blocks/policies.js";
import { blockByOwner, readUnnoticed } from "../events/steps.js";
import { expectOk } from "../roles/fixture.js";
import { signedIn } from "../roles/roles.js";
import type { RowsOf } from "./row.js";

export const users: RowsOf<"users"> = {
  list: {
    request: () => ({ limit: 100 }),
    roles: { all: { answers: signedIn() } },
    blocks: { all: { effects: unnoticed } },
  },
  search: {
    request: () => ({ q: "Target" }),
    roles: { "by name": { answers: signedIn() } },
    blocks: { "by name": { effects: unnoticed, with: { q: "Other" } } },
  },
  list_agents: {
    request: () => ({ limit: 100 }),
    roles: { all: { answers: signedIn() } },
    blocks: { all: { effects: unnoticed } },
  },
  block: {
    request: ({ user }) => ({ id: user }),
    roles: {
      "somebody of the workspace": {
        answers: signedIn({ other_tenant: "user_not_found" }),
        on: ({ peer }) => ({ user: peer }),
      },
    },
    received: {
      "a block": { by: "member", on: ({ absent }) => ({ user: absent }), receivers: { "block.created": ["member"] } },
    },
    blocks: {
      "the other": {
        effects: effects(ok("delivered"), ok("nothing"), ok("nothing")),
        events: { "block.created": never, "presence.changed": onlyUnblocked },
      },
    },
    events: {
      "the other side of a direct conversation": {
        by: "owner",
        on: ({ member }) => ({ user: member.id }),
        again: 204,
        refused: { by: "owner", on: ({ owner }) => ({ user: owner.id }), status: 400 },
        receives: { owner: ["block.created", "conversation.state_updated"] },
      },
    },
  },
  unblock: {
    request: ({ user }) => ({ id: user }),
    roles: {
      "somebody of the workspace": {
        answers: signedIn({ other_tenant: "user_not_found" }),
        on: ({ peer }) => ({ user: peer }),
      },
    },
    received: {
      "an unblock": {
        by: "member",
        prepare: ({ workspace: { players }, absent }) =>
          expectOk(players.member.person, `POST /v1/chat/users/${absent}/block`),
        on: ({ absent }) => ({ user: absent }),
        receivers: { "block.removed": ["member"] },
      },
    },
    blocks: {
      "the other": {
        effects: effects(ok("nothing"), ok("back"), ok("nothing")),
        events: {
          "block.removed": never,
          "presence.changed": { unblocked: false, blocker: true, blocked: false },
        },
      },
    },
    events: {
      "the other side of a direct conversation, who has received no event of how far one has read since": {
        by: "owner",
        on: ({ member }) => ({ user: member.id }),
        prepare: async (fixture) => {
          await blockByOwner(fixture);
          await readUnnoticed(fixture);
        },
        again: 204,
        refused: { by: "owner", on: () => ({ user: randomUUID() }), status: 404 },
        receives: { owner: ["block.removed", "conversation.state_updated"], member: ["conversation.read"] },
      },
    },
  },
  list_blocks: {
    request: () => ({}),
    roles: { "their own": { answers: signedIn() } },
    blocks: { "their own": { effects: unnoticed } },
  },
};
