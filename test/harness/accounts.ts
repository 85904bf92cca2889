import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect } from "vitest";
import { type Answer, bodyOf, call } from "./client.js";
import { type Stack, startStack } from "./stack.js";
import { waitFor } from "./waiting.js";

export const passphrase = "a long passphrase";
export const anEmail = (): string => `${randomUUID()}@example.com`;

// biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every shape; they are checked on arrival
type Anything = any;
type Operation = Parameters<typeof call>[1];

export type Call = (
  operation: Operation,
  options?: { token?: string; body?: unknown; headers?: Record<string, string> },
) => Promise<Answer<Anything>>;

/** A body that is text is sent as it is. */
const callAt =
  (base: () => string): Call =>
  (operation, { body, ...options } = {}) =>
    call(base(), operation, { ...options, ...(typeof body === "string" ? { raw: body } : { body }) });

/** Starts a stack for the tests of a file, with helpers for accounts. */
export function useStack() {
  const stacks: Stack[] = [];
  const stack = (): Stack => stacks[0] as Stack;
  beforeAll(async () => {
    stacks.push(await startStack());
  });
  afterAll(async () => {
    for (const one of stacks.reverse()) await one.close();
  });

  const call = callAt(() => stack().url);

  async function signUp(input: object = {}) {
    const body = bodyOf(
      "signing up",
      await call("POST /auth/signup", {
        body: { email: anEmail(), password: passphrase, display_name: "Ada", tenant_name: "Engines", ...input },
      }),
    );
    return {
      ...body,
      id: body.user.id as string,
      token: body.access_token as string,
      email: body.user.email as string,
    };
  }

  async function invite(token: string, input: object = {}): Promise<string> {
    const answer = await call("POST /auth/invites", { token, body: { role: "member", ...input } });
    return bodyOf("making an invite", answer).token;
  }

  return {
    call,
    stack,
    signUp,
    invite,

    /** Signs a user up who joins the workspace that the token belongs to. */
    join: async (token: string, role = "member", input: object = {}) =>
      signUp({ tenant_name: undefined, invite_token: await invite(token, { role }), ...input }),

    logIn: async (email: string, password = passphrase) =>
      bodyOf("logging in", await call("POST /auth/login", { body: { email, password } })),

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

/** Repeats the request until the condition holds; answers the milliseconds that that took. */
export async function until(isSo: () => Promise<boolean>, what = String(isSo)): Promise<number> {
  const start = performance.now();
  await waitFor(isSo, what);
  return performance.now() - start;
}
