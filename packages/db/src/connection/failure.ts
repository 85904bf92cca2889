/**
 * SQLSTATEs after which the same call may succeed (PostgreSQL manual, appendix A): of whole classes, the connection, the
 * resources (disk, memory, connections) and the system around the server; of others, a server that starts, stops, is too
 * slow, takes no writes for now or refuses us until somebody mends its accounts, and a transaction that met another one.
 */
const transientClasses = ["08", "53", "58"];
const transient = new Set("25006 25P03 28000 28P01 3D000 40001 40P01 55P03 57014 57P01 57P02 57P03 57P05".split(" "));
/** The server has no room, or none of the means, to write. */
const writeRefusal = /^(53[12]00|58...|25006)$/;
/** The connection or the server went away; where that was during a commit, nobody knows what became of it. */
const interruption = /^(08...|57P0[1235]|40003)$/;
const lostConnection =
  /^(ECONN(REFUSED|RESET|ABORTED)|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|ENETUNREACH|EHOSTUNREACH|CONNECT_TIMEOUT|CONNECTION_(CLOSED|ENDED|DESTROYED|CONNECT_TIMEOUT))$/;

/** The server stops, starts or cannot be reached, so that the next call would fail as well. */
const absence = /^(08...|57P0[123])$/;
/** The transaction gave way to another one; nothing of it is left. */
const conflict = /^(40001|40P01)$/;

/** We gave up waiting; what was asked for may have happened, or may happen yet. */
export class DatabaseUnavailableError extends Error {
  override readonly name = "DatabaseUnavailableError";

  constructor(
    message: string,
    /** False where nothing of it was ever sent. */
    readonly hasBegun = true,
  ) {
    super(message);
  }
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
    if (transient.has(code) || transientClasses.includes(code.slice(0, 2)) || lostConnection.test(code)) return true;
  }
  return false;
}

/** The connection was lost, or there is no server: not one that is slow or busy, nor a transaction that met another one. */
export function isAway(error: unknown): boolean {
  for (const { code } of causes(error)) {
    if (typeof code === "string" && (absence.test(code) || lostConnection.test(code))) return true;
  }
  return false;
}

/** A deadlock or a serialization failure: the same transaction may succeed when it is made again. */
export function isConflict(error: unknown): boolean {
  for (const { code } of causes(error)) if (typeof code === "string" && conflict.test(code)) return true;
  return false;
}

/** The database answers, and takes no writes: its disk is full or broken, or it is a standby. */
export function isWriteRefusal(error: unknown): boolean {
  for (const { code } of causes(error)) if (typeof code === "string" && writeRefusal.test(code)) return true;
  return false;
}

/** The transaction may have been committed although it failed: its answer, or the server, was lost on the way. */
export function isOutcomeUnknown(error: unknown): boolean {
  for (const cause of causes(error)) {
    if (cause instanceof DatabaseUnavailableError) return cause.hasBegun;
    const { code } = cause;
    if (typeof code === "string" && (interruption.test(code) || lostConnection.test(code))) return true;
  }
  return false;
}

/** A lock was not to be had within `lock_timeout` (SQLSTATE 55P03). */
export function isLockTimeout(error: unknown): boolean {
  for (const { code } of causes(error)) if (code === "55P03") return true;
  return false;
}

/** SQLSTATE 23505 on the named constraint or index. */
export function isUniqueViolation(error: unknown, constraint: string): boolean {
  for (const cause of causes(error)) {
    if (cause.code === "23505" && cause.constraint_name === constraint) return true;
  }
  return false;
}
