import { contract, errorTable, msgsrvContract, type Procedure } from "@vero/contracts";
import { eventRows } from "./events.js";
import { type Cell, type OperationName, operationRows, type Row, type roles } from "./roles.js";

export const procedureOf = (operation: OperationName): Procedure => {
  const [room = "", name = ""] = operation.split(".");
  return (contract as unknown as Record<string, Record<string, Procedure>>)[room]?.[name] as Procedure;
};

/** Says whether an operation is one of the messaging service, which answers on the socket too. */
export const isOfSocket = (operation: OperationName): boolean => (operation.split(".")[0] ?? "") in msgsrvContract;

export interface OperationCase {
  operation: OperationName;
  name: string;
  row: Row;
}

export const operationCases: OperationCase[] = Object.entries(operationRows).flatMap(([operation, cases]) =>
  Object.entries<Row>(cases).map(([name, row]) => ({ operation: operation as OperationName, name, row })),
);

export const eventCases = Object.entries(eventRows).flatMap(([type, cases]) =>
  Object.entries(cases).map(([name, { by, received }]) => ({
    type: type as keyof typeof eventRows,
    name,
    by: by as OperationName,
    received: received as readonly (typeof roles)[number][],
  })),
);

/** Returns the answer that a cell expects: its status and, where it is or contains a refusal, the code. */
export function expectationOf(cell: Cell, operation: OperationName): { status: number; code?: string } {
  if (cell === "ok") return { status: procedureOf(operation).status ?? 200 };
  const failed = cell.startsWith("failed ");
  const code = (failed ? cell.slice("failed ".length) : cell) as keyof typeof errorTable;
  return { status: failed ? 200 : errorTable[code].status, code };
}
