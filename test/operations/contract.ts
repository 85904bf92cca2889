import { contract, type ErrorCode, errorTable, msgsrvContract, type Procedure } from "@vero/contracts";

export type Contract = typeof contract;
export type Room = keyof Contract;
export type OperationName = { [R in Room]: `${R}.${keyof Contract[R] & string}` }[Room];

export const procedureOf = (operation: OperationName): Procedure => {
  const [room = "", name = ""] = operation.split(".");
  return (contract as unknown as Record<string, Record<string, Procedure>>)[room]?.[name] as Procedure;
};

/** Says whether an operation is one of the messaging service, which answers on the socket too. */
export const isOfSocket = (operation: OperationName): boolean => (operation.split(".")[0] ?? "") in msgsrvContract;

/** An answer: success, a refusal, or a success in which the only item has failed. */
export type Cell = "ok" | ErrorCode | `failed ${ErrorCode}`;

/** Returns the answer that a cell expects: its status and, where it is or contains a refusal, the code. */
export function expectationOf(cell: Cell, operation: OperationName): { status: number; code?: string } {
  if (cell === "ok") return { status: procedureOf(operation).status ?? 200 };
  const failed = cell.startsWith("failed ");
  const code = (failed ? cell.slice("failed ".length) : cell) as keyof typeof errorTable;
  return { status: failed ? 200 : errorTable[code].status, code };
}
