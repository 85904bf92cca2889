import { isUnavailable } from "@vero/db";
import { PostgresError as sqlStates } from "pg-error-enum";

const maxQueryLength = 1_000;
const maxFrames = 8;
const maxCauses = 5;

/** The names of SQLSTATEs by code, as in appendix A of the PostgreSQL manual: 0A000 is feature_not_supported. */
const sqlStateNames = new Map<string, string>(
  Object.entries(sqlStates).map(([name, code]): [string, string] => [code, name.toLowerCase()]),
);

/**
 * An error from PostgreSQL, with the fields that are safe to log; `detail`, `hint`, `where` and the message may hold
 * values.
 */
interface ServerError extends Error {
  code: string;
  query?: string;
  routine?: string;
  schema_name?: string;
  table_name?: string;
  column_name?: string;
  constraint_name?: string;
  data_type_name?: string;
}

const isServerError = (error: Error): error is ServerError => error.name === "PostgresError" && "code" in error;

/** Describes an error from PostgreSQL without any value of a row or parameter: its query is text with placeholders. */
function describeServerError({ code, query, routine, ...error }: ServerError): object {
  return {
    message: sqlStateNames.get(code) ?? "unknown SQLSTATE",
    code,
    query: query?.replace(/\s+/g, " ").trim().slice(0, maxQueryLength),
    routine,
    schema: error.schema_name,
    table: error.table_name,
    column: error.column_name,
    constraint: error.constraint_name,
    data_type: error.data_type_name,
  };
}

/** Lists the error and its causes, outermost first. */
function causesOf(error: Error): Error[] {
  const causes = [error];
  for (let at = error.cause; at instanceof Error && causes.length < maxCauses; at = at.cause) causes.push(at);
  return causes;
}

/** Tells whether a message may be logged: drizzle's hold parameters of the query, and zod's the refused input. */
const isMessageSafe = (error: Error): boolean => !("params" in error) && !/ZodError$/.test(error.constructor.name);

/**
 * Describes an error for the log by its innermost cause, because the messages of those around it may hold values.
 * Transient failures of the database have no stack: during an outage it would be the same for every call.
 */
export function describeError(error: unknown): object {
  if (!(error instanceof Error)) return { type: typeof error };
  const causes = causesOf(error);
  const cause = causes.at(-1) as Error & { code?: unknown };
  const { name, code } = cause;
  const described = isServerError(cause)
    ? { type: name, ...describeServerError(cause) }
    : { type: name, message: isMessageSafe(cause) ? cause.message : name, ...(code === undefined ? {} : { code }) };
  if (isUnavailable(error)) return described;
  // drizzle creates its error where the query was called from, and the driver where it read the answer.
  const { stack } = causes.find((one) => "params" in one) ?? cause;
  const frames = stack?.split("\n").filter((line) => line.startsWith("    at "));
  return { ...described, stack: frames?.slice(0, maxFrames).join("\n") };
}
