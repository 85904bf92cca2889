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

export interface Scene extends Record<Role, Person> {
  group: Conversation;
  /** In the group: by the owner, and by the member. */
  owners: Message;
  members: Message;
  /** Of the member, where the case takes some. */
  files?: readonly Media[];
  /** Between owner and member. */
  direct: Conversation;
  /** Everybody takes part in it and nothing happens to it: what is said there shows that all before has been told. */
  common: Conversation;
}

export interface Attempt {
  by: Role;
  operation: Operation;
  body?: object;
}

export interface Case {
  name: string;
  prepare?(scene: Scene): Promise<unknown>;
  change(scene: Scene): Attempt;
  /** What the same call answers the second time, without changing anything; absent where it would be another change. */
  again?: number;
  refused(scene: Scene): Attempt & { status: number };
  /** Exactly what each hears; where it is left out, only the states are compared. */
  hears?: Partial<Record<Role | "participants", readonly EventType[]>>;
}

export const attempt = (scene: Scene, { by, operation, body }: Attempt) =>
  scene[by].call<object>(operation, body && { body });

/** For what precedes a case: it has to succeed. */
export async function must(scene: Scene, one: Attempt): Promise<void> {
  const { status, body } = await attempt(scene, one);
  if (status >= 300) throw new Error(`${one.operation} answered ${status}: ${JSON.stringify(body)}`);
}

export const roleOf = (scene: Scene, who: Role, role: string, by: Role = "owner"): Attempt => ({
  by,
  operation: `PATCH /v1/chat/conversations/${scene.group.id}/participants/${scene[who].id}`,
  body: { role },
});

export async function setScene(stack: Stack, founder: Person): Promise<Scene> {
  const [owner, admin, member, guest] = (await Promise.all(
    ["Olga", "Anton", "Mila", "Gustav"].map((name) => invite(stack, founder, name)),
  )) as [Person, Person, Person, Person];
  const group = await groupOf(owner, [admin, member]);
  const scene: Scene = {
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
  await must(scene, roleOf(scene, "admin", "admin"));
  return scene;
}
