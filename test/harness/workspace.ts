import type { Message } from "@vero/contracts";
import { beforeAll } from "vitest";
import { useStack } from "./accounts.js";
import { type Answer, bodyOf } from "./client.js";
import { createWorkspace, invite, type Person } from "./people.js";
import { connect, type TestSocket } from "./socket.js";
import type { Stack } from "./stack.js";

export interface Workspace {
  stack: Stack;
  /** The owner of the workspace. */
  ada: Person;
  grace: Person;
  /** A member of the same workspace who takes part in no conversation unless a test adds them. */
  outsider: Person;
  /** The owner of another workspace. */
  stranger: Person;
}

/** Starts a stack for the tests of a file, with users in two workspaces; its fields are set before the first test. */
export function useWorkspace(environment: Record<string, string> = {}): Workspace {
  const workspace = {} as Workspace;
  const { stack: startedStack } = useStack(environment);
  beforeAll(async () => {
    const stack = startedStack();
    const [ada, stranger] = await Promise.all([createWorkspace(stack, "Ada"), createWorkspace(stack, "Stranger")]);
    const [grace, outsider] = await Promise.all([invite(stack, ada, "Grace"), invite(stack, ada, "Outsider")]);
    Object.assign(workspace, { stack, ada, grace, outsider, stranger });
  });
  return workspace;
}

/** Lists every message of a conversation that the user sees, page by page from its start. */
export async function historyOf(person: Person, conversationId: string): Promise<Message[]> {
  const all: Message[] = [];
  for (;;) {
    const after = all.at(-1)?.seq ?? 0;
    const answer = await person.call<{ items: Message[]; has_more_after: boolean }>(
      `GET /v1/chat/conversations/${conversationId}/messages?after_seq=${after}&limit=200`,
    );
    const body = bodyOf("listing messages", answer);
    all.push(...body.items);
    if (!body.has_more_after) return all;
  }
}

/** Runs with an open socket of each of the users; the sockets are closed in any case. */
export async function withSockets<T>(
  stack: Stack,
  people: readonly Person[],
  work: (...sockets: TestSocket[]) => Promise<T>,
): Promise<T> {
  const sockets = await Promise.all(people.map((person) => connect(stack, person)));
  try {
    return await work(...sockets);
  } finally {
    await Promise.all(sockets.map((socket) => socket.close()));
  }
}

/** Removes from a problem the fields that differ from call to call. */
export const withoutRequestId = ({ status, body }: Answer<unknown>): object => ({
  status,
  body: { ...(body as object), request_id: "" },
});

export const upTo = (n: number): number[] => Array.from({ length: n }, (_, index) => index + 1);
