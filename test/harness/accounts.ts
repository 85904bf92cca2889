import { afterAll, beforeAll, expect } from "vitest";
import { type Answer, call } from "./client.js";
import { invite, type Operation, type Person, type SignUp, signUp } from "./people.js";
import { type Stack, startStack } from "./stack.js";

// biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every shape; they are checked on arrival
type Anything = any;

export type Call = (
  operation: Operation,
  options?: { token?: string; body?: unknown; headers?: Record<string, string> },
) => Promise<Answer<Anything>>;

/** A body that is text is sent as it is. */
const callAt =
  (base: () => string): Call =>
  (operation, { body, ...options } = {}) =>
    call(base(), operation, { ...options, ...(typeof body === "string" ? { raw: body } : { body }) });

/** Starts a stack for the tests of a file, with calls and people of its own. */
export function useStack(environment: Record<string, string> = {}) {
  const stacks: Stack[] = [];
  const stack = (): Stack => stacks[0] as Stack;
  beforeAll(async () => {
    stacks.push(await startStack(environment));
  });
  afterAll(async () => {
    for (const one of stacks.reverse()) await one.close();
  });

  return {
    call: callAt(() => stack().url),
    stack,
    signUp: (input?: SignUp) => signUp(stack(), input),
    /** Signs a user up whom `by` invites into their workspace. */
    invite: (by: Person, role?: string) => invite(stack(), by, "Grace", role),

    /** A second node on the same database. */
    async another(environment: Record<string, string> = {}): Promise<Call> {
      const node = await startStack({
        DATABASE_URL: stack().database.url,
        VERO_PUBLIC_URL: stack().issuer,
        ...environment,
      });
      stacks.push(node);
      return callAt(() => node.url);
    },
  };
}

/** Settings under which rates are limited as in production. */
export const strictRates = { VERO_RATE_LIMITS: "on", NODE_ENV: "production" };

export function expectProblem(answer: Answer<Anything>, status: number, code: string): void {
  expect(answer.body).toMatchObject({ status, code, type: `/problems/${code}` });
  expect(answer.status).toBe(status);
  expect(answer.headers.get("content-type")).toMatch(/^application\/problem\+json/);
  expect(answer.body.request_id).toBe(answer.headers.get("x-request-id"));
}

/** The fields that a refusal names. */
export const pathsOf = ({ body }: Answer<Anything>): string[] =>
  body.errors.map(({ path }: { path: string }) => path).sort();
