/**
 * SQLSTATEs after which the same call may succeed: the server is starting, stopping, full or too slow
 * (PostgreSQL manual, appendix A), or the transaction met another one.
 */
const transient = new Set(["53300", "55P03", "57014", "57P01", "57P02", "57P03", "25P03", "40001", "40P01"]);
const lostConnection =
  /^(ECONN(REFUSED|RESET|ABORTED)|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|ENETUNREACH|EHOSTUNREACH|CONNECT_TIMEOUT|CONNECTION_(CLOSED|ENDED|DESTROYED|CONNECT_TIMEOUT))$/;

/** We gave up waiting; what was asked for may have happened, or may happen yet. */
export class DatabaseUnavailableError extends Error {
  override readonly name = "DatabaseUnavailableError";
}

interface DriverError extends Error {
  code?: unknown;
  constraint_name?: unknown;
}

function* causes(error: unknown): Generator<DriverError> {
  for (let at = error, depth = 0; at instanceof Error && depth < 5; at = at.cause, depth += 1) yield at as DriverError;
}

/** The database is away or overloaded, as opposed to: the statement is wrong. */
export function isUnavailable(error: unknown): boolean {
  for (const cause of causes(error)) {
    if (cause instanceof DatabaseUnavailableError) return true;
    const { code } = cause;
    if (typeof code !== "string") continue;
    if (transient.has(code) || code.startsWith("08") || lostConnection.test(code)) return true;
  }
  return false;
}

/** SQLSTATE 23505 on the named constraint or index. */
export function isUniqueViolation(error: unknown, constraint: string): boolean {
  for (const cause of causes(error)) {
    if (cause.code === "23505" && cause.constraint_name === constraint) return true;
  }
  return false;
}
