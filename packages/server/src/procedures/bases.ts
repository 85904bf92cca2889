import { initTRPC } from "@trpc/server";
import { AppError, type Base, deadlineMsOf, type ErrorCode, type ProcedureMeta, type ShareName } from "@vero/contracts";
import { Deadline } from "@vero/db";
import { problemOf } from "../errors/problem.js";
import { asTrpcError, toAppError } from "../errors/to-app-error.js";
import { limitKeyOf } from "../limits/address.js";
import { type CalledOperation, logOperation } from "../log/operation.js";
import { weighAnswer } from "../shares/bytes.js";
import { answerInTime } from "../shares/deadlines.js";
import { createShares } from "../shares/shares.js";
import type { Actor, CallContext } from "./context.js";

/** Errors that every operation may answer without declaring them, because they arise around it. */
const alwaysAllowed: readonly ErrorCode[] = ["internal_error", "unavailable"];

/**
 * Returns the error where the operation declares it. An undeclared one is a bug: it becomes a 500 with a line in the
 * log, so that tests find it.
 */
function declared(error: AppError, meta: ProcedureMeta | undefined): AppError {
  if (meta?.contract?.errors.includes(error.code) || alwaysAllowed.includes(error.code)) return error;
  return new AppError("internal_error", {
    cause: new Error(`${meta?.contract?.operation ?? "an operation"} does not declare ${error.code}`, { cause: error }),
  });
}

const asksFor = (input: unknown): boolean => typeof input === "object" && input !== null && "q" in input;

/**
 * Returns the share in which a call takes its slots. Where that depends on the input, it looks at the input before
 * validation, because a call takes its slots before it is validated.
 */
async function shareOf(meta: ProcedureMeta | undefined, input: () => Promise<unknown>): Promise<ShareName> {
  const { share = "requests", shareWithQ } = meta?.contract ?? {};
  return shareWithQ !== undefined && asksFor(await input()) ? shareWithQ : share;
}

/** The facts of a call that are known when it begins. */
interface Call {
  ctx: Pick<CallContext, "ip" | "arrived_at" | "log"> & { noteOperation?: (() => void) | undefined };
  meta: ProcedureMeta | undefined;
  path: string;
}

/** The builders of operations by who may call: anybody, or signed-in users, whose handlers get the actor as well. */
export interface BasesOf<C> {
  public: Base<C>;
  session: Base<C & { actor: Actor }>;
}

/**
 * Creates the tRPC builders that operations are bound to. Calls of all three transports pass through them, so that
 * deadline, authentication, rate limits, shares and conversion of errors exist once.
 */
export function createBases<C extends CallContext>({ deadlineFactor = 1 }: { deadlineFactor?: number } = {}) {
  const t = initTRPC
    .context<C>()
    .meta<ProcedureMeta>()
    .create({
      isDev: false,
      errorFormatter: ({ shape, error, ctx }) => ({
        ...shape,
        data: { ...shape.data, problem: problemOf(toAppError(error), ctx?.request_id ?? "") },
      }),
    });

  /** Treats an absent input as one without fields. */
  const given = t.procedure.use(({ getRawInput, next }) =>
    next({
      getRawInput: async () => {
        const input = await getRawInput();
        return input === undefined ? {} : input;
      },
    }),
  );

  /**
   * Does what surrounds every call: its deadline, its line in the log, and the conversion of its error. It is one step of
   * tRPC for all of it, because each step copies the context.
   */
  async function surround<R extends { ok: boolean; error?: unknown }>(
    { ctx, meta, path }: Call,
    work: (called: CalledOperation, passed: AbortSignal) => Promise<R>,
  ): Promise<R> {
    const begun = performance.now();
    const called: CalledOperation = { operation: path, address: ctx.ip };
    const deadline = new Deadline(deadlineMsOf(meta?.contract ?? {}) * deadlineFactor, ctx.arrived_at);
    ctx.noteOperation?.();
    const result = await answerInTime(deadline, (passed) => work(called, passed)).catch((error: unknown) => {
      return { ok: false as const, error };
    });
    const error = result.ok ? undefined : declared(toAppError(result.error), meta);
    logOperation(ctx.log, { ...called, ms: performance.now() - begun, error });
    if (error !== undefined) throw asTrpcError(error);
    return result as R;
  }

  const open = given.use(({ ctx, meta, path, next }) =>
    surround({ ctx, meta, path }, async (called) => {
      const address = limitKeyOf(ctx.ip);
      await ctx.limits.consume("unauthenticated", address);
      if (meta?.contract?.rate) await ctx.limits.consume(meta.contract.rate, address);
      const authenticate = async (): Promise<Actor> => {
        called.actor = await ctx.authenticate();
        return called.actor;
      };
      return next({ ctx: { authenticate } });
    }),
  );

  const shares = createShares();
  const session = given.use(({ ctx, meta, path, next, getRawInput }) =>
    surround({ ctx, meta, path }, async (called, passed) => {
      const actor: Actor = await ctx.authenticate().catch(async (error) => {
        // Expired tokens and failures of ours do not count as unauthenticated: an office behind one address has many of
        // those.
        if (toAppError(error).code === "unauthenticated")
          await ctx.limits.consume("unauthenticated", limitKeyOf(ctx.ip));
        throw error;
      });
      called.actor = actor;
      await ctx.limits.consume("all", actor.user_id);
      if (meta?.contract?.rate) await ctx.limits.consume(meta.contract.rate, actor.user_id);
      const share = await shareOf(meta, getRawInput);
      // A call of a batch waits for its turn there before it takes slots that other requests wait for.
      const endTurn = await ctx.batch?.enter(share, passed);
      try {
        const leave = await shares.enter(share, actor, passed);
        try {
          const { result, bytes } = await weighAnswer(() => next({ ctx: { actor } }));
          ctx.batch?.add(bytes);
          leave({ bytes, factor: ctx.limits.factor });
          return result;
        } catch (error) {
          leave();
          throw error;
        }
      } finally {
        endTurn?.();
      }
    }),
  );

  const bases: BasesOf<C> = { public: open, session };
  return { router: t.router, bases };
}
