import type { TRPCBuiltRouter, TRPCDefaultErrorShape } from "@trpc/server";
import type { Bound, ProcedureMeta } from "./bind.js";
import type { Problem } from "./problem.js";
import type { Domain } from "./procedure.js";

/** The error of a call over `/trpc`: tRPC's own shape, with the problem that REST would answer. */
export interface TrpcErrorShape extends TRPCDefaultErrorShape {
  data: TRPCDefaultErrorShape["data"] & { problem: Problem };
}

interface Root {
  ctx: object;
  meta: ProcedureMeta;
  errorShape: TrpcErrorShape;
  transformer: false;
}

/** The type of a router with the operations of these rooms. */
export type RouterOf<C extends Record<string, Domain>> = TRPCBuiltRouter<Root, { [R in keyof C]: Bound<C[R]> }>;
