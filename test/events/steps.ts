import { confirm, ready } from "../harness/files.js";
import { say } from "../harness/people.js";
import { type Fixture, must, type Role } from "./fixture.js";

export const pathOfGroup = ({ group }: Fixture) => `/v1/chat/conversations/${group.id}` as const;
const pathOfMessage = ({ members }: Fixture) => `/v1/chat/messages/${members.id}` as const;

/** The member deletes the group for themselves. */
export const deleteForMe = (fixture: Fixture) =>
  must(fixture, { by: "member", operation: `DELETE ${pathOfGroup(fixture)}` });

/** The owner deletes the member's message for themselves. */
export const hideFromOwner = (fixture: Fixture) =>
  must(fixture, { by: "owner", operation: `DELETE ${pathOfMessage(fixture)}?scope=for_me` });

export const reactBy = (by: Role) => (fixture: Fixture) =>
  must(fixture, { by, operation: `POST ${pathOfMessage(fixture)}/reactions`, body: { emoji: "👍", action: "add" } });

export const reply = ({ owner, group, members }: Fixture) =>
  say(owner, group.id, "a reply", { reply_to_message_id: members.id });

/** Adds a file to the message of the member. */
export async function addFile({ member, members }: Fixture): Promise<void> {
  const { id } = await ready(member);
  await confirm(member, id, { message_id: members.id });
}

export const blockByOwner = (fixture: Fixture) =>
  must(fixture, { by: "owner", operation: `POST /v1/chat/users/${fixture.member.id}/block` });

/** The owner reads what is new, which no event says to somebody they have blocked. */
export async function readUnnoticed(fixture: Fixture): Promise<void> {
  const { seq } = await say(fixture.admin, fixture.group.id, "to all");
  await must(fixture, { by: "owner", operation: `POST ${pathOfGroup(fixture)}/read`, body: { seq } });
}
