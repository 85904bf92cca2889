import type { Conversation, Me, Message } from "@vero/contracts";
import pLimit from "p-limit";
import { type Answer, bodyOf, type CallOptions, call } from "./client.js";
import type { Stack } from "./stack.js";

export interface Tokens {
  access_token: string;
  token_type: "Bearer";
  expires_in: number;
  refresh_token: string;
  user: Me;
}

export type Operation = Parameters<typeof call>[1];

/** A user who is signed in. */
export interface Person {
  id: string;
  email: string;
  password: string;
  me: Me;
  token: string;
  refresh_token: string;
  call<T = unknown>(operation: Operation, options?: CallOptions): Promise<Answer<T>>;
}

/**
 * The steps of a preparation that run at once: few, so that none is refused for want of a connection on a busy machine.
 */
export const inTurn = pLimit(4);

let count = 0;
const password = "a passphrase for tests";

async function signUp(stack: Stack, display_name: string, workspace: object): Promise<Person> {
  count += 1;
  const email = `${display_name.toLowerCase().replace(/\W/g, "").slice(0, 40) || "somebody"}.${count}@example.com`;
  const input = { email, password, display_name, ...workspace };
  const answer = await inTurn(() => call<Tokens>(stack.url, "POST /auth/signup", { body: input }));
  const { access_token: token, refresh_token, user: me } = bodyOf(`signing up ${display_name}`, answer);
  return {
    id: me.id,
    email,
    password,
    me,
    token,
    refresh_token,
    call: (operation, options = {}) => call(stack.url, operation, { token, ...options }),
  };
}

/** Creates a workspace, and returns its owner. */
export const createWorkspace = (stack: Stack, name = "Owner"): Promise<Person> =>
  signUp(stack, name, { tenant_name: `Workspace of ${name}` });

/** Signs a user up whom `by` invites into their workspace. */
export async function invite(stack: Stack, by: Person, name = "Member", role = "member"): Promise<Person> {
  const answer = await inTurn(() => by.call<{ token: string }>("POST /auth/invites", { body: { role } }));
  return signUp(stack, name, { invite_token: bodyOf("making an invite", answer).token });
}

export async function directBetween(a: Person, b: Person): Promise<Conversation> {
  const body = { type: "direct", participant_ids: [b.id] };
  const answer = await inTurn(() => a.call<Conversation>("POST /v1/chat/conversations", { body }));
  return bodyOf("creating a direct conversation", answer);
}

export async function groupOf(owner: Person, others: readonly Person[], name = "Group"): Promise<Conversation> {
  const body = { type: "group", name, participant_ids: others.map(({ id }) => id) };
  const answer = await inTurn(() => owner.call<Conversation>("POST /v1/chat/conversations", { body }));
  return bodyOf("creating a group", answer);
}

export async function say(by: Person, conversation_id: string, text: string, more: object = {}): Promise<Message> {
  const answer = await by.call<Message>("POST /v1/chat/messages/send", { body: { conversation_id, text, ...more } });
  return bodyOf("sending a message", answer);
}
