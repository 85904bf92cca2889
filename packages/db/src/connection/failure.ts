/**
 * SQLSTATEs after which the same call may succeed later (PostgreSQL manual, appendix A). Whole classes: connection
 * (08), insufficient resources (53) and errors of the system around the server (58). Single codes: a server that
 * starts, stops, is too slow, is read-only for now, or rejects our credentials or lacks our database until an operator
 * corrects that; and a transaction that lost against another one.
 */
const transientClasses = ["08", "53", "58"];
const transient = new Set("25006 25P03 28000 28P01 3D000 40001 40P01 55P03 57014 57P01 57P02 57P03 57P05".split(" "));
/** The server cannot write: disk full, out of memory, an I/O error, or a read-only transaction. */
const writeRefusal = /^(53[12]00|58...|25006)$/;
/** The connection or the server was lost. When that happens during a commit, the client cannot know its outcome. */
const interruption = /^(08...|57P0[1235]|40003)$/;
const lostConnection =
  /^(ECONN(REFUSED|RESET|ABORTED)|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|ENETUNREACH|EHOSTUNREACH|CONNECT_TIMEOUT|CONNECTION_(CLOSED|ENDED|DESTROYED|CONNECT_TIMEOUT))$/;

/** The server stops, starts or is unreachable, so that an immediate retry would fail as well. */
const absence = /^(08...|57P0[123])$/;
/** The server rolled the transaction back in favour of another one: nothing of it remains. */
const conflict = /^(40001|40P01)$/;

/**
 * The caller is answered without an answer of the database. Unless `hasBegun` is false, the statement may have taken
 * effect, or may still do so.
 */
export class DatabaseUnavailableError extends Error {
  override readonly name = "DatabaseUnavailableError";
  readonly hasBegun: boolean;

  constructor(
    message: string,
    /** False where nothing of the statement was ever sent. */
    { hasBegun }: { hasBegun: boolean } = { hasBegun: true },
  ) {
    super(message);
    this.hasBegun = hasBegun;
  }
}

interface DriverError extends Error {
  code?: unknown;
  constraint_name?: unknown;
}

function* causes(error: unknown): Generator<DriverError> {
  for (let at = error, depth = 0; at instanceof Error && depth < 5; at = at.cause, depth += 1) yield at as DriverError;
}

/** Tells errors of a database that is away or overloaded from those of a wrong statement. */
export function isUnavailable(error: unknown): boolean {
  for (const cause of causes(error)) {
    if (cause instanceof DatabaseUnavailableError) return true;
    const { code } = cause;
    if (typeof code !== "string") continue;
    if (transient.has(code) || transientClasses.includes(code.slice(0, 2)) || lostConnection.test(code)) return true;
  }
  return false;
}

/**
 * Tells whether the connection was lost or there is no server to connect to. A server that is slow or busy is not away,
 * and neither is one that rolled back a transaction because of another one.
 */
export function isAway(error: unknown): boolean {
  for (const { code } of causes(error)) {
    if (typeof code === "string" && (absence.test(code) || lostConnection.test(code))) return true;
  }
  return false;
}

/**
 * Tells whether the error is a deadlock or a serialization failure: running the whole transaction again may succeed.
 */
export function isConflict(error: unknown): boolean {
  for (const { code } of causes(error)) if (typeof code === "string" && conflict.test(code)) return true;
  return false;
}

/** Tells whether the database answers but refuses writes: its disk is full or broken, or it is a standby. */
export function isWriteRefusal(error: unknown): boolean {
  for (const { code } of causes(error)) if (typeof code === "string" && writeRefusal.test(code)) return true;
  return false;
}

/**
 * Tells whether the transaction may have been committed although the call failed, because the answer or the server was
 * lost on the way.
 */
export function isOutcomeUnknown(error: unknown): boolean {
  for (const cause of causes(error)) {
    if (cause instanceof DatabaseUnavailableError) return cause.hasBegun;
    const { code } = cause;
    if (typeof code === "string" && (interruption.test(code) || lostConnection.test(code))) return true;
  }
  return false;
}

/** Tells whether a lock was not granted within `lock_timeout` (SQLSTATE 55P03). */
export function isLockTimeout(error: unknown): boolean {
  for (const { code } of causes(error)) if (code === "55P03") return true;
  return false;
}

/** Tells whether the error is a unique violation (SQLSTATE 23505) of the named constraint or index. */
export function isUniqueViolation(error: unknown, constraint: string): boolean {
  for (const cause of causes(error)) {
    if (cause.code === "23505" && cause.constraint_name === constraint) return true;
  }
  return false;
}
