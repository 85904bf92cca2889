import type { Conversation, EventType, Media, Message, msgsrvContract } from "@vero/contracts";
import { directBetween, groupOf, invite, type Operation, type Person, say } from "../harness/people.js";
import type { Stack } from "../harness/stack.js";

type Contract = Pick<typeof msgsrvContract, "conversations" | "participants" | "messages" | "users">;
export type Room = keyof Contract;
type MutationsOf<R> = { [K in keyof R as R[K] extends { kind: "mutation" } ? K : never]: R[K] };
export type OperationName = { [R in Room]: `${R}.${keyof Contract[R] & string}` }[Room];

/** The cases of a room: every operation that changes something has one. */
export type CasesOf<R extends Room> = Record<keyof MutationsOf<Contract[R]>, readonly [Case, ...Case[]]>;

/** Owner, admin and member take part in the group from the start; the guest does not. */
export type Role = "owner" | "admin" | "member" | "guest";
export const roles: readonly Role[] = ["owner", "admin", "member", "guest"];

export interface Fixture extends Record<Role, Person> {
  group: Conversation;
  /** In the group: by the owner, and by the member. */
  owners: Message;
  members: Message;
  /** Files of the member, where the case needs some. */
  files?: readonly Media[];
  /** Between owner and member. */
  direct: Conversation;
  /**
   * Everybody takes part in it and nothing happens to it: what is said there shows that all events before it have been
   * delivered.
   */
  common: Conversation;
}

export interface Attempt {
  by: Role;
  operation: Operation;
  body?: object;
}

export interface Case {
  name: string;
  prepare?(fixture: Fixture): Promise<unknown>;
  change(fixture: Fixture): Attempt;
  /** The answer of the same call the second time, which changes nothing; absent where it would be another change. */
  again?: number;
  refused(fixture: Fixture): Attempt & { status: number };
  /** Exactly what each receives; where it is left out, only the states are compared. */
  receives?: Partial<Record<Role | "participants", readonly EventType[]>>;
}

export const attempt = (fixture: Fixture, { by, operation, body }: Attempt) =>
  fixture[by].call<object>(operation, body && { body });

/** For what precedes a case: it has to succeed. */
export async function must(fixture: Fixture, one: Attempt): Promise<void> {
  const { status, body } = await attempt(fixture, one);
  if (status >= 300) throw new Error(`${one.operation} answered ${status}: ${JSON.stringify(body)}`);
}

export const roleOf = (fixture: Fixture, who: Role, role: string, by: Role = "owner"): Attempt => ({
  by,
  operation: `PATCH /v1/chat/conversations/${fixture.group.id}/participants/${fixture[who].id}`,
  body: { role },
});

export async function createFixture(stack: Stack, founder: Person): Promise<Fixture> {
  const [owner, admin, member, guest] = (await Promise.all(
    ["Olga", "Anton", "Mila", "Gustav"].map((name) => invite(stack, founder, name)),
  )) as [Person, Person, Person, Person];
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
  await must(fixture, roleOf(fixture, "admin", "admin"));
  return fixture;
}
