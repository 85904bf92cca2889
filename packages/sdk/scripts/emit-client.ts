import { conditionalType } from "./conditions.js";
import { type Operation, pascal } from "./openapi.js";

const answerOf = ({ status }: Operation): string =>
  status === 204 ? "void" : 'operation["responses"]["200"]["content"]["application/json"]';

const inputOf = (operation: Operation): string => {
  const from = `operations["${operation.id}"]`;
  const parts = [
    ...(operation.pathParameters.length > 0 ? [`${from}["parameters"]["path"]`] : []),
    ...(operation.queryParameters.length > 0 ? [`NonNullable<${from}["parameters"]["query"]>`] : []),
    ...(operation.body === undefined ? [] : [conditionalType(operation.body.name, operation.body.schema)]),
  ];
  return parts.length === 0 ? "NoInput" : `Flat<${parts.join(" & ")}>`;
};

const typeName = (operation: Operation): string => pascal(operation.room) + pascal(operation.method);

const types = (operation: Operation): string => {
  const name = typeName(operation);
  const output = answerOf(operation).replace("operation", `operations["${operation.id}"]`);
  return [
    `export type ${name}Input = ${inputOf(operation)};`,
    `export type ${name}Output = ${output};`,
    `/** The codes that the service may refuse \`${operation.id}\` with. */`,
    `export type ${name}ErrorCode = ${operation.codes.map((code) => JSON.stringify(code)).join(" | ")};\n`,
  ].join("\n");
};

const comment = (operation: Operation): string => {
  const { summary = "", description = "" } = operation.object;
  const text = [`${summary}.`, ...description.split("\n"), `\`${operation.verb} ${operation.path}\``]
    .map((line) => line.trim())
    .filter((line) => line !== "");
  const lines = text.flatMap((line) => [line, ""]);
  const thrown = operation.codes.map((code) => `@throws {VeroError} \`${code}\``);
  // A description may hold what would end the comment.
  return [...lines, ...thrown].map((line) => `   * ${line.replaceAll("*/", "*\\/")}`.trimEnd()).join("\n");
};

const member = (operation: Operation): string => {
  const name = typeName(operation);
  const input = operation.inputOptional ? `input?: ${name}Input` : `input: ${name}Input`;
  return `  /**\n${comment(operation)}\n   */\n  ${operation.method}(${input}, options?: CallOptions): Promise<${name}Output>;`;
};

const room = (name: string, members: Operation[]): string =>
  `export interface ${pascal(name)}Api {\n${members.map(member).join("\n\n")}\n}\n`;

/** Emits one interface for each room with one documented method for each operation, and all of them together. */
export function emitClient(operations: Operation[], entities: string[]): string {
  const rooms = [...new Set(operations.map((operation) => operation.room))];
  const of = (name: string) => operations.filter((operation) => operation.room === name);
  const pairs = operations.map((operation) => {
    const name = typeName(operation);
    const optional = operation.inputOptional ? " | undefined" : "";
    return `  "${operation.id}": { input: ${name}Input${optional}; output: ${name}Output; errorCode: ${name}ErrorCode };`;
  });
  const bodies = operations.flatMap(({ body }) => (body === undefined ? [] : [body.name])).join(", ");
  return `import type { operations, ${bodies} } from "./openapi.js";

export type { ${entities.join(", ")} } from "./openapi.js";

/** Options of a single call. */
export interface CallOptions {
  /** Ends the call: it throws \`aborted\`. A change may have happened on the server nevertheless. */
  signal?: AbortSignal | undefined;
  /** Milliseconds for each attempt; overrides the default of the client. */
  timeoutMs?: number | undefined;
  /** Repetitions of an idempotent call after failures that may pass; overrides the default of the client. */
  retries?: number | undefined;
}

/** The fields of path, query and body as one flat object. An optional field may also be given as undefined. */
type Flat<T> = { [K in keyof T]: Record<never, never> extends Pick<T, K> ? T[K] | undefined : T[K] };

/** The input of operations that take none. */
export type NoInput = Record<string, never>;

${operations.map(types).join("\n")}
${rooms.map((name) => room(name, of(name))).join("\n")}
/** All operations, by room. */
export interface VeroApi {
${rooms.map((name) => `  readonly ${name}: ${pascal(name)}Api;`).join("\n")}
}

/** Input, output and error codes of each operation, by its id. */
export interface OperationTypes {
${pairs.join("\n")}
}
`;
}
