import { randomUUID } from "node:crypto";
import { say } from "../harness/people.js";
import { type Attempt, type Case, type CasesOf, must, type Role, type Scene } from "./scene.js";

const path = ({ group }: Scene) => `/v1/chat/conversations/${group.id}` as const;

const update = (scene: Scene, by: Role, body: object): Attempt => ({ by, operation: `PATCH ${path(scene)}`, body });
const remove = (scene: Scene, by: Role, scope: "for_me" | "for_everyone"): Attempt => ({
  by,
  operation: `DELETE ${path(scene)}?scope=${scope}`,
});

/** What belongs to the member alone, and is told to the member's sessions alone. */
function own(name: string, method: "POST" | "DELETE", noun: "mute" | "archive", body?: object): Case {
  const call = (scene: Scene, by: Role): Attempt => ({
    by,
    operation: `${method} ${path(scene)}/${noun}`,
    ...(body && { body }),
  });
  return {
    name,
    ...(method === "DELETE" && {
      prepare: (scene: Scene) => must(scene, { by: "member", operation: `POST ${path(scene)}/${noun}`, body: {} }),
    }),
    change: (scene) => call(scene, "member"),
    again: 204,
    refused: (scene) => ({ ...call(scene, "guest"), status: 404 }),
    hears: { participants: [], member: ["conversation.state_updated"] },
  };
}

const created = { operation: "POST /v1/chat/conversations" } as const;

export const conversationsCases: CasesOf<"conversations"> = {
  create: [
    {
      name: "a group",
      change: ({ admin, member }) => ({
        ...created,
        by: "owner",
        body: { type: "group", name: "Another", participant_ids: [admin.id, member.id] },
      }),
      refused: () => ({
        ...created,
        by: "owner",
        body: { type: "group", participant_ids: [randomUUID()] },
        status: 400,
      }),
      hears: { participants: ["conversation.created"] },
    },
    {
      name: "a direct conversation",
      change: ({ guest }) => ({ ...created, by: "owner", body: { type: "direct", participant_ids: [guest.id] } }),
      again: 200,
      refused: ({ owner }) => ({
        ...created,
        by: "owner",
        body: { type: "direct", participant_ids: [owner.id] },
        status: 400,
      }),
      hears: { owner: ["conversation.created"], guest: ["conversation.created"] },
    },
  ],
  update: [
    {
      name: "the name",
      change: (scene) => update(scene, "admin", { name: "Renamed" }),
      again: 200,
      refused: (scene) => ({ ...update(scene, "member", { name: "Mine" }), status: 403 }),
      hears: { participants: ["message.created", "conversation.updated"] },
    },
    {
      name: "description, avatar and metadata",
      change: (scene) =>
        update(scene, "owner", { description: "About", avatar_url: "https://example.com/a.png", metadata: { a: [1] } }),
      again: 200,
      refused: (scene) => ({ ...update(scene, "guest", { description: "Mine" }), status: 404 }),
      hears: { participants: ["conversation.updated"] },
    },
    {
      name: "the name, for somebody who has deleted the conversation for themselves",
      prepare: (scene) => must(scene, remove(scene, "member", "for_me")),
      change: (scene) => update(scene, "owner", { name: "Renamed" }),
      again: 200,
      refused: (scene) => ({ ...update(scene, "member", { name: "Mine" }), status: 403 }),
    },
  ],
  delete: [
    {
      name: "for me: with something unread",
      prepare: ({ owner, group }) => say(owner, group.id, "unread"),
      change: (scene) => remove(scene, "member", "for_me"),
      again: 204,
      refused: (scene) => ({ ...remove(scene, "member", "for_everyone"), status: 403 }),
      hears: { participants: [], member: ["conversation.deleted"] },
    },
    {
      name: "for everyone",
      change: (scene) => remove(scene, "owner", "for_everyone"),
      again: 404,
      refused: (scene) => ({ ...remove(scene, "guest", "for_everyone"), status: 404 }),
      hears: { participants: ["conversation.deleted"] },
    },
    {
      name: "a direct one for everyone",
      change: ({ direct }) => ({
        by: "member",
        operation: `DELETE /v1/chat/conversations/${direct.id}?scope=for_everyone`,
      }),
      again: 404,
      refused: ({ direct }) => ({ by: "guest", operation: `DELETE /v1/chat/conversations/${direct.id}`, status: 404 }),
      hears: { owner: ["conversation.deleted"], member: ["conversation.deleted"] },
    },
  ],
  mark_read: [
    {
      name: "up to the newest message",
      prepare: ({ owner, group }) => say(owner, group.id, "unread"),
      change: (scene) => ({ by: "member", operation: `POST ${path(scene)}/read`, body: { seq: 3 } }),
      again: 200,
      refused: (scene) => ({
        by: "member",
        operation: `POST ${path(scene)}/read`,
        body: { seq: 1_000 },
        status: 400,
      }),
      hears: {
        participants: ["conversation.read"],
        member: ["conversation.read", "conversation.state_updated"],
      },
    },
  ],
  set_typing: [
    {
      name: "to the others",
      change: (scene) => ({ by: "member", operation: `POST ${path(scene)}/typing`, body: {} }),
      refused: (scene) => ({ by: "guest", operation: `POST ${path(scene)}/typing`, body: {}, status: 404 }),
      hears: { participants: ["typing"], member: [] },
    },
  ],
  mute: [
    own("without an end", "POST", "mute", {}),
    own("until some day", "POST", "mute", { until: "2900-01-01T00:00:00Z" }),
  ],
  unmute: [own("what is muted", "DELETE", "mute")],
  archive: [own("for oneself", "POST", "archive")],
  unarchive: [own("what is archived", "DELETE", "archive")],
};
