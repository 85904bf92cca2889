import { randomUUID } from "node:crypto";
import { say } from "../harness/people.js";
import { type Attempt, type Case, type CasesOf, type Fixture, must, type Role } from "./fixture.js";

const path = ({ group }: Fixture) => `/v1/chat/conversations/${group.id}` as const;

const update = (fixture: Fixture, by: Role, body: object): Attempt => ({
  by,
  operation: `PATCH ${path(fixture)}`,
  body,
});
const remove = (fixture: Fixture, by: Role, scope: "for_me" | "for_everyone"): Attempt => ({
  by,
  operation: `DELETE ${path(fixture)}?scope=${scope}`,
});

/** Makes a case of the member's own state, which is delivered to the member's sessions only. */
function own(name: string, method: "POST" | "DELETE", noun: "mute" | "archive", body?: object): Case {
  const call = (fixture: Fixture, by: Role): Attempt => ({
    by,
    operation: `${method} ${path(fixture)}/${noun}`,
    ...(body && { body }),
  });
  return {
    name,
    ...(method === "DELETE" && {
      prepare: (fixture: Fixture) =>
        must(fixture, { by: "member", operation: `POST ${path(fixture)}/${noun}`, body: {} }),
    }),
    change: (fixture) => call(fixture, "member"),
    again: 204,
    refused: (fixture) => ({ ...call(fixture, "guest"), status: 404 }),
    receives: { participants: [], member: ["conversation.state_updated"] },
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
      receives: { participants: ["conversation.created"] },
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
      receives: { owner: ["conversation.created"], guest: ["conversation.created"] },
    },
  ],
  update: [
    {
      name: "the name",
      change: (fixture) => update(fixture, "admin", { name: "Renamed" }),
      again: 200,
      refused: (fixture) => ({ ...update(fixture, "member", { name: "Mine" }), status: 403 }),
      receives: { participants: ["message.created", "conversation.updated"] },
    },
    {
      name: "description, avatar and metadata",
      change: (fixture) =>
        update(fixture, "owner", {
          description: "About",
          avatar_url: "https://example.com/a.png",
          metadata: { a: [1] },
        }),
      again: 200,
      refused: (fixture) => ({ ...update(fixture, "guest", { description: "Mine" }), status: 404 }),
      receives: { participants: ["conversation.updated"] },
    },
    {
      name: "the name, for somebody who has deleted the conversation for themselves",
      prepare: (fixture) => must(fixture, remove(fixture, "member", "for_me")),
      change: (fixture) => update(fixture, "owner", { name: "Renamed" }),
      again: 200,
      refused: (fixture) => ({ ...update(fixture, "member", { name: "Mine" }), status: 403 }),
    },
  ],
  delete: [
    {
      name: "for me: with something unread",
      prepare: ({ owner, group }) => say(owner, group.id, "unread"),
      change: (fixture) => remove(fixture, "member", "for_me"),
      again: 204,
      refused: (fixture) => ({ ...remove(fixture, "member", "for_everyone"), status: 403 }),
      receives: { participants: [], member: ["conversation.deleted"] },
    },
    {
      name: "for everyone",
      change: (fixture) => remove(fixture, "owner", "for_everyone"),
      again: 404,
      refused: (fixture) => ({ ...remove(fixture, "guest", "for_everyone"), status: 404 }),
      receives: { participants: ["conversation.deleted"] },
    },
    {
      name: "a direct one for everyone",
      change: ({ direct }) => ({
        by: "member",
        operation: `DELETE /v1/chat/conversations/${direct.id}?scope=for_everyone`,
      }),
      again: 404,
      refused: ({ direct }) => ({ by: "guest", operation: `DELETE /v1/chat/conversations/${direct.id}`, status: 404 }),
      receives: { owner: ["conversation.deleted"], member: ["conversation.deleted"] },
    },
  ],
  mark_read: [
    {
      name: "up to the newest message",
      prepare: ({ owner, group }) => say(owner, group.id, "unread"),
      change: (fixture) => ({ by: "member", operation: `POST ${path(fixture)}/read`, body: { seq: 3 } }),
      again: 200,
      refused: (fixture) => ({
        by: "member",
        operation: `POST ${path(fixture)}/read`,
        body: { seq: 1_000 },
        status: 400,
      }),
      receives: {
        participants: ["conversation.read"],
        member: ["conversation.read", "conversation.state_updated"],
      },
    },
  ],
  set_typing: [
    {
      name: "to the others",
      change: (fixture) => ({ by: "member", operation: `POST ${path(fixture)}/typing`, body: {} }),
      refused: (fixture) => ({ by: "guest", operation: `POST ${path(fixture)}/typing`, body: {}, status: 404 }),
      receives: { participants: ["typing"], member: [] },
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
