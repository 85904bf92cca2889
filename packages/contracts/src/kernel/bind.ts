import type { TRPCMutationProcedure, TRPCProcedureBuilder, TRPCQueryProcedure } from "@trpc/server";
import type { z } from "zod";
import type { ErrorCode } from "./errors.js";
import { type Domain, errorsOf, type Procedure, type RestMethod, restOf } from "./procedure.js";
import type { RateName } from "./rates.js";
import type { ShareName } from "./shares.js";

/** The metadata of a bound tRPC procedure; trpc-to-openapi reads `openapi`. */
export interface ProcedureMeta {
  openapi?: {
    method: RestMethod;
    path: `/${string}`;
    operationId: string;
    summary: string;
    description?: string;
    tags: string[];
    protect: boolean;
  };
  contract?: {
    operation: string;
    errors: readonly ErrorCode[];
    rate: RateName | undefined;
    share: ShareName | undefined;
    shareWithQ: ShareName | undefined;
  };
}

// biome-ignore lint/suspicious/noExplicitAny: a tRPC builder has eight type parameters, and is invariant in all of them
type AnyBuilder = TRPCProcedureBuilder<any, any, any, any, any, any, any, any>;

/**
 * A tRPC builder whose handlers get a context of type `C`. The type holds nothing else of the builder, so that a
 * handler that needs less fits a builder that provides more: a process with several services binds all of them to one
 * builder.
 */
export type Base<C> = AnyBuilder & { readonly provides?: C };

/** One builder for each kind of access, with its own guard and its own context. */
export type Bases = Record<Procedure["access"], Base<unknown>>;

export type CtxOf<B extends Bases, A extends Procedure["access"]> = B[A] extends Base<infer C> ? C : never;

export type Handlers<D extends Domain, B extends Bases> = {
  [K in keyof D]: (options: {
    ctx: CtxOf<B, D[K]["access"]>;
    input: z.output<D[K]["input"]>;
  }) => Promise<z.input<D[K]["output"]>>;
};

/** The input of a call, which may be left out where no field is required. */
// biome-ignore lint/suspicious/noConfusingVoidType: what makes a parameter one that may be left out
type CallInput<I> = Record<never, never> extends I ? I | void : I;

interface Def<P extends Procedure> {
  input: CallInput<z.input<P["input"]>>;
  output: z.output<P["output"]>;
  meta: ProcedureMeta;
}

export type Bound<D extends Domain> = {
  [K in keyof D]: D[K]["kind"] extends "query" ? TRPCQueryProcedure<Def<D[K]>> : TRPCMutationProcedure<Def<D[K]>>;
};

const metaOf = (room: string, name: string, procedure: Procedure): ProcedureMeta => {
  const { method, path } = restOf(procedure);
  const operation = `${room}.${name}`;
  return {
    openapi: {
      method,
      path: path.replace(/:(\w+)/g, "{$1}") as `/${string}`,
      operationId: operation,
      summary: procedure.summary,
      ...(procedure.description === undefined ? {} : { description: procedure.description }),
      tags: [room],
      protect: procedure.access === "session",
    },
    contract: {
      operation,
      errors: errorsOf(procedure),
      rate: procedure.rate,
      share: procedure.share,
      shareWithQ: procedure.shareWithQ,
    },
  };
};

/**
 * Turns the operations of a room into tRPC procedures. A handler that is missing, superfluous or wrongly typed does not
 * compile. This is the only place in which the contract meets tRPC's runtime.
 */
export function bind<D extends Domain, B extends Bases>(
  room: string,
  domain: D,
  bases: B,
  handlers: Handlers<D, B>,
): Bound<D> {
  const bound = Object.entries(domain).map(([name, procedure]) => {
    const builder = bases[procedure.access]
      .meta(metaOf(room, name, procedure))
      .input(procedure.input)
      .output(procedure.output);
    return [name, builder[procedure.kind](handlers[name as keyof D] as never)];
  });
  return Object.fromEntries(bound) as Bound<D>;
}
