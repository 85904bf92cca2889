import { randomUUID } from "node:crypto";
import { type Attempt, type CasesOf, type Fixture, must, type Role, roleOf } from "./fixture.js";

const path = ({ group }: Fixture) => `/v1/chat/conversations/${group.id}/participants` as const;

const add = (fixture: Fixture, by: Role, body: object = {}): Attempt => ({
  by,
  operation: `POST ${path(fixture)}`,
  body: { user_ids: [fixture.guest.id], ...body },
});
const remove = (fixture: Fixture, by: Role, who: Role): Attempt => ({
  by,
  operation: `DELETE ${path(fixture)}/${fixture[who].id}`,
});

const joined = ["participant.added", "message.created", "conversation.updated"] as const;
const left = ["participant.removed", "message.created", "conversation.updated"] as const;

export const participantsCases: CasesOf<"participants"> = {
  add: [
    {
      name: "with all that was said before",
      change: (fixture) => add(fixture, "admin"),
      again: 200,
      refused: (fixture) => ({ ...add(fixture, "member"), status: 403 }),
      receives: { participants: joined, guest: ["conversation.created"] },
    },
    {
      name: "from now on",
      change: (fixture) => add(fixture, "owner", { history: "from_join", role: "admin" }),
      again: 200,
      refused: (fixture) => ({ ...add(fixture, "owner", { user_ids: [randomUUID()] }), status: 400 }),
      receives: { participants: joined, guest: ["conversation.created"] },
    },
    {
      name: "somebody who was removed before",
      prepare: (fixture) => must(fixture, remove(fixture, "owner", "member")),
      change: (fixture) => add(fixture, "owner", { user_ids: [fixture.member.id], history: "from_join" }),
      again: 200,
      refused: (fixture) => ({ ...add(fixture, "guest"), status: 404 }),
      receives: { participants: joined, member: ["conversation.created"] },
    },
  ],
  remove: [
    {
      name: "a member",
      change: (fixture) => remove(fixture, "owner", "member"),
      again: 204,
      refused: (fixture) => ({ ...remove(fixture, "member", "admin"), status: 404 }),
      receives: { participants: left, member: ["conversation.removed"] },
    },
    {
      name: "oneself",
      change: (fixture) => remove(fixture, "member", "member"),
      again: 404,
      refused: (fixture) => ({ ...remove(fixture, "guest", "guest"), status: 404 }),
      receives: { participants: left, member: ["conversation.removed"] },
    },
    {
      name: "oneself, as the owner",
      change: (fixture) => remove(fixture, "owner", "owner"),
      again: 404,
      refused: (fixture) => ({ ...remove(fixture, "member", "admin"), status: 403 }),
      receives: {
        participants: ["participant.removed", "participant.updated", "message.created", "conversation.updated"],
        owner: ["conversation.removed"],
      },
    },
  ],
  update: [
    {
      name: "a role",
      change: (fixture) => roleOf(fixture, "member", "admin"),
      again: 200,
      refused: (fixture) => ({ ...roleOf(fixture, "member", "admin", "admin"), status: 403 }),
    },
    {
      name: "a role, to less",
      change: (fixture) => roleOf(fixture, "admin", "member"),
      again: 200,
      refused: (fixture) => ({ ...roleOf(fixture, "guest", "admin"), status: 404 }),
    },
    {
      name: "the owner",
      change: (fixture) => roleOf(fixture, "member", "owner"),
      // A user who has handed the ownership over may not do so again.
      again: 403,
      refused: (fixture) => ({ ...roleOf(fixture, "admin", "owner", "admin"), status: 403 }),
      receives: { participants: ["participant.updated", "participant.updated", "conversation.updated"] },
    },
  ],
};
