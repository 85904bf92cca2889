import { randomUUID } from "node:crypto";
import { type Attempt, type CasesOf, must, type Role, roleOf, type Scene } from "./scene.js";

const path = ({ group }: Scene) => `/v1/chat/conversations/${group.id}/participants` as const;

const add = (scene: Scene, by: Role, body: object = {}): Attempt => ({
  by,
  operation: `POST ${path(scene)}`,
  body: { user_ids: [scene.guest.id], ...body },
});
const remove = (scene: Scene, by: Role, who: Role): Attempt => ({
  by,
  operation: `DELETE ${path(scene)}/${scene[who].id}`,
});

const joined = ["participant.added", "message.created", "conversation.updated"] as const;
const left = ["participant.removed", "message.created", "conversation.updated"] as const;

export const participantsCases: CasesOf<"participants"> = {
  add: [
    {
      name: "with all that was said before",
      change: (scene) => add(scene, "admin"),
      again: 200,
      refused: (scene) => ({ ...add(scene, "member"), status: 403 }),
      hears: { participants: joined, guest: ["conversation.created"] },
    },
    {
      name: "from now on",
      change: (scene) => add(scene, "owner", { history: "from_join", role: "admin" }),
      again: 200,
      refused: (scene) => ({ ...add(scene, "owner", { user_ids: [randomUUID()] }), status: 400 }),
      hears: { participants: joined, guest: ["conversation.created"] },
    },
    {
      name: "somebody who was removed before",
      prepare: (scene) => must(scene, remove(scene, "owner", "member")),
      change: (scene) => add(scene, "owner", { user_ids: [scene.member.id], history: "from_join" }),
      again: 200,
      refused: (scene) => ({ ...add(scene, "guest"), status: 404 }),
      hears: { participants: joined, member: ["conversation.created"] },
    },
  ],
  remove: [
    {
      name: "a member",
      change: (scene) => remove(scene, "owner", "member"),
      again: 204,
      refused: (scene) => ({ ...remove(scene, "member", "admin"), status: 404 }),
      hears: { participants: left, member: ["conversation.removed"] },
    },
    {
      name: "oneself",
      change: (scene) => remove(scene, "member", "member"),
      again: 404,
      refused: (scene) => ({ ...remove(scene, "guest", "guest"), status: 404 }),
      hears: { participants: left, member: ["conversation.removed"] },
    },
    {
      name: "oneself, as the owner",
      change: (scene) => remove(scene, "owner", "owner"),
      again: 404,
      refused: (scene) => ({ ...remove(scene, "member", "admin"), status: 403 }),
      hears: {
        participants: ["participant.removed", "participant.updated", "message.created", "conversation.updated"],
        owner: ["conversation.removed"],
      },
    },
  ],
  update: [
    {
      name: "a role",
      change: (scene) => roleOf(scene, "member", "admin"),
      again: 200,
      refused: (scene) => ({ ...roleOf(scene, "member", "admin", "admin"), status: 403 }),
    },
    {
      name: "a role, to less",
      change: (scene) => roleOf(scene, "admin", "member"),
      again: 200,
      refused: (scene) => ({ ...roleOf(scene, "guest", "admin"), status: 404 }),
    },
    {
      name: "the owner",
      change: (scene) => roleOf(scene, "member", "owner"),
      // Whoever has handed it over is not the owner any more.
      again: 403,
      refused: (scene) => ({ ...roleOf(scene, "admin", "owner", "admin"), status: 403 }),
      hears: { participants: ["participant.updated", "participant.updated", "conversation.updated"] },
    },
  ],
};
