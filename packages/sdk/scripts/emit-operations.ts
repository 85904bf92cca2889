import type { Operation } from "./openapi.js";

const quote = (value: unknown): string => JSON.stringify(value);

const specOf = (operation: Operation): string => {
  const parts = [`method: ${quote(operation.verb)}`, `path: ${quote(operation.path)}`];
  if (operation.queryParameters.length > 0) {
    parts.push(`query: [${operation.queryParameters.map(quote).join(", ")}]`);
  }
  if (operation.body !== undefined) parts.push("body: true");
  if (operation.isPublic) parts.push("public: true");
  if (operation.status === 204) parts.push("status: 204");
  return `  ${quote(operation.id)}: { ${parts.join(", ")} },`;
};

/** Emits the table by which the client sends: everything about an operation that is needed at run time. */
export const emitOperations = (operations: Operation[]): string => `export interface OperationSpec {
  readonly method: string;
  /** With \`{name}\` where the input field of that name goes. */
  readonly path: string;
  /** Names of the input fields that travel in the query. */
  readonly query?: readonly string[];
  /** Takes a JSON body: all the other fields. */
  readonly body?: true;
  /** Needs no access token. */
  readonly public?: true;
  /** Answers 204 without a body; 200 with one when absent. */
  readonly status?: 204;
}

const table = {
${operations.map(specOf).join("\n")}
} as const;

export type OperationId = keyof typeof table;

/** The operations that change something, or read with a body: all but those of GET. */
export type ChangingOperationId = {
  [O in OperationId]: (typeof table)[O]["method"] extends "GET" ? never : O;
}[OperationId];

export const operations: Readonly<Record<OperationId, OperationSpec>> = table;
`;
