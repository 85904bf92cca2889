import type { AppError } from "@vero/contracts";
import type { Actor } from "../procedures/context.js";
import type { Logger } from "./logger.js";

export interface CalledOperation {
  /** `room.name`, as in the contract. */
  operation: string;
  /** The client's address. */
  address: string;
  /** Absent where the call was not authenticated. */
  actor?: Actor;
}

/**
 * Writes the line that each call of an operation has in the log, whichever transport it came by: a batch of ten calls
 * has ten lines. It says who called which operation with which result, and never with which input.
 */
export function logOperation(
  log: Logger,
  { operation, address, actor, ms, error }: CalledOperation & { ms: number; error: AppError | undefined },
): void {
  const line = {
    operation,
    user_id: actor?.user_id,
    tenant_id: actor?.tenant_id,
    session_id: actor?.session_id,
    address,
    code: error?.code ?? "ok",
    ms: Math.round(ms),
  };
  if (error?.code === "internal_error") log.error({ ...line, err: error }, "operation");
  else if (error?.code === "unavailable") log.warn({ ...line, err: error }, "operation");
  else log.info(line, "operation");
}
