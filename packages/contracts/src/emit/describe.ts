import type { oas31 } from "zod-openapi";
import { errorsOf, type Procedure, restOf } from "../kernel/procedure.js";
import { ratesOf } from "./conventions.js";
import { codesByStatus, requestIdHeaders, responseName } from "./problems.js";
import { rulesSentence } from "./rules.js";
import { closeUp, conditionsOf, openUp, withoutNull } from "./schemas.js";
import { shareSentence, sharesOf } from "./shares.js";

const per = { user: "user", ip: "address", account_and_ip: "account and address", account: "account" } as const;

const rateSentence = (procedure: Procedure): string => {
  const limits = ratesOf(procedure).map(({ points, seconds, by }) => `${points} calls in ${seconds} s per ${per[by]}`);
  return `Rate limit: ${limits.join(", within ")} over all operations.`;
};

const errorSentence = (procedure: Procedure): string => {
  const byStatus = codesByStatus(errorsOf(procedure)).map(
    ([status, codes]) => `${status} ${codes.map((code) => `\`${code}\``).join(", ")}`,
  );
  return `Errors: ${byStatus.join("; ")}.`;
};

/** The paragraphs of an operation's description, in this order: what else the contract knows of an operation is said here. */
const paragraphs: readonly ((procedure: Procedure) => string | undefined)[] = [
  ({ description }) => description,
  ({ input }) => rulesSentence(input),
  rateSentence,
  shareSentence,
  errorSentence,
];

/** The noun that an id in a path names, by the segment before it. */
const nounOf = (path: string, parameter: string): string => {
  const nouns: Record<string, string> = {
    conversations: "conversation",
    invites: "invite",
    media: "file",
    members: "user",
    messages: "message",
    participants: "participant, a user",
    sessions: "session",
    users: "user",
  };
  const segments = path.split("/");
  const noun = nouns[segments[segments.indexOf(`:${parameter}`) - 1] ?? ""];
  if (noun === undefined) throw new Error(`${path}: :${parameter} names nothing that is known`);
  return noun;
};

const describeParameters = (operation: oas31.OperationObject, procedure: Procedure): void => {
  const parameters = (operation.parameters ?? []) as oas31.ParameterObject[];
  const { path } = restOf(procedure);
  const example = procedure.example.input as Record<string, unknown>;
  for (const parameter of parameters) {
    const schema = withoutNull(parameter.schema as oas31.SchemaObject);
    parameter.schema = schema;
    const said = procedure.input.shape[parameter.name]?.description ?? schema.description;
    delete schema.description;
    parameter.description = parameter.in === "path" ? `The id of the ${nounOf(path, parameter.name)}.` : (said ?? "");
    if (parameter.name in example) parameter.example = example[parameter.name];
  }
  if (parameters.length === 0) delete operation.parameters;
};

/** The operation's name as that of a model: `messages.send` takes a `MessagesSendRequest`. */
const requestName = (operationId: string): string =>
  `${operationId.replace(/(?:^|[._])(\w)/g, (_, letter: string) => letter.toUpperCase())}Request`;

const describeBody = (operation: oas31.OperationObject, procedure: Procedure): Models => {
  const body = operation.requestBody as oas31.RequestBodyObject | undefined;
  const content = body?.content["application/json"];
  if (body === undefined || content === undefined) return {};
  const schema = content.schema as oas31.SchemaObject;
  closeUp(schema);
  Object.assign(schema, conditionsOf(procedure.input));
  schema.description = `The body of \`${operation.operationId}\`.`;
  body.required = (schema.required ?? []).length > 0;
  const { pathParameters } = restOf(procedure);
  content.example = Object.fromEntries(
    Object.entries(procedure.example.input as object).filter(([key]) => !pathParameters.includes(key)),
  );
  const name = requestName(operation.operationId as string);
  content.schema = { $ref: `#/components/schemas/${name}` };
  return { [name]: schema };
};

const success = (operation: oas31.OperationObject, procedure: Procedure): oas31.ResponsesObject => {
  if (procedure.status === 204) return { "204": { description: "Done.", headers: requestIdHeaders } };
  const answer: oas31.ResponseObject = operation.responses?.["200"];
  const content = answer.content?.["application/json"];
  openUp(content?.schema);
  return {
    "200": {
      description: "The answer.",
      headers: requestIdHeaders,
      content: { "application/json": { ...content, example: procedure.example.output } },
    },
  };
};

/** Schemas by the names that they have among the components. */
type Models = Record<string, oas31.SchemaObject>;

/** Completes what the generator made of one operation with what only the contract knows; answers the model of its body. */
export const describeOperation = (operation: oas31.OperationObject, procedure: Procedure): Models => {
  const codes = errorsOf(procedure);
  operation.description = paragraphs.flatMap((paragraph) => paragraph(procedure) ?? []).join("\n\n");
  operation.security = procedure.access === "session" ? [{ bearerAuth: [] }] : [];
  operation["x-rate-limits"] = ratesOf(procedure);
  const shares = sharesOf(procedure);
  if (shares.length > 0) operation["x-shares"] = shares;
  operation["x-error-codes"] = codes;
  describeParameters(operation, procedure);
  const refusals = codesByStatus(codes).map(([status, group]) => [
    String(status),
    { $ref: `#/components/responses/${responseName(group)}` },
  ]);
  operation.responses = { ...success(operation, procedure), ...Object.fromEntries(refusals) };
  return describeBody(operation, procedure);
};
