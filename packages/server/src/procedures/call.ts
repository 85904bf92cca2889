import { type AnyTRPCRouter, callTRPCProcedure } from "@trpc/server";
import type { Domain, Procedure } from "@vero/contracts";
import { toAppError } from "../errors/to-app-error.js";
import type { CallContext } from "./context.js";

export interface Call {
  router: AnyTRPCRouter;
  /** `room.name`, as in the contract. */
  operation: string;
  kind: Procedure["kind"];
  ctx: CallContext;
  /** Reads the input; called only once authentication and rate limits have let the call pass. */
  input(): unknown;
}

/** Calls a bound operation directly, for REST and the socket; throws only `AppError`. */
export async function callOperation({ router, operation, kind, ctx, input }: Call): Promise<unknown> {
  try {
    return await callTRPCProcedure({
      router,
      path: operation,
      type: kind,
      ctx,
      getRawInput: async () => input(),
      // Calls end by their deadline. The signal of a request is aborted at the end of every one, which costs much.
      signal: undefined,
      batchIndex: 0,
    });
  } catch (error) {
    throw toAppError(error);
  }
}

/** Returns the operation of that name, or undefined where the contract has none. */
export function operationNamed(contract: Record<string, Domain>, operation: string): Procedure | undefined {
  const [room = "", name = "", ...rest] = operation.split(".");
  const domain = Object.hasOwn(contract, room) && rest.length === 0 ? contract[room] : undefined;
  return domain !== undefined && Object.hasOwn(domain, name) ? domain[name] : undefined;
}
