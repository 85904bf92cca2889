import { initTRPC } from "@trpc/server";
import { AppError, type Base, deadlineMsOf, type ErrorCode, type ProcedureMeta, type ShareName } from "@vero/contracts";
import { Deadline } from "@vero/db";
import { problemOf } from "../errors/problem.js";
import { asTrpcError, settle } from "../errors/settle.js";
import { limitKeyOf } from "../limits/address.js";
import { type CalledOperation, logOperation } from "../log/operation.js";
import { weighAnswer } from "../shares/bytes.js";
import { answerInTime } from "../shares/deadlines.js";
import { createShares } from "../shares/shares.js";
import type { Actor, CallContext } from "./context.js";

/** What the frame around an operation may answer although the operation does not declare it. */
const alwaysAllowed: readonly ErrorCode[] = ["internal_error", "unavailable"];

/** An undeclared code is a bug of ours, and says so: 500 and a log line, so that it is found in tests. */
function declared(error: AppError, meta: ProcedureMeta | undefined): AppError {
  if (meta?.contract?.errors.includes(error.code) || alwaysAllowed.includes(error.code)) return error;
  return new AppError("internal_error", {
    cause: new Error(`${meta?.contract?.operation ?? "an operation"} does not declare ${error.code}`, { cause: error }),
  });
}

const asksFor = (input: unknown): boolean => typeof input === "object" && input !== null && "q" in input;

/** The share of a call; where it depends on the input, that is looked at before it is checked. */
async function shareOf(meta: ProcedureMeta | undefined, input: () => Promise<unknown>): Promise<ShareName> {
  const { share = "requests", shareWithQ } = meta?.contract ?? {};
  return shareWithQ !== undefined && asksFor(await input()) ? shareWithQ : share;
}

/** Builders whose handlers get `C`, and those of signed-in callers who is calling as well. */
export interface BasesOf<C> {
  public: Base<C>;
  session: Base<C & { actor: Actor }>;
}

/**
 * The tRPC builders that operations are bound to: one deadline, one guard, one limiter, the shares of the process, and
 * one way out for errors, whichever of the three transports a call came in by.
 */
export function createBases<C extends CallContext>({ deadlineFactor = 1 }: { deadlineFactor?: number } = {}) {
  const t = initTRPC
    .context<C>()
    .meta<ProcedureMeta>()
    .create({
      isDev: false,
      errorFormatter: ({ shape, error, ctx }) => ({
        ...shape,
        data: { ...shape.data, problem: problemOf(settle(error), ctx?.request_id ?? "") },
      }),
    });

  /** An input that is left out is one without fields. */
  const given = t.procedure.use(({ getRawInput, next }) =>
    next({
      getRawInput: async () => {
        const input = await getRawInput();
        return input === undefined ? {} : input;
      },
    }),
  );

  const settled = given.use(async ({ ctx, meta, path, next }) => {
    const begun = performance.now();
    const called: CalledOperation = { operation: path, address: ctx.ip };
    const authenticate = async (): Promise<Actor> => {
      called.actor = await ctx.authenticate();
      return called.actor;
    };
    ctx.noteOperation?.();
    const result = await next({ ctx: { authenticate } });
    const error = result.ok ? undefined : declared(settle(result.error), meta);
    logOperation(ctx.log, { ...called, ms: performance.now() - begun, error });
    if (error !== undefined) throw asTrpcError(error);
    return result;
  });

  const timed = settled.use(({ ctx, meta, next }) => {
    const deadline = new Deadline(deadlineMsOf(meta?.contract ?? {}) * deadlineFactor, ctx.arrived_at);
    return answerInTime(deadline, (passed) => next({ ctx: { passed } }));
  });

  const open = timed.use(async ({ ctx, meta, next }) => {
    const address = limitKeyOf(ctx.ip);
    await ctx.limits.consume("unauthenticated", address);
    if (meta?.contract?.rate) await ctx.limits.consume(meta.contract.rate, address);
    return next();
  });

  const shares = createShares();
  const session = timed.use(async ({ ctx, meta, next, getRawInput }) => {
    const actor: Actor = await ctx.authenticate().catch(async (error) => {
      // Not for a token that has just expired, nor for trouble of ours: an office behind one address is full of those.
      if (settle(error).code === "unauthenticated") await ctx.limits.consume("unauthenticated", limitKeyOf(ctx.ip));
      throw error;
    });
    await ctx.limits.consume("all", actor.user_id);
    if (meta?.contract?.rate) await ctx.limits.consume(meta.contract.rate, actor.user_id);
    const share = await shareOf(meta, getRawInput);
    // Before the places that others wait for as well.
    const endTurn = await ctx.batch?.enter(share, ctx.passed);
    try {
      const leave = await shares.enter(share, actor, ctx.passed);
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
  });

  const bases: BasesOf<C> = { public: open, session };
  return { router: t.router, bases };
}
