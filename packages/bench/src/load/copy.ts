import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { Sql } from "postgres";

export type Value = string | number | boolean | Date | Buffer | null;

const escapes: Record<string, string> = { "\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r" };

/** Writes a value in the text format of COPY. */
export function copyField(value: Value): string {
  if (value === null) return "\\N";
  if (value instanceof Date) return value.toISOString();
  if (value instanceof Buffer) return `\\\\x${value.toString("hex")}`;
  return String(value).replace(/[\\\t\n\r]/g, (character) => escapes[character] as string);
}

const linesAtOnce = 500;

/** Joins rows into chunks: a write for each row would cost more than the row. */
function* chunksOf(columns: readonly string[], rows: Iterable<Record<string, Value>>): Generator<string> {
  let lines: string[] = [];
  for (const row of rows) {
    lines.push(`${columns.map((column) => copyField(row[column] ?? null)).join("\t")}\n`);
    if (lines.length < linesAtOnce) continue;
    yield lines.join("");
    lines = [];
  }
  if (lines.length > 0) yield lines.join("");
}

/** Copies rows into a table; columns that are not named get their defaults. */
export async function copyRows(
  sql: Sql,
  table: string,
  columns: readonly string[],
  rows: Iterable<Record<string, Value>>,
): Promise<void> {
  const into = await sql.unsafe(`copy ${table} (${columns.join(", ")}) from stdin`).writable();
  await pipeline(Readable.from(chunksOf(columns, rows)), into);
}
