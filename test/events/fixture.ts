import type { Conversation, Media, Message } from "@vero/contracts";
import { deleteConversation, unblock } from "../harness/actions.js";
import { bodyOf } from "../harness/client.js";
import { listedBy } from "../harness/observe.js";
import { directBetween, groupOf, invite, type Operation, type Person, say } from "../harness/people.js";
import type { Stack } from "../harness/stack.js";
import type { Subject } from "../operations/row.js";

/** Owner, admin and member take part in the group from the start; the guest does not. */
export type Role = "owner" | "admin" | "member" | "guest";
export const roles: readonly Role[] = ["owner", "admin", "member", "guest"];

export interface Fixture extends People {
  group: Conversation;
  /** In the group: by the owner, and by the member. */
  owners: Message;
  members: Message;
  /** Files of the member, where the case needs some. */
  files?: readonly Media[];
  /** Between owner and member. */
  direct: Conversation;
  /**
   * Everybody takes part in it and nothing happens to it: a message there shows that all events before it have been
   * delivered.
   */
  common: Conversation;
}

interface Attempt {
  by: Role;
  operation: Operation;
  body?: object;
}

/** What a request names unless its case says otherwise. */
export const subjectOf = ({ group, members, guest }: Fixture): Partial<Subject> => ({
  conversation: group.id,
  message: members.id,
  user: guest.id,
});

/** For what precedes a case: it has to succeed. */
export async function must(fixture: Fixture, { by, operation, body }: Attempt): Promise<void> {
  bodyOf(operation, await fixture[by].call<object>(operation, body && { body }));
}

export type People = Record<Role, Person>;

export async function createPeople(stack: Stack, founder: Person): Promise<People> {
  const [owner, admin, member, guest] = await Promise.all(
    (["Olga", "Anton", "Mila", "Gustav"] as const).map((name) => invite(stack, founder, name)),
  );
  return { owner, admin, member, guest } as People;
}

/** Ends what there is between the people, whoever owns it by now. */
async function part({ owner, admin, member }: People): Promise<void> {
  await unblock(owner, member);
  for (const by of [owner, admin, member]) {
    for (const id of await listedBy(by)) await deleteConversation(by, id, "for_everyone");
  }
}

/** Makes new conversations between the people, who have no others then. */
export async function createFixture(people: People): Promise<Fixture> {
  const { owner, admin, member, guest } = people;
  await part(people);
  const group = await groupOf(owner, [admin, member]);
  const fixture: Fixture = {
    owner,
    admin,
    member,
    guest,
    group,
    owners: await say(owner, group.id, "by the owner"),
    members: await say(member, group.id, "by the member"),
    direct: await directBetween(owner, member),
    common: await groupOf(owner, [admin, member, guest], "Common"),
  };
  await must(fixture, {
    by: "owner",
    operation: `PATCH /v1/chat/conversations/${group.id}/participants/${admin.id}`,
    body: { role: "admin" },
  });
  return fixture;
}
