import type { Conversation, Me, Message } from "@vero/contracts";
import { type Answer, type CallOptions, call } from "./client.js";
import type { Stack } from "./stack.js";

export interface Tokens {
  access_token: string;
  token_type: "Bearer";
  expires_in: number;
  refresh_token: string;
  user: Me;
}

export type Operation = Parameters<typeof call>[1];

/** Somebody who is signed in. */
export interface Person {
  id: string;
  email: string;
  password: string;
  me: Me;
  token: string;
  refresh_token: string;
  call<T = unknown>(operation: Operation, options?: CallOptions): Promise<Answer<T>>;
}

let count = 0;
const password = "a passphrase for tests";

async function signUp(stack: Stack, display_name: string, place: object): Promise<Person> {
  count += 1;
  const email = `${display_name.toLowerCase().replace(/\W/g, "").slice(0, 40) || "somebody"}.${count}@example.com`;
  const answer = await call<Tokens>(stack.url, "POST /auth/signup", {
    body: { email, password, display_name, ...place },
  });
  if (answer.status !== 200) throw new Error(`signup answered ${answer.status}: ${JSON.stringify(answer.body)}`);
  const { access_token: token, refresh_token, user: me } = answer.body;
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

/** A new workspace and its owner. */
export const found = (stack: Stack, name = "Owner"): Promise<Person> =>
  signUp(stack, name, { tenant_name: `Workspace of ${name}` });

/** Somebody whom `by` invites into their workspace. */
export async function invite(stack: Stack, by: Person, name = "Member", role = "member"): Promise<Person> {
  const { body } = await by.call<{ token: string }>("POST /auth/invites", { body: { role } });
  return signUp(stack, name, { invite_token: body.token });
}

export async function directBetween(a: Person, b: Person): Promise<Conversation> {
  const { body } = await a.call<Conversation>("POST /v1/chat/conversations", {
    body: { type: "direct", participant_ids: [b.id] },
  });
  return body;
}

export async function groupOf(owner: Person, others: readonly Person[], name = "Group"): Promise<Conversation> {
  const { body } = await owner.call<Conversation>("POST /v1/chat/conversations", {
    body: { type: "group", name, participant_ids: others.map(({ id }) => id) },
  });
  return body;
}

export async function say(by: Person, conversation_id: string, text: string, more: object = {}): Promise<Message> {
  const answer = await by.call<Message>("POST /v1/chat/messages/send", { body: { conversation_id, text, ...more } });
  if (answer.status !== 200) throw new Error(`send answered ${answer.status}: ${JSON.stringify(answer.body)}`);
  return answer.body;
}
