import type { TRPCBuiltRouter, TRPCDefaultErrorShape } from "@trpc/server";
import type { contract } from "./index.js";
import type { Bound, ProcedureMeta } from "./kernel/bind.js";
import type { Problem } from "./kernel/problem.js";

/** The error of a call over `/trpc`: that of tRPC, with the problem that REST answers. */
export interface TrpcErrorShape extends TRPCDefaultErrorShape {
  data: TRPCDefaultErrorShape["data"] & { problem: Problem };
}

interface Root {
  ctx: object;
  meta: ProcedureMeta;
  errorShape: TrpcErrorShape;
  transformer: false;
}

/** The type of the router behind `/trpc`, for `createTRPCClient<AppRouter>`. */
export type AppRouter = TRPCBuiltRouter<Root, { [R in keyof typeof contract]: Bound<(typeof contract)[R]> }>;
