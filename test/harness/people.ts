import { randomUUID } from "node:crypto";
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

/** The fields of a sign-up that a test decides. */
export interface SignUp {
  email?: string;
  password?: string;
  display_name?: string;
  phone?: string;
  timezone?: string;
  tenant_name?: string;
  invite_token?: string;
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

export const passphrase = "a long passphrase";
export const anEmail = (): string => `${randomUUID()}@example.com`;

function personOf(tokens: Tokens, password: string, callWith: Person["call"]): Person {
  const { access_token: token, refresh_token, user: me } = tokens;
  return {
    id: me.id,
    email: me.email,
    password,
    me,
    token,
    refresh_token,
    call: (operation, options = {}) => callWith(operation, { token, ...options }),
  };
}

/** Signs a user up: into a workspace of their own, unless the input has an invite. */
export async function signUp(stack: Stack, input: SignUp = {}): Promise<Person> {
  const workspace = input.invite_token === undefined ? { tenant_name: "Engines" } : {};
  const body = { email: anEmail(), password: passphrase, display_name: "Ada", ...workspace, ...input };
  const answer = await inTurn(() => call<Tokens>(stack.url, "POST /auth/signup", { body }));
  const tokens = bodyOf(`signing up ${body.display_name}`, answer);
  return personOf(tokens, body.password, (operation, options) => call(stack.url, operation, options));
}

/** Signs the person in once more: the same person, with a session of its own. */
export async function logIn({ email, password, call }: Person): Promise<Person> {
  const body = { email, password };
  const answer = await inTurn(() => call<Tokens>("POST /auth/login", { token: undefined, body }));
  return personOf(bodyOf(`signing in ${email}`, answer), password, call);
}

/** Makes an invite into the workspace of the person, and returns its token. */
export async function createInvite(by: Person, input: object = {}): Promise<string> {
  const body = { role: "member", ...input };
  const answer = await inTurn(() => by.call<{ token: string }>("POST /auth/invites", { body }));
  return bodyOf("making an invite", answer).token;
}

/** Creates a workspace, and returns its owner. */
export const createWorkspace = (stack: Stack, name = "Owner"): Promise<Person> =>
  signUp(stack, { display_name: name, tenant_name: `Workspace of ${name}` });

/** Signs a user up whom `by` invites into their workspace. */
export const invite = async (stack: Stack, by: Person, name = "Member", role = "member"): Promise<Person> =>
  signUp(stack, { display_name: name, invite_token: await createInvite(by, { role }) });

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
