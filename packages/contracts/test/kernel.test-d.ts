import { initTRPC, TRPCError } from "@trpc/server";
import { describe, expectTypeOf, it } from "vitest";
import { z } from "zod";
import { type Base, type Bound, bind, type Handlers, type msgsrvContract, type ProcedureMeta } from "../src/index.js";
import { mutation, query } from "../src/kernel/procedure.js";

interface Actor {
  user_id: string;
}

const t = initTRPC.meta<ProcedureMeta>().context<{ actor: Actor | null }>().create();
const bases: { public: Base<{ actor: Actor | null }>; session: Base<{ actor: Actor }> } = {
  public: t.procedure,
  session: t.procedure.use(({ ctx, next }) => {
    if (ctx.actor === null) throw new TRPCError({ code: "UNAUTHORIZED" });
    return next({ ctx: { actor: ctx.actor } });
  }),
};

const shared = { summary: "", errors: [], example: { input: { name: "a" } } } as const;
const room = {
  greet: query({
    ...shared,
    access: "public",
    rest: "GET /greet",
    input: z.strictObject({ name: z.string() }),
    output: z.strictObject({ text: z.string() }),
  }),
  rename: mutation({
    ...shared,
    access: "session",
    rest: "POST /rename",
    input: z.strictObject({ name: z.string(), times: z.int().default(1) }),
    output: z.void(),
    status: 204,
  }),
};

const greet = async () => ({ text: "hello" });
const rename = async () => undefined;

describe("bind", () => {
  it("takes one handler for each operation", () => {
    const bound = bind("room", room, bases, { greet, rename });
    expectTypeOf(bound).toEqualTypeOf<Bound<typeof room>>();
    expectTypeOf(bound.greet._def.$types.input).toEqualTypeOf<{ name: string }>();
    expectTypeOf(bound.greet._def.$types.output).toEqualTypeOf<{ text: string }>();
    expectTypeOf(bound.rename._def.type).toEqualTypeOf<"mutation">();
  });

  it("refuses a missing operation", () => {
    // @ts-expect-error rename is missing
    bind("room", room, bases, { greet });
  });

  it("refuses an operation that the contract does not have", () => {
    // @ts-expect-error there is no shout
    bind("room", room, bases, { greet, rename, shout: greet });
  });

  it("refuses a wrong result", () => {
    // @ts-expect-error text is a string
    bind("room", room, bases, { greet: async () => ({ text: 1 }), rename });
    // @ts-expect-error text is missing
    bind("room", room, bases, { greet: async () => ({}), rename });
    // @ts-expect-error an operation that answers 204 answers nothing
    bind("room", room, bases, { greet, rename: async () => ({ text: "" }) });
  });

  it("gives handlers the parsed input, with its defaults", () => {
    type Options = Parameters<Handlers<typeof room, typeof bases>["rename"]>[0];
    expectTypeOf<Options["input"]>().toEqualTypeOf<{ name: string; times: number }>();
  });

  it("knows the actor only where a session is required", () => {
    type Context<K extends keyof typeof room> = Parameters<Handlers<typeof room, typeof bases>[K]>[0]["ctx"];
    expectTypeOf<Context<"greet">["actor"]>().toEqualTypeOf<Actor | null>();
    expectTypeOf<Context<"rename">["actor"]>().toEqualTypeOf<Actor>();
    bind("room", room, bases, {
      // @ts-expect-error the actor of a public operation may be null
      greet: async ({ ctx }) => ({ text: ctx.actor.user_id }),
      rename: async ({ ctx }) => void ctx.actor.user_id,
    });
  });

  it("refuses bases without a guard for sessions", () => {
    // @ts-expect-error the base for sessions is missing
    bind("room", room, { public: t.procedure }, { greet, rename });
  });
});

describe("a router", () => {
  type Rooms = { [D in keyof typeof msgsrvContract]: Bound<(typeof msgsrvContract)[D]> };
  const { conversations, participants, messages, users, media } = {} as Rooms;

  it("has every room", () => {
    t.router({ conversations, participants, messages, users, media } satisfies Rooms);
  });

  it("does not compile without one of them", () => {
    // @ts-expect-error media is missing
    t.router({ conversations, participants, messages, users } satisfies Rooms);
  });

  it("does not compile with the operations of another room in one's place", () => {
    // @ts-expect-error the operations of users are not those of media
    t.router({ conversations, participants, messages, users, media: users } satisfies Rooms);
  });
});

describe("an example", () => {
  const draft = {
    summary: "",
    errors: [],
    access: "public",
    rest: "GET /greet",
    input: z.strictObject({ name: z.string() }),
    output: z.strictObject({ text: z.string() }),
  } as const;

  it("has the types of the schemas", () => {
    query({ ...draft, example: { input: { name: "a" }, output: { text: "b" } } });
    // @ts-expect-error name is a string
    query({ ...draft, example: { input: { name: 1 } } });
    // @ts-expect-error text is a string
    query({ ...draft, example: { input: { name: "a" }, output: { text: 1 } } });
  });

  it("goes with codes that exist", () => {
    // @ts-expect-error there is no such code
    query({ ...draft, errors: ["no_such_code"], example: { input: { name: "a" } } });
  });
});
