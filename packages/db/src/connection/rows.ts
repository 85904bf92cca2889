import { Column, type DriverValueDecoder, getTableName, is, noopDecoder, SQL } from "drizzle-orm";

/** A column of a query's result: where its value goes in the object, and what decodes it. */
export interface Field {
  path: string[];
  field: Column | SQL | SQL.Aliased;
}

/** Reads a part of an object from a row, which is an array of values. */
type Read = (row: readonly unknown[]) => unknown;

interface Part {
  name: string;
  read: Read;
}

type Decoder = DriverValueDecoder<unknown, unknown>;

/** Gets the decoder of a field; drizzle keeps that of an expression to itself. */
const decoderOf = (field: Field["field"]): Decoder =>
  is(field, Column) ? field : ((is(field, SQL) ? field : field.sql) as unknown as { decoder: Decoder }).decoder;

/** Drizzle asks for the kind of each column anew in every row, which was an eighth of the cost of a list. */
function readerOfValue({ field }: Field, index: number): Read {
  const decoder = decoderOf(field);
  const isAsRead = decoder === noopDecoder || decoder.mapFromDriverValue === Column.prototype.mapFromDriverValue;
  if (isAsRead) return (row) => row[index];
  return (row) => (row[index] === null ? null : decoder.mapFromDriverValue(row[index]));
}

/**
 * Makes the function that reads the rows of a query as objects, as drizzle does: fields with a path of two names are in
 * an object of their own. That is null where its columns are of one optional table and the first of them is null.
 * `isJoined` says of each table whether the query always has a row of it; a statement without joins has none.
 */
export function readerOf(fields: readonly Field[], isJoined?: Record<string, boolean>): Read {
  if (fields.some(({ path }) => path.length > 2)) throw new Error("an object in an object is not read");
  const values = fields.map((field, index) => ({ ...field, index, read: readerOfValue(field, index) }));
  const names = new Set(values.map(({ path: [name] }) => name as string));
  const parts = [...names].map((name): Part => {
    const own = values.filter(({ path }) => path[0] === name);
    const [value] = own;
    if (value?.path.length === 1) return { name, read: value.read };
    const read = objectOf(own.map(({ path, read }) => ({ name: path[1] as string, read })));
    const columns = own.flatMap(({ field, index }) =>
      is(field, Column) ? { table: getTableName(field.table), index } : [],
    );
    const [first] = columns;
    const isOptional =
      first && isJoined && !isJoined[first.table] && columns.every(({ table }) => table === first.table);
    return { name, read: isOptional ? (row) => (row[first.index] === null ? null : read(row)) : read };
  });
  return objectOf(parts);
}

const objectOf =
  (parts: readonly Part[]): Read =>
  (row) => {
    const object: Record<string, unknown> = {};
    for (const { name, read } of parts) object[name] = read(row);
    return object;
  };
